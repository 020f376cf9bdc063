package io.github.sparklatent.mixture;

import java.util.Arrays;

/**
 * Says which columns of a row are unlikely given those before them in a {@linkplain ColumnChain chain}. With w_k = p(k
 * | x_&lt;j), the contribution of a column is
 *
 * <pre>
 *   −log Σ_k w_k P_k(a value at least as odd as x_j | x_&lt;j)
 * </pre>
 *
 * <p>A category is at least as odd as one if it is not more probable; a number, if it lies beyond it on the side where
 * fewer are, times two. Columns of more than one number do not occur, because categories have codes. One thread only.
 */
public final class ChainContributions {
    private final MixedMixture mixture;
    private final ColumnChain chain;

    /** The codes that each row has, with a place for the component in front. */
    private int[][] codes = new int[0][];

    private int row = -1;

    /** p(k | x_&lt;j) of each column of the row, d × k. */
    private final double[][] weights;

    private final double[] logs;

    public ChainContributions(MixedMixture mixture) {
        this.mixture = mixture;
        this.chain = mixture.chain();
        this.weights = new double[mixture.columns().size()][mixture.components()];
        this.logs = new double[mixture.components()];
    }

    /**
     * Takes some rows.
     *
     * @param rows n × d, row-major, NaN where a cell is missing. Not modified.
     */
    public void evaluate(double[] rows, int n) {
        MixedColumns columns = mixture.columns();
        int d = columns.size();
        codes = new int[n][d + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) {
                codes[i][j + 1] = columns.get(j).code(rows[i * d + j]);
            }
        }
        row = -1;
    }

    private void read(int next) {
        if (row == next) {
            return;
        }
        row = next;
        for (int k = 0; k < logs.length; k++) {
            logs[k] = StrictMath.log(mixture.weight(k));
        }
        for (int j : chain.order()) {
            double sum = LogTails.logSumExp(logs);
            for (int k = 0; k < logs.length; k++) {
                weights[j][k] = StrictMath.exp(logs[k] - sum);
                codes[row][0] = k;
                logs[k] += chain.logDensity(j, codes[row]);
            }
        }
    }

    /** Returns the probabilities of the codes of a column given those before; the cell is not missing. */
    private double[] shares(int next, int column) {
        read(next);
        ColumnTree tree = chain.trees().get(column);
        double[] sums = new double[tree.size()];
        double[] own = new double[tree.size()];
        for (int k = 0; k < logs.length; k++) {
            if (weights[column][k] > 0) {
                codes[row][0] = k;
                tree.shares(tree.leaf(codes[row]), chain.prior(), own);
                for (int code = 0; code < own.length; code++) {
                    sums[code] += weights[column][k] * own[code];
                }
            }
        }
        return sums;
    }

    /** Returns the contribution of a column in nats; NaN if its cell is missing. */
    public double contribution(int next, int column) {
        int code = codes[next][column + 1];
        double[] shares = shares(next, column);
        if (code >= shares.length) {
            return Double.NaN;
        }
        double odd = 0;
        if (mixture.columns().get(column).bins() == null) {
            for (double share : shares) {
                odd += share <= shares[code] ? share : 0;
            }
        } else {
            double below = Arrays.stream(shares, 0, code).sum();
            double above = Arrays.stream(shares, code + 1, shares.length).sum();
            odd = Math.min(1, 2 * (Math.min(below, above) + shares[code]));
        }
        return Math.max(0, -StrictMath.log(odd));
    }

    /** Returns the mean of a number or the most probable category. */
    public double expected(int next, int column) {
        return DiscreteCells.expected(mixture.columns().get(column), shares(next, column));
    }

    /** Returns a quantile of a number; NaN of a category. */
    public double quantile(int next, int column, double probability) {
        HistogramBins bins = mixture.columns().get(column).bins();
        if (bins == null) {
            return Double.NaN;
        }
        double[] shares = shares(next, column);
        double below = 0;
        int code = 0;
        while (code < shares.length - 1 && below + shares[code] < probability) {
            below += shares[code++];
        }
        return bins.quantile(code, Math.min(1, (probability - below) / shares[code]));
    }
}
