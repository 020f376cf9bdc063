package io.github.sparklatent.mixture;

import io.github.sparklatent.mixture.ColumnChains.ColumnChain;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Says which columns of a row are unlikely given those before them in {@linkplain ColumnChains chains}. The
 * contribution of a column is
 *
 * <pre>
 *   −1/M Σ_m log P_m(a value at least as odd as x_j | the columns before j)
 * </pre>
 *
 * <p>A category is at least as odd as one if it is not more probable; a number, if it lies beyond it on the side where
 * fewer are, times two. One thread only.
 */
public final class ChainContributions {
    private final MixedColumns columns;
    private final ColumnChains chains;
    private double[] rows = {};
    private int[][] codes = {};

    public ChainContributions(MixedMixture mixture) {
        this.columns = mixture.columns();
        this.chains = mixture.chains();
    }

    /**
     * Takes some rows.
     *
     * @param rows n × d, row-major, NaN where a cell is missing. Not modified.
     */
    public void evaluate(double[] rows, int n) {
        int d = columns.size();
        this.rows = Arrays.copyOf(rows, n * d);
        codes = IntStream.range(0, n)
                .mapToObj(i -> columns.codes(Arrays.copyOfRange(rows, i * d, (i + 1) * d)))
                .toArray(int[][]::new);
        Arrays.stream(codes).forEach(chains::markUnseen);
    }

    /** Returns the mean of p of the codes of a column over the chains. */
    private double[] shares(int row, int column) {
        double[] mean = new double[columns.get(column).levels()];
        for (ColumnChain chain : chains.chains()) {
            double[] own = chain.trees().get(column).shares(codes[row], chains.prior());
            for (int code = 0; code < own.length; code++) {
                mean[code] += own[code] / chains.chains().size();
            }
        }
        return mean;
    }

    /** Returns the contribution of a column in nats; NaN if its cell is missing. */
    public double contribution(int row, int column) {
        int code = codes[row][column];
        if (code == ColumnTree.UNSEEN || code >= columns.get(column).levels()) {
            return Double.NaN;
        }
        return chains.chains().stream()
                .mapToDouble(chain ->
                        -logOdd(chain.trees().get(column).shares(codes[row], chains.prior()), code, row, column))
                .average()
                .orElseThrow();
    }

    private double logOdd(double[] shares, int code, int row, int column) {
        HistogramBins bins = columns.get(column).bins();
        double x = rows[row * columns.size() + column];
        if (bins != null && bins.isBeyond(x)) {
            double log = StrictMath.log(shares[code]);
            return bins.logTail(log, log + bins.logDensity(x));
        }
        double odd = bins == null
                ? Arrays.stream(shares).filter(share -> share <= shares[code]).sum()
                : 2 * (Math.min(sum(shares, 0, code), sum(shares, code + 1, shares.length)) + shares[code]);
        return StrictMath.log(Math.min(1, odd));
    }

    private static double sum(double[] shares, int from, int to) {
        return Arrays.stream(shares, from, to).sum();
    }

    /** Returns the mean of a number or the most probable category. */
    public double expected(int row, int column) {
        return DiscreteCells.expected(columns.get(column), shares(row, column));
    }

    /** Returns a quantile of a number; NaN of a category. */
    public double quantile(int row, int column, double probability) {
        HistogramBins bins = columns.get(column).bins();
        if (bins == null) {
            return Double.NaN;
        }
        double[] shares = shares(row, column);
        double below = 0;
        int code = 0;
        while (code < shares.length - 1 && below + shares[code] < probability) {
            below += shares[code++];
        }
        return bins.quantile(code, Math.min(1, (probability - below) / shares[code]));
    }
}
