package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.special.Gamma;

/**
 * The distribution of a discrete cell: its parameters, its densities, and its estimate from a histogram, which is a
 * sufficient statistic.
 *
 * <table>
 *   <caption>Parameters</caption>
 *   <tr><th>family</th><th>parameters</th></tr>
 *   <tr><td>categorical, histogram</td><td>a probability for each level or bin</td></tr>
 *   <tr><td>Poisson</td><td>mean λ</td></tr>
 *   <tr><td>negative binomial</td><td>mean m, size r; variance m + m² / r</td></tr>
 * </table>
 */
public final class DiscreteCells {
    /** Least mean of a count, so that a component with zeros only can explain a one. */
    private static final double MIN_MEAN = 1e-6;

    /** Largest size: the variance of counts with mean m exceeds m by a millionth of m². */
    private static final double MAX_SIZE = 1e6;

    private static final double MIN_SIZE = 1e-3;
    private static final int HALVINGS = 60;

    private DiscreteCells() {}

    public static int parameters(MixedColumns.Column column) {
        return switch (column.family()) {
            case CATEGORICAL, HISTOGRAM -> column.levels();
            case POISSON -> 1;
            case NEGATIVE_BINOMIAL -> 2;
            case GAUSSIAN, STUDENT_T -> throw new IllegalArgumentException("not discrete");
        };
    }

    /**
     * Returns the number of free parameters, for information criteria: one less than the levels of a category or the
     * bins.
     */
    static int freeParameters(MixedColumns.Column column) {
        return parameters(column) - (column.family().hasProbabilities() ? 1 : 0);
    }

    /** Returns log p(x), in nats, of a level, bin or count; −∞ of what is none. */
    static double logDensity(CellFamily family, double[] parameters, double x) {
        if (!(x >= 0 && x == Math.rint(x) && x < Double.POSITIVE_INFINITY)) {
            return Double.NEGATIVE_INFINITY;
        }
        return switch (family) {
            case CATEGORICAL, HISTOGRAM ->
                x < parameters.length ? StrictMath.log(parameters[(int) x]) : Double.NEGATIVE_INFINITY;
            case POISSON -> logPoisson(parameters[0], x);
            case NEGATIVE_BINOMIAL -> logNegativeBinomial(parameters[0], parameters[1], x);
            case GAUSSIAN, STUDENT_T -> throw new IllegalArgumentException("not discrete");
        };
    }

    /** Returns log p(x) of x = 0, 1, ..., levels − 1, in nats, in a time linear in the levels. */
    public static double[] logDensities(CellFamily family, double[] parameters, int levels) {
        double[] table = new double[levels];
        double ratio = 0; // grows by one term from count to count
        for (int x = 0; x < levels; x++) {
            if (family == CellFamily.NEGATIVE_BINOMIAL) {
                double mean = parameters[0];
                double size = parameters[1];
                table[x] = logNegativeBinomial(ratio, mean, size, x);
                ratio += StrictMath.log((size + x) / (size + mean));
            } else {
                table[x] = logDensity(family, parameters, x);
            }
        }
        return table;
    }

    /**
     * Returns p(x + 1) / p(x) of a count x ≥ 1. It changes monotonically with x, to {@link #limitOfRatio}: it rises if
     * it belongs to a negative binomial distribution of size r &lt; 1.
     *
     * <pre>
     *   Poisson: m / (x + 1)     negative binomial: m / (m + r) · (x + r) / (x + 1)
     * </pre>
     */
    static double ratio(CellFamily family, double[] parameters, double x) {
        return family == CellFamily.NEGATIVE_BINOMIAL
                ? limitOfRatio(family, parameters) * (x + parameters[1]) / (x + 1)
                : parameters[0] / (x + 1);
    }

    /** Returns the limit of p(x + 1) / p(x) for great counts x. */
    static double limitOfRatio(CellFamily family, double[] parameters) {
        return family == CellFamily.NEGATIVE_BINOMIAL ? parameters[0] / (parameters[0] + parameters[1]) : 0;
    }

    private static double logPoisson(double mean, double x) {
        return x * StrictMath.log(mean) - mean - Gamma.logGamma(x + 1);
    }

    private static double logNegativeBinomial(double mean, double size, double x) {
        double ratio = 0; // log Γ(x + r) − log Γ(r) − x log(r + m)
        if (x > MixedColumns.MAX_LEVELS) {
            ratio = Gamma.logGamma(size + x) - Gamma.logGamma(size) - x * StrictMath.log(size + mean);
        } else { // as a sum, because the difference cancels if r is large
            for (int i = 0; i < x; i++) {
                ratio += StrictMath.log((size + i) / (size + mean));
            }
        }
        return logNegativeBinomial(ratio, mean, size, x);
    }

    /** Returns log p(x), where {@code ratio} is log Γ(x + r) − log Γ(r) − x log(r + m). */
    private static double logNegativeBinomial(double ratio, double mean, double size, double x) {
        return ratio - Gamma.logGamma(x + 1) + x * StrictMath.log(mean) - size * StrictMath.log1p(mean / size);
    }

