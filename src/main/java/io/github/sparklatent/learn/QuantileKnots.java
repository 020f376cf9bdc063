package io.github.sparklatent.learn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * A distribution function of numbers that is linear between knots.
 *
 * <pre>
 *   F(x) = Σ_(i &lt; j) m_i + m_j (x − x_j) / (x_(j+1) − x_j),   x_j ≤ x &lt; x_(j+1)
 * </pre>
 *
 * <p>x_0 ≤ x_1 ≤ ... are the knots and m_i the mass between x_i and x_(i+1). Two equal knots are an atom: a number that
 * has a mass itself. Immutable.
 */
public final class QuantileKnots implements Serializable {
    /** Largest number of quantiles. */
    public static final int MOST = 1000;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    /** Relative error of a rank after its score. */
    private static final double ROUNDING = 1e-9;

    private static final double NUDGE = 1e-12;

    private final double[] knots;
    private final double[] masses;

    /** Σ_(i &lt; j) m_i for each j up to the number of intervals; null until it is needed. */
    private transient volatile double[] sums;

    /**
     * Creates the function.
     *
     * @param knots finite numbers in ascending order, at most two of them equal. Not modified.
     * @param masses one number for each pair of neighbours, not negative, not all 0. Not modified.
     * @throws IllegalArgumentException if they are not so
     */
    @JsonCreator
    public QuantileKnots(@JsonProperty("knots") double[] knots, @JsonProperty("masses") double[] masses) {
        Require.that(knots.length >= 2, "there are %d knots, expected at least 2", knots.length);
        Require.size("masses", masses.length, knots.length - 1L);
        for (int i = 0; i < knots.length; i++) {
            Require.that(
                    Double.isFinite(knots[i])
                            && (i < 1 || knots[i - 1] <= knots[i])
                            && (i < 2 || knots[i - 2] < knots[i]),
                    "knot %d is %s, expected ascending finite numbers, at most two of them equal",
                    i,
                    knots[i]);
        }
        for (double mass : masses) {
            Require.that(
                    mass >= 0 && Double.isFinite(mass),
                    "the mass between two knots is %s, expected a finite number not below 0",
                    mass);
        }
        Require.that(Arrays.stream(masses).sum() > 0, "no mass between two knots is above 0");
        this.knots = knots.clone();
        this.masses = masses.clone();
    }

    /**
     * Chooses knots in a sample: its distinct numbers, or its quantiles if it has more of these than there may be
     * knots. A number that occurs twice among them is an atom, and so are the greatest one and all of a few. The number
     * after an atom is a knot, so that an atom shares its bin with nothing that the sample has.
     *
     * @param sample finite numbers, at least one. Sorted.
     * @param few greatest number of distinct numbers that are all atoms
     * @param most greatest number of quantiles, at least 2
     */
    public static double[] choose(double[] sample, int few, int most) {
        Arrays.sort(sample);
        int distinct = distinct(sample);
        double[] chosen = sample;
        if (distinct > most) {
            chosen = new double[most + 1];
            for (int r = 0; r <= most; r++) {
                chosen[r] = sample[(int) ((long) r * (sample.length - 1) / most)];
            }
        }
        double[] knots = new double[3 * chosen.length];
        int count = 0;
        int after = 0; // index in the sample
        for (int i = 0; i < chosen.length; ) {
            int next = i + 1;
            while (next < chosen.length && chosen[next] == chosen[i]) {
                next++;
            }
            knots[count++] = chosen[i] + 0.0; // not −0
            if (next - i > 1 || next == chosen.length || distinct <= few) {
                knots[count++] = chosen[i] + 0.0;
            }
            while (after < sample.length && sample[after] <= chosen[i]) {
                after++;
            }
            if (next - i > 1 && next < chosen.length && sample[after] < chosen[next]) {
                knots[count++] = sample[after] + 0.0;
            }
            i = next;
        }
        return Arrays.copyOf(knots, count);
    }

