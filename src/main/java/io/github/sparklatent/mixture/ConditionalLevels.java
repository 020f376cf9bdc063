package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.linalg.Rows;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The distributions of the discrete cells of a row given its other columns: Σ_k w_k p(x_j | k) with w_k = p(k |
 * x_rest). Holds buffers: one thread only.
 */
final class ConditionalLevels {
    /** Log of the least positive double, for a level without a probability. */
    private static final double LEAST = StrictMath.log(Double.MIN_VALUE);

    /** Most counts beyond the table that are looked at. */
    private static final int MAX_STEPS = 10_000;

    /** Values whose probabilities differ by rounding are equally probable. */
    private static final double ROUNDING = 1e-9;

    private final MixedDensity density;
    private final MixedMixture mixture;
    private final int[] discrete;
    private final double[] terms;
    private final double[] logLevels;

    ConditionalLevels(MixedDensity density) {
        this.density = density;
        this.mixture = density.mixture();
        this.discrete = mixture.columns().discrete();
        this.terms = new double[mixture.components()];
        int most = 0;
        for (int column : discrete) {
            most = Math.max(most, mixture.columns().get(column).levels());
        }
        this.logLevels = new double[most];
    }

    private MixedColumns.Column column(int table) {
        return mixture.columns().get(discrete[table]);
    }

    /**
     * Returns log p(x | k) of a cell, in nats; 0 if it is missing. It is finite, so that a row with a level that a
     * component excludes still has a density without it.
     */
    double logDensity(int table, int component, double x) {
        if (Double.isNaN(x)) {
            return 0;
        }
        DMatrixRMaj levels = density.table(table);
        HistogramBins bins = column(table).bins();
        if (bins != null) {
            int bin = bins.bin(x);
            double beyond = bins.isBeyond(x) ? bins.logDensity(x) - bins.logDensity(bin) : 0;
            return Math.max(LEAST, levels.unsafe_get(component, bin) + beyond);
        }
        boolean isLevel = x >= 0 && x < levels.numCols && x == Math.rint(x);
        return Math.max(
                LEAST,
                isLevel
                        ? levels.unsafe_get(component, (int) x)
                        : DiscreteCells.logDensity(
                                column(table).family(),
                                Rows.row(mixture.discrete().get(table), component),
                                x));
    }

    private double logDensity(int table, double[] logShares, double x) {
        for (int k = 0; k < terms.length; k++) {
            terms[k] = logShares[k] + logDensity(table, k, x);
        }
        return LogSumExp.of(terms);
    }

    /**
     * Writes the log density of each level, count or bin, and returns their number. The log probability of a bin is
     * less {@linkplain HistogramBins#logDensity(int) that of its width}.
     */
    private int logLevels(int table, double[] logShares) {
        DMatrixRMaj levels = density.table(table);
        for (int v = 0; v < levels.numCols; v++) {
            for (int k = 0; k < terms.length; k++) {
                terms[k] = logShares[k] + Math.max(LEAST, levels.unsafe_get(k, v));
            }
            logLevels[v] = LogSumExp.of(terms);
        }
        return levels.numCols;
    }

    private double probability(int table, int level) {
        HistogramBins bins = column(table).bins();
        return StrictMath.exp(logLevels[level] - (bins == null ? 0 : bins.logDensity(level)));
    }

    /**
     * Returns the log probability of the values whose density is not greater than that of x.
     *
     * @param logShares log w, k numbers. Not modified.
     */
    double logNotMoreProbable(int table, double[] logShares, double x) {
        double own = logDensity(table, logShares, x) + ROUNDING;
        int levels = logLevels(table, logShares);
        HistogramBins bins = column(table).bins();
        double scale = own; // a probability can be less than a double holds
        double sum = 0;
        for (int v = 0; v < levels; v++) {
            double width = bins == null ? 0 : bins.logDensity(v);
            sum += logLevels[v] <= own ? StrictMath.exp(logLevels[v] - width - scale) : 0;
        }
        if (bins != null) {
            for (int bin : new int[] {0, levels - 1}) {
                double logProbability = logLevels[bin] - bins.logDensity(bin);
                sum += StrictMath.exp(bins.logTail(logProbability, own) - scale);
            }
        }
        if (column(table).family().isCount()) {
            sum += tail(table, logShares, Math.max(x, levels), own);
        }
        return scale + StrictMath.log(Math.max(sum, Double.MIN_VALUE));
    }

