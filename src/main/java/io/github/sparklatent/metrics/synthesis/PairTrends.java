package io.github.sparklatent.metrics.synthesis;

import io.github.sparklatent.learn.Correlation;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Similarity of the relation of each pair of columns in two tables, from 0 to 1 (identical). Two columns of numbers: 1
 * − |r − r'| / 2 with Pearson's correlations. Other pairs: 1 minus the total variation distance of the joint table, in
 * which a missing level is one more level. Numbers are cut there into ten bins of equal width over the range of their
 * own table, so that a generator whose numbers have another range is judged by the order of its bins, and by its
 * shapes. These are CorrelationSimilarity and ContingencySimilarity as the report of SDMetrics applies them.
 */
public final class PairTrends {
    /** Least correlation of two columns of numbers that SDMetrics takes for a relation. */
    private static final double RELATED_CORRELATION = 0.5;

    /** Least Cramér's V of other pairs that SDMetrics takes for a relation. */
    private static final double RELATED_ASSOCIATION = 0.3;

    private static final int BINS = 10;

    private final ComparedRows real;
    private final ComparedRows generated;
    private final int[][] realCodes;
    private final int[][] generatedCodes;
    private final int[] sizes;
    private final DMatrixRMaj trends;
    private final boolean[] related;

    private PairTrends(ComparedRows real, ComparedRows generated) {
        this.real = real;
        this.generated = generated;
        int d = real.width();
        realCodes = new int[d][];
        generatedCodes = new int[d][];
        sizes = new int[d];
        for (int j = 0; j < d; j++) {
            sizes[j] = real.isNumber(j) ? BINS + 1 : real.levels(j) + 1;
            realCodes[j] = codes(real, j);
            generatedCodes[j] = codes(generated, j);
        }
        trends = new DMatrixRMaj(d, d);
        trends.fill(Double.NaN);
        related = new boolean[d * d];
    }

    public static PairTrends of(ComparedRows real, ComparedRows generated) {
        real.requireSameColumns(generated);
        PairTrends pairs = new PairTrends(real, generated);
        for (int j = 0; j < real.width(); j++) {
            for (int l = 0; l < j; l++) {
                if (real.isNumber(j) && real.isNumber(l)) {
                    pairs.compareNumbers(l, j);
                } else {
                    pairs.compareLevels(l, j);
                }
            }
        }
        return pairs;
    }

    /**
     * Returns the similarity of a pair. It is NaN for two columns of numbers if one is constant or empty in one table,
     * because its correlation is not defined, and for a column with itself.
     */
    public double get(int j, int l) {
        return trends.get(j, l);
    }

    /** Returns the mean of all similarities that are defined; NaN if there is none. */
    public double mean() {
        return ColumnShapes.mean(trends.data);
    }

    /**
     * Returns the mean of the similarities of related pairs: those whose real rows have a correlation above 0.5 or a
     * Cramér's V above 0.3. It is NaN if there is none. SDMetrics reports this mean by default. Unrelated pairs are
     * easy to draw, so the mean of all pairs is greater.
     */
    public double meanOfRelated() {
        double[] some = trends.data.clone();
        for (int i = 0; i < some.length; i++) {
            some[i] = related[i] ? some[i] : Double.NaN;
        }
        return ColumnShapes.mean(some);
    }

    private void set(int j, int l, double trend, boolean isRelated) {
        trends.set(j, l, trend);
        trends.set(l, j, trend);
        related[j * sizes.length + l] = isRelated;
        related[l * sizes.length + j] = isRelated;
    }

    private void compareNumbers(int j, int l) {
        double correlation = correlation(real, j, l);
        double trend = 1 - Math.abs(correlation - correlation(generated, j, l)) / 2;
        set(j, l, trend, Math.abs(correlation) > RELATED_CORRELATION);
    }

    private void compareLevels(int j, int l) {
        double[] joint = joint(realCodes, j, l);
        double distance = ColumnShapes.totalVariation(joint, joint(generatedCodes, j, l));
        set(j, l, 1 - distance, association(joint, sizes[j]) > RELATED_ASSOCIATION);
    }

    /** Returns the bin or the level of each cell; a missing level is the last one. */
    private int[] codes(ComparedRows rows, int column) {
        double[] cells = rows.column(column);
        double[] edges = rows.isNumber(column) ? edges(cells) : null;
        int missing = sizes[column] - 1;
        return Arrays.stream(cells)
                .mapToInt(cell -> Double.isNaN(cell) ? missing : edges == null ? (int) cell : bin(cell, edges))
                .toArray();
    }

    /** Returns the edges of NumPy's histogram_bin_edges, computed in its order. */
    private static double[] edges(double[] cells) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double cell : cells) {
            if (!Double.isNaN(cell)) {
                least = Math.min(least, cell);
                greatest = Math.max(greatest, cell);
            }
        }
        if (least == greatest) {
            least -= 0.5;
            greatest += 0.5;
        }
        double step = (greatest - least) / BINS;
        double[] edges = new double[BINS + 1];
        for (int i = 0; i < BINS; i++) {
            edges[i] = i * step + least;
        }
        edges[BINS] = greatest;
        return edges;
    }

    /**
     * Returns the bin of a number. The greatest number has a bin of its own, which missing numbers share, as NumPy's
     * digitize has it.
     */
    private static int bin(double cell, double[] edges) {
        int bin = 0;
        while (bin < BINS && cell >= edges[bin + 1]) {
            bin++;
        }
        return bin;
    }

    private double[] joint(int[][] codes, int j, int l) {
        double[] joint = new double[sizes[j] * sizes[l]];
        double share = 1.0 / codes[j].length;
        for (int i = 0; i < codes[j].length; i++) {
            joint[codes[j][i] * sizes[l] + codes[l][i]] += share;
        }
        return joint;
    }

    /**
     * Returns Cramér's V of a joint table; NaN if one of the columns has one level alone.
     *
     * <pre>
     *   V² = (Σ_ab p_ab² / (p_a p_b) − 1) / (min(rows, columns) − 1)
     * </pre>
     */
    private static double association(double[] joint, int rows) {
        int columns = joint.length / rows;
        double[] ofRow = new double[rows];
        double[] ofColumn = new double[columns];
        for (int i = 0; i < joint.length; i++) {
            ofRow[i / columns] += joint[i];
            ofColumn[i % columns] += joint[i];
        }
        double sum = 0;
        for (int i = 0; i < joint.length; i++) {
            sum += joint[i] > 0 ? joint[i] / ofRow[i / columns] * joint[i] / ofColumn[i % columns] : 0;
        }
        long levels = Math.min(present(ofRow), present(ofColumn));
        return levels < 2 ? Double.NaN : Math.sqrt(Math.max(0, sum - 1) / (levels - 1));
    }

    private static long present(double[] shares) {
        return Arrays.stream(shares).filter(share -> share > 0).count();
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