    /**
     * Returns the distribution function of a sample, with at most as many quantiles as there may be.
     *
     * @param sample finite numbers, at least one. Sorted.
     */
    public static QuantileKnots of(double[] sample) {
        double[] knots = choose(sample, 0, MOST);
        double[] masses = new double[knots.length - 1];
        for (double x : sample) {
            masses[interval(knots, x)]++;
        }
        return new QuantileKnots(knots, masses);
    }

    private static int distinct(double[] sorted) {
        int distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return distinct;
    }

    /**
     * Returns the index of the interval that holds a number: that of the atom if it is one, else i with x_i ≤ x &lt;
     * x_(i+1). Numbers below and above all knots are in the first and the last.
     *
     * @param knots the knots. Not modified.
     */
    public static int interval(double[] knots, double x) {
        int low = 0;
        int high = knots.length; // the first knot above x is in low ... high
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (knots[middle] <= x) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int last = low - 1;
        boolean isAtom = last > 0 && knots[last - 1] == x;
        return Math.max(0, Math.min(isAtom ? last - 1 : last, knots.length - 2));
    }

    private double[] sums() {
        if (sums == null) {
            double[] found = new double[knots.length];
            for (int i = 0; i < masses.length; i++) {
                found[i + 1] = found[i] + masses[i];
            }
            sums = found;
        }
        return sums;
    }

    /**
     * Returns the normal score of a number, Φ⁻¹(F(x)). Of an atom, it is that of the middle of its step, the mid-rank
     * (Conover and Iman 1981). F is kept half a unit of mass from 0 and 1, so that the ends are finite; numbers beyond
     * them have the scores of the ends.
     *
     * @param x a number; NaN has the score NaN
     */
    public double score(double x) {
        if (Double.isNaN(x)) {
            return x;
        }
        int i = interval(x);
        double gap = knots[i + 1] - knots[i];
        double share = gap == 0 ? 0.5 : Math.max(0, Math.min(1, (x - knots[i]) / gap));
        double total = sums()[masses.length];
        double rank = sums()[i] + share * masses[i];
        double bounded = Math.max(least(total), Math.min(total - least(total), rank));
        return NORMAL.inverseCumulativeProbability(bounded / total);
    }

    /** Returns half a row; of a single row, a quarter. */
    private static double least(double total) {
        return 0.5 * Math.min(1, 0.5 * total);
    }

    /**
     * Returns the number with a normal score; the inverse of {@link #score}, with steps at atoms.
     *
     * @param score a number; NaN is returned as it is
     */
    public double number(double score) {
        if (Double.isNaN(score)) {
            return score;
        }
        double total = sums()[masses.length];
        double rank = total * NORMAL.cumulativeProbability(score);
        if (rank <= least(total) * (1 + ROUNDING)) {
            return knots[0];
        }
        if (rank >= total - least(total) * (1 + ROUNDING)) {
            return greatest();
        }
        rank += NUDGE * total; // a number just above an atom is not taken for it
        int place = Arrays.binarySearch(sums(), rank);
        int i = place >= 0 ? place : -place - 2;
        while (masses[i] == 0) { // found among equal sums
            i++;
        }
        double share = Math.max(0, (rank - sums()[i]) / masses[i]);
        return knots[i] + share * (knots[i + 1] - knots[i]);
    }

    /** Returns the knots; a copy. */
    public double[] knots() {
        return knots.clone();
    }

    /** Returns the masses; a copy. */
    public double[] masses() {
        return masses.clone();
    }

    public int intervals() {
        return masses.length;
    }

    /** Returns the index of the interval that holds a number; see the static method. */
    public int interval(double x) {
        return interval(knots, x);
    }

    /** Returns x_i. */
    public double knot(int i) {
        return knots[i];
    }

    /** Returns m_i. */
    public double mass(int i) {
        return masses[i];
    }

    public double least() {
        return knots[0];
    }

    public double greatest() {
        return knots[knots.length - 1];
    }

    public boolean areWhole() {
        return Arrays.stream(knots).allMatch(x -> x == Math.rint(x));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuantileKnots same
                && Arrays.equals(knots, same.knots)
                && Arrays.equals(masses, same.masses);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(knots) + 31 * Arrays.hashCode(masses);
    }
}
