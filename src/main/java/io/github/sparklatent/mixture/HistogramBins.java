package io.github.sparklatent.mixture;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.QuantileKnots;
import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The bins of a column with a histogram in each component. A bin is a range of intervals between
 * {@linkplain QuantileKnots knots}, [e_l, e_(l+1)), and the same in all components, which differ in the probabilities
 * p_l of the bins. As a density,
 *
 * <pre>
 *   p(x) = p_l / (e_(l+1) − e_l)         in bin l
 *   p(x) = τ p_l s / (s + δ)²            at the distance δ beyond the first or last bin l
 * </pre>
 *
 * <p>where these two bins keep 1 − τ of their probability, s is the range of all bins, and τ is a thousandth: a number
 * that no training row comes near has a low density, but not none. A last bin of one number is as wide as bins are on
 * average. Draws and means are those of the knots' own distribution within a bin, so a number that many rows have is
 * drawn as it is.
 */
public final class HistogramBins implements Serializable {
    /** Most bins of a column: of these, those without a single frequent number have equal mass. */
    public static final int MOST = 64;

    /** τ. */
    private static final double TAIL = 1e-3;

    private final QuantileKnots knots;

    /** First interval of each bin. */
    private final int[] starts;

    private final double width;
    private final boolean areWhole;

    /**
     * Creates the bins.
     *
     * @param starts index of the first interval of each bin, ascending from 0. Not modified.
     * @throws IllegalArgumentException if a bin starts elsewhere or within equal numbers
     */
    @JsonCreator
    public HistogramBins(@JsonProperty("knots") QuantileKnots knots, @JsonProperty("starts") int[] starts) {
        Require.that(starts.length > 0 && starts[0] == 0, "the first bin does not start at 0");
        for (int l = 1; l < starts.length; l++) {
            Require.that(
                    starts[l] > starts[l - 1]
                            && starts[l] < knots.intervals()
                            && knots.knot(starts[l]) > knots.knot(starts[l] - 1),
                    "bin %d starts at interval %d, expected an ascending one that begins at another" + " number",
                    l,
                    starts[l]);
        }
        this.knots = knots;
        this.starts = starts.clone();
        double range = knots.greatest() - knots.least();
        this.width = range > 0 ? range / starts.length : 1;
        this.areWhole = knots.areWhole();
    }

    /**
     * Cuts the range of knots into bins. Numbers with more mass than a bin would have get bins of their own; the others
     * are cut into bins of equal mass.
     *
     * @param most number of bins if these are enough for equal masses; numbers with bins of their own can add as many
     *     again
     */
    static HistogramBins of(QuantileKnots knots, int most) {
        List<Integer> values = new ArrayList<>(); // first interval of each different number
        for (int i = 0; i < knots.intervals(); i++) {
            if (i == 0 || knots.knot(i) > knots.knot(i - 1)) {
                values.add(i);
            }
        }
        double[] masses = new double[values.size()];
        for (int v = 0; v < masses.length; v++) {
            int end = v + 1 < masses.length ? values.get(v + 1) : knots.intervals();
            for (int i = values.get(v); i < end; i++) {
                masses[v] += knots.mass(i);
            }
        }
        boolean isEach = masses.length <= most;
        double target = isEach ? 0 : target(masses, most);
        List<Integer> starts = new ArrayList<>();
        double mass = Double.POSITIVE_INFINITY; // of the current bin
        for (int v = 0; v < masses.length; v++) {
            boolean isOwn = isEach || masses[v] > target;
            if (isOwn || mass + 0.5 * masses[v] > target) {
                starts.add(values.get(v));
                mass = 0;
            }
            mass += isOwn ? Double.POSITIVE_INFINITY : masses[v];
        }
        return new HistogramBins(knots, starts.stream().mapToInt(i -> i).toArray());
    }

    /** Returns the mass of a bin of numbers that have no bin of their own. */
    private static double target(double[] masses, int most) {
        double target = Double.POSITIVE_INFINITY;
        while (true) {
            double left = 0;
            int own = 0;
            for (double mass : masses) {
                own += mass > target ? 1 : 0;
                left += mass > target ? 0 : mass;
            }
            double next = left / Math.max(1, most - own);
            if (next >= target) {
                return target;
            }
            target = next;
        }
    }

    public int count() {
        return starts.length;
    }