    /**
     * Returns Σ p(v) / exp(own) of the counts v ≥ from that are not more probable than {@code own}. Terms are added
     * until all further ones are less probable, which is at once from the greatest mean of a component on if the first
     * term is.
     */
    private double tail(int table, double[] logShares, double from, double own) {
        double[] logTerms = new double[terms.length];
        Arrays.setAll(logTerms, k -> logShares[k] + logDensity(table, k, from));
        double tail = 0;
        double v = from;
        for (int step = 0; step < MAX_STEPS; step++, v++) {
            double first = StrictMath.exp(LogSumExp.of(logTerms) - own);
            if (first <= 1 && isFalling(table, v)) {
                break;
            }
            tail += first <= 1 ? first : 0;
            for (int k = 0; k < logTerms.length; k++) {
                logTerms[k] += StrictMath.log(ratio(table, k, v));
            }
        }
        return tail + rest(table, logShares, logTerms, v, own);
    }

    /** Returns whether no component has a count above v that is more probable than v. */
    private boolean isFalling(int table, double v) {
        for (int k = 0; k < terms.length; k++) {
            if (ratio(table, k, v) > 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the sum of all values from v on, whose terms are given. Where the probability of a component underflows,
     * it is a geometric series, which bounds it from above:
     *
     * <pre>
     *   Σ_{v ≥ u} p(v | k) ≤ p(u | k) / (1 − ρ),   ρ = greatest p(v + 1 | k) / p(v | k) from u on
     * </pre>
     */
    private double rest(int table, double[] logShares, double[] logTerms, double v, double own) {
        CellFamily family = column(table).family();
        double rest = 0;
        for (int k = 0; k < logTerms.length; k++) {
            double[] parameters = Rows.row(mixture.discrete().get(table), k);
            double ratio = Math.max(ratio(table, k, v), DiscreteCells.limitOfRatio(family, parameters));
            double series = StrictMath.exp(logTerms[k] - own) / (1 - ratio);
            double log = LogTails.count(family, parameters, v);
            double whole = StrictMath.exp(logShares[k] + log - own);
            rest += log == Double.NEGATIVE_INFINITY || ratio < 1 && series < whole ? series : whole;
        }
        return rest;
    }

    /** Returns p(v + 1 | k) / p(v | k) of a count v ≥ 1. */
    private double ratio(int table, int component, double v) {
        return DiscreteCells.ratio(
                column(table).family(), Rows.row(mixture.discrete().get(table), component), v);
    }

    /**
     * Returns the mean of a number or a count, or the most probable level of a category.
     *
     * @param logShares log w, k numbers. Not modified.
     */
    double expected(int table, double[] logShares) {
        if (column(table).family() != CellFamily.CATEGORICAL) {
            double sum = 0;
            for (int k = 0; k < logShares.length; k++) {
                double[] own = Rows.row(mixture.discrete().get(table), k);
                sum += StrictMath.exp(logShares[k]) * DiscreteCells.expected(column(table), own);
            }
            return sum;
        }
        int best = 0;
        int levels = logLevels(table, logShares);
        for (int v = 1; v < levels; v++) {
            best = logLevels[v] > logLevels[best] ? v : best;
        }
        return best;
    }

    /**
     * Returns a quantile of a number or a count, at most the greatest one of the training rows; NaN of a category.
     *
     * @param logShares log w, k numbers. Not modified.
     */
    double quantile(int table, double[] logShares, double probability) {
        if (column(table).family() == CellFamily.CATEGORICAL) {
            return Double.NaN;
        }
        HistogramBins bins = column(table).bins();
        int greatest = logLevels(table, logShares) - 1;
        double below = 0;
        for (int v = 0; v < greatest; v++) {
            double own = probability(table, v);
            if (below + own >= probability) {
                return bins == null ? v : bins.quantile(v, (probability - below) / own);
            }
            below += own;
        }
        return bins == null ? greatest : bins.quantile(greatest, Math.min(1, (probability - below) / (1 - below)));
    }
}
