package io.github.sparklatent.metrics.synthesis;

import io.github.sparklatent.learn.Correlation;
import org.ejml.data.DMatrixRMaj;

/**
 * Similarity of the relation of each pair of columns in two tables, from 0 to 1 (identical). Two
 * columns of numbers: 1 − |r − r'| / 2 with Pearson's correlations. Other pairs: 1 minus the total
 * variation distance of the joint table, for which numbers are cut into ten bins of equal width
 * over the range of the real rows, and missing is one more level. These are CorrelationSimilarity
 * and ContingencySimilarity of SDMetrics.
 */
public final class PairTrends {
    private static final int BINS = 10;

    private final ComparedRows real;
    private final ComparedRows generated;
    private final int[][] realCodes;
    private final int[][] generatedCodes;
    private final int[] sizes;

    private PairTrends(ComparedRows real, ComparedRows generated) {
        this.real = real;
        this.generated = generated;
        int d = real.width();
        realCodes = new int[d][];
        generatedCodes = new int[d][];
        sizes = new int[d];
        for (int j = 0; j < d; j++) {
            double[] edges = real.isNumber(j) ? edges(real.column(j)) : null;
            sizes[j] = real.isNumber(j) ? BINS + 3 : real.levels(j) + 1;
            realCodes[j] = codes(real.column(j), edges, sizes[j]);
            generatedCodes[j] = codes(generated.column(j), edges, sizes[j]);
        }
    }

    /**
     * Returns the similarity of each pair, d × d and symmetric. It is NaN on the diagonal and for
     * two columns of numbers of which one is constant, because its correlation is not defined.
     *
     * @throws IllegalArgumentException if the columns differ
     */
    public static DMatrixRMaj of(ComparedRows real, ComparedRows generated) {
        real.requireSameColumns(generated);
        PairTrends pairs = new PairTrends(real, generated);
        int d = real.width();
        DMatrixRMaj trends = new DMatrixRMaj(d, d);
        trends.fill(Double.NaN);
        for (int j = 0; j < d; j++) {
            for (int l = 0; l < j; l++) {
                double trend = pairs.trend(l, j);
                trends.set(j, l, trend);
                trends.set(l, j, trend);
            }
        }
        return trends;
    }

    /** Returns the mean of the defined similarities; NaN if there is none. */
    public static double mean(DMatrixRMaj trends) {
        double sum = 0;
        int number = 0;
        for (double trend : trends.data) {
            if (!Double.isNaN(trend)) {
                sum += trend;
                number++;
            }
        }
        return sum / number;
    }

    private double trend(int j, int l) {
        if (real.isNumber(j) && real.isNumber(l)) {
            return 1 - Math.abs(correlation(real, j, l) - correlation(generated, j, l)) / 2;
        }
        return 1 - ColumnShapes.totalVariation(joint(realCodes, j, l), joint(generatedCodes, j, l));
    }

    /** Returns the edges of bins of equal width over the range of the cells. */
    private static double[] edges(double[] cells) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double cell : cells) {
            if (!Double.isNaN(cell)) {
                least = Math.min(least, cell);
                greatest = Math.max(greatest, cell);
            }
        }
        double[] edges = new double[BINS + 1];
        for (int i = 0; i <= BINS; i++) {
            edges[i] = least + (greatest - least) * i / BINS;
        }
        edges[BINS] = greatest;
        return edges;
    }

    /**
     * Returns the bin or the level of each cell. Below the edges, from the last edge on, and
     * missing are bins of their own.
     */
    private static int[] codes(double[] cells, double[] edges, int size) {
        int[] codes = new int[cells.length];
        for (int i = 0; i < cells.length; i++) {
            if (Double.isNaN(cells[i])) {
                codes[i] = size - 1;
            } else if (edges == null) {
                codes[i] = (int) cells[i];
            } else {
                int bin = 0;
                while (bin < edges.length && cells[i] >= edges[bin]) {
                    bin++;
                }
                codes[i] = bin;
            }
        }
        return codes;
    }

    private double[] joint(int[][] codes, int j, int l) {
        double[] joint = new double[sizes[j] * sizes[l]];
        double share = 1.0 / codes[j].length;
        for (int i = 0; i < codes[j].length; i++) {
            joint[codes[j][i] * sizes[l] + codes[l][i]] += share;
        }
        return joint;
    }

    /** Returns Pearson's correlation of two columns over the rows in which both have a number. */
    private static double correlation(ComparedRows rows, int j, int l) {
        Correlation correlation = new Correlation();
        for (int i = 0; i < rows.size(); i++) {
            correlation.add(rows.get(i, j), rows.get(i, l));
        }
        return correlation.value();
    }
}
