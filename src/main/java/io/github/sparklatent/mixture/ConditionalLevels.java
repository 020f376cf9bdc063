package io.github.sparklatent.mixture;

import org.ejml.data.DMatrixRMaj;

/**
 * The distributions of the discrete cells of a row given its other columns: Σ_k w_k p(x_j | k) with
 * w_k = p(k | x_rest). Holds buffers: one thread only.
 */
final class ConditionalLevels {
    /** Log of the least positive double, for a level without a probability. */
    private static final double LEAST = StrictMath.log(Double.MIN_VALUE);

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

    private CellFamily family(int table) {
        return mixture.columns().get(discrete[table]).family();
    }

    /**
     * Returns log p(x | k) of a cell, in nats; 0 if it is missing. It is finite, so that a row with
     * a level that a component excludes still has a density without it.
     */
    double logDensity(int table, int component, double x) {
        if (Double.isNaN(x)) {
            return 0;
        }
        DMatrixRMaj levels = density.table(table);
        boolean isLevel = x >= 0 && x < levels.numCols && x == Math.rint(x);
        return Math.max(
                LEAST,
                isLevel
                        ? levels.unsafe_get(component, (int) x)
                        : DiscreteCells.logDensity(
                                family(table),
                                MixedMixture.row(mixture.discrete().get(table), component),
                                x));
    }

    private double logProbability(int table, double[] logShares, double x) {
        for (int k = 0; k < terms.length; k++) {
            terms[k] = logShares[k] + logDensity(table, k, x);
        }
        return LogTails.logSumExp(terms);
    }

    /** Writes the log probability of each level, and returns the number of levels. */
    private int logLevels(int table, double[] logShares) {
        int levels = density.table(table).numCols;
        for (int v = 0; v < levels; v++) {
            logLevels[v] = logProbability(table, logShares, v);
        }
        return levels;
    }

    /**
     * Returns the log probability of the values that are not more probable than x. The values above
     * the greatest count of the training rows are summed as a geometric sequence, which bounds
     * their sum.
     *
     * @param logShares log w, k numbers. Not modified.
     */
    double logNotMoreProbable(int table, double[] logShares, double x) {
        double own = logProbability(table, logShares, x) + ROUNDING;
        int levels = logLevels(table, logShares);
        double sum = 0;
        for (int v = 0; v < levels; v++) {
            sum += logLevels[v] <= own ? StrictMath.exp(logLevels[v] - own) : 0;
        }
        if (family(table).isCount()) {
            double from = Math.max(x, levels);
            double first = logProbability(table, logShares, from);
            if (first <= own) {
                double next = logProbability(table, logShares, from + 1);
                double ratio = Math.min(1 - ROUNDING, StrictMath.exp(next - first));
                sum += StrictMath.exp(first - own) / (1 - ratio);
            }
        }
        return own + StrictMath.log(sum);
    }

    /**
     * Returns the mean of a count, or the most probable level of a category.
     *
     * @param logShares log w, k numbers. Not modified.
     */
    double expected(int table, double[] logShares) {
        if (family(table).isCount()) {
            double sum = 0;
            for (int k = 0; k < logShares.length; k++) {
                double[] own = MixedMixture.row(mixture.discrete().get(table), k);
                sum += StrictMath.exp(logShares[k]) * DiscreteCells.expected(family(table), own);
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
     * Returns a quantile of a count, at most the greatest count of the training rows; NaN of a
     * category.
     *
     * @param logShares log w, k numbers. Not modified.
     */
    double quantile(int table, double[] logShares, double probability) {
        if (!family(table).isCount()) {
            return Double.NaN;
        }
        int greatest = logLevels(table, logShares) - 1;
        double below = 0;
        for (int v = 0; v < greatest; v++) {
            below += StrictMath.exp(logLevels[v]);
            if (below >= probability) {
                return v;
            }
        }
        return greatest;
    }
}