    /** Returns the mean of a count or a histogram, or the most probable level of a category. */
    static double expected(MixedColumns.Column column, double[] parameters) {
        return switch (column.family()) {
            case HISTOGRAM -> {
                double sum = 0;
                for (int l = 0; l < parameters.length; l++) {
                    sum += parameters[l] * column.bins().mean(l);
                }
                yield sum;
            }
            case CATEGORICAL -> Rows.argMax(parameters);
            case POISSON, NEGATIVE_BINOMIAL -> parameters[0];
            case GAUSSIAN, STUDENT_T -> throw new IllegalArgumentException("not discrete");
        };
    }

    static double variance(MixedColumns.Column column, double[] parameters) {
        return switch (column.family()) {
            case HISTOGRAM -> {
                double mean = expected(column, parameters);
                double sum = 0;
                for (int l = 0; l < parameters.length; l++) {
                    double from = column.bins().mean(l) - mean;
                    sum += parameters[l] * (column.bins().variance(l) + from * from);
                }
                yield sum;
            }
            case POISSON -> parameters[0];
            case NEGATIVE_BINOMIAL -> parameters[0] + parameters[0] * parameters[0] / parameters[1];
            default -> throw new IllegalArgumentException("not a number");
        };
    }

    static double draw(MixedColumns.Column column, double[] parameters, RandomGenerator random) {
        return switch (column.family()) {
            case HISTOGRAM -> column.bins().draw(Rows.drawn(parameters, random.nextDouble()), random);
            case CATEGORICAL -> Rows.drawn(parameters, random.nextDouble());
            case POISSON -> count(parameters[0], Double.POSITIVE_INFINITY, random.nextDouble());
            case NEGATIVE_BINOMIAL -> count(parameters[0], parameters[1], random.nextDouble());
            case GAUSSIAN, STUDENT_T -> throw new IllegalArgumentException("not discrete");
        };
    }

    /**
     * Returns the count of a uniform number: probabilities are subtracted from it, from the mean outwards, so the time
     * grows with the standard deviation.
     *
     * @param size infinite for a Poisson count
     */
    private static double count(double mean, double size, double uniform) {
        boolean poisson = Double.isInfinite(size);
        double centre = Math.floor(mean);
        double atCentre = StrictMath.exp(poisson ? logPoisson(mean, centre) : logNegativeBinomial(mean, size, centre));
        double left = uniform - atCentre;
        double above = atCentre;
        double below = atCentre;
        for (double step = 1; left >= 0 && (above > 0 || below > 0); step++) {
            double x = centre + step; // p(x) / p(x − 1)
            above *= poisson ? mean / x : (x - 1 + size) / x * (mean / (mean + size));
            left -= above;
            if (left < 0) {
                return x;
            }
            double y = centre - step; // p(y) / p(y + 1)
            below *= y < 0 ? 0 : poisson ? (y + 1) / mean : (y + 1) / (y + size) * ((mean + size) / mean);
            left -= below;
            if (left < 0) {
                return y;
            }
        }
        return centre;
    }

    /**
     * Returns the parameters of greatest likelihood.
     *
     * @param histogram weight of each value, with those of the prior; not all 0. Not modified.
     */
    public static double[] fit(MixedColumns.Column column, double[] histogram) {
        return switch (column.family()) {
            case CATEGORICAL, HISTOGRAM -> {
                double total = Arrays.stream(histogram).sum();
                yield Arrays.stream(histogram).map(h -> h / total).toArray();
            }
            case POISSON -> new double[] {mean(histogram)};
            case NEGATIVE_BINOMIAL -> {
                double mean = mean(histogram);
                yield new double[] {mean, size(histogram, mean)};
            }
            case GAUSSIAN, STUDENT_T -> throw new IllegalArgumentException("not discrete");
        };
    }

    private static double mean(double[] histogram) {
        double sum = 0;
        double total = 0;
        for (int x = 0; x < histogram.length; x++) {
            total += histogram[x];
            sum += x * histogram[x];
        }
        return Math.max(MIN_MEAN, total == 0 ? 0 : sum / total);
    }

    /**
     * Returns the size r of greatest likelihood for a given mean, the root of
     *
     * <pre>
     *   Σ_i T_i / (r + i) − N log(1 + m / r),   T_i = weight of the values above i
     * </pre>
     *
     * by bisection of log r; the greatest size if the variance is not above the mean.
     */
    private static double size(double[] histogram, double mean) {
        double[] above = new double[histogram.length];
        double total = 0;
        for (int x = histogram.length - 1; x >= 0; x--) {
            above[x] = total;
            total += histogram[x];
        }
        double low = StrictMath.log(MIN_SIZE);
        double high = StrictMath.log(MAX_SIZE);
        if (slope(above, total, mean, MAX_SIZE) >= 0) {
            return MAX_SIZE;
        }
        if (slope(above, total, mean, MIN_SIZE) <= 0) {
            return MIN_SIZE;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            if (slope(above, total, mean, StrictMath.exp(middle)) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return StrictMath.exp(0.5 * (low + high));
    }

    private static double slope(double[] above, double total, double mean, double size) {
        double sum = 0;
        for (int i = 0; i < above.length && above[i] > 0; i++) {
            sum += above[i] / (size + i);
        }
        return sum - total * StrictMath.log1p(mean / size);
    }
}