    public QuantileKnots knots() {
        return knots;
    }

    /** Returns the bin of a number; outside, the nearest one. */
    int bin(double x) {
        int place = Arrays.binarySearch(starts, knots.interval(x));
        return place >= 0 ? place : -place - 2;
    }

    private int end(int bin) {
        return bin + 1 < starts.length ? starts[bin + 1] : knots.intervals();
    }

    private double left(int bin) {
        return knots.knot(starts[bin]);
    }

    /** Returns e_(l+1). */
    private double right(int bin) {
        double right = knots.knot(end(bin));
        return right > left(bin) ? right : left(bin) + width;
    }

    /** Returns log p(x) − log p_l within a bin, in nats. */
    double logDensity(int bin) {
        double inside = 1;
        inside -= bin == 0 ? TAIL : 0;
        inside -= bin == starts.length - 1 ? TAIL : 0;
        return StrictMath.log(inside) - StrictMath.log(right(bin) - left(bin));
    }

    /** Returns the end of the last bin. */
    double end() {
        return right(starts.length - 1);
    }

    /** Returns whether a number is outside all bins. */
    boolean isBeyond(double x) {
        return x < knots.least() || x > end();
    }

    /** Returns log p(x) − log p_l of a number that is not missing, in nats. */
    double logDensity(double x) {
        if (!isBeyond(x)) {
            return logDensity(bin(x));
        }
        double range = end() - knots.least();
        double distance = Math.max(knots.least() - x, x - end());
        return StrictMath.log(TAIL * range) - 2 * StrictMath.log(range + distance);
    }

    /**
     * Returns the log probability of the numbers beyond an end bin whose density is at most a given one: τ p s / (s +
     * δ) from the distance δ on, at which τ p s / (s + δ)² is that density.
     *
     * @param logProbability log p of the end bin
     * @param logDensity the given density
     */
    double logTail(double logProbability, double logDensity) {
        double range = end() - knots.least();
        double logMass = logProbability + StrictMath.log(TAIL);
        double logDistance = Math.max(StrictMath.log(range), 0.5 * (logMass + StrictMath.log(range) - logDensity));
        return logMass + StrictMath.log(range) - logDistance;
    }

    /** Returns the number below which a bin has a share of its probability. */
    double quantile(int bin, double share) {
        double total = 0;
        for (int i = starts[bin]; i < end(bin); i++) {
            total += knots.mass(i);
        }
        return at(bin, share * total);
    }

    /** Returns the number of a bin below which a mass of its intervals lies. */
    private double at(int bin, double mass) {
        double left = mass;
        int interval = starts[bin];
        while (interval < end(bin) - 1 && left >= knots.mass(interval)) {
            left -= knots.mass(interval++);
        }
        double share = knots.mass(interval) > 0 ? Math.min(1, left / knots.mass(interval)) : 0;
        double from = knots.knot(interval);
        double x = from + share * (knots.knot(interval + 1) - from);
        return areWhole ? Math.floor(x) : x;
    }

    double draw(int bin, RandomGenerator random) {
        return quantile(bin, random.nextDouble());
    }

    double mean(int bin) {
        double sum = 0;
        double total = 0;
        for (int i = starts[bin]; i < end(bin); i++) {
            sum += knots.mass(i) * middle(i);
            total += knots.mass(i);
        }
        return total > 0 ? sum / total : left(bin);
    }

    double variance(int bin) {
        double mean = mean(bin);
        double sum = 0;
        double total = 0;
        for (int i = starts[bin]; i < end(bin); i++) {
            double from = middle(i) - mean;
            double gap = knots.knot(i + 1) - knots.knot(i);
            double within = areWhole ? Math.max(0, gap * gap - 1) : gap * gap;
            sum += knots.mass(i) * (from * from + within / 12);
            total += knots.mass(i);
        }
        return total > 0 ? sum / total : 0;
    }

    /** Returns the mean of an interval; of whole numbers, without its right end. */
    private double middle(int interval) {
        double from = knots.knot(interval);
        double to = knots.knot(interval + 1);
        return from + 0.5 * (to - from - (areWhole && to > from ? 1 : 0));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HistogramBins same && knots.equals(same.knots) && Arrays.equals(starts, same.starts);
    }

    @Override
    public int hashCode() {
        return knots.hashCode() + 31 * Arrays.hashCode(starts);
    }
}
