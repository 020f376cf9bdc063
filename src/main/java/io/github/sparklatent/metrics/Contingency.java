package io.github.sparklatent.metrics;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The number of rows of each label in each cluster, with measures of their agreement. The entries are n_ij, the sums of
 * rows and columns are a_i and b_j, and the total is n. A row of weight w counts as w rows, unless a sample size with
 * another number of rows is given.
 */
public final class Contingency {
    private final double[][] counts;
    private final double[] labels;
    private final double[] clusters;
    private final double total;

    /** Number of rows for each unit of weight. */
    private final double rowsPerWeight;

    private Contingency(double[][] counts, SampleSize size) {
        this.counts = counts;
        labels = Arrays.stream(counts)
                .mapToDouble(row -> DoubleStream.of(row).sum())
                .toArray();
        clusters = new double[counts[0].length];
        for (double[] row : counts) {
            for (int j = 0; j < clusters.length; j++) {
                clusters[j] += row[j];
            }
        }
        total = DoubleStream.of(labels).sum();
        rowsPerWeight = size == null || size.isCounts() ? 1 : size.number() / size.weight();
    }

    /**
     * Creates a table of counts or total weights.
     *
     * @param counts labels × clusters, at least 1 × 1; numbers not below 0, not all 0. Not modified.
     * @param size number of rows that the weights stand for; null: a row of weight w counts as w rows
     * @throws IllegalArgumentException if the counts are empty, of unequal lengths, negative, not finite or all 0
     */
    public static Contingency of(double[][] counts, SampleSize size) {
        Require.that(
                counts.length > 0 && counts[0].length > 0,
                "the contingency table is empty, expected at least one label and one cluster");
        for (double[] row : counts) {
            Require.that(
                    row.length == counts[0].length,
                    "a row of the contingency table has %d columns, expected %d",
                    row.length,
                    counts[0].length);
            for (double count : row) {
                Require.that(
                        count >= 0 && Double.isFinite(count),
                        "the contingency table holds %s, expected a finite number not below 0",
                        count);
            }
        }
        Contingency contingency =
                new Contingency(Arrays.stream(counts).map(double[]::clone).toArray(double[][]::new), size);
        Require.that(contingency.total > 0, "the contingency table counts no rows, expected at least one");
        return contingency;
    }

    /** Returns the counts, labels × clusters; a copy. */
    public double[][] counts() {
        return Arrays.stream(counts).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the share of rows whose cluster is matched to their label, under the best one-to-one matching of clusters
     * to labels.
     */
    public double accuracy() {
        boolean wide = labels.length <= clusters.length;
        double[][] value = wide ? counts : transposed();
        int[] match = Assignment.of(value);
        double matched = 0;
        for (int i = 0; i < match.length; i++) {
            matched += value[i][match[i]];
        }
        return matched / total;
    }

    /**
     * Returns the mutual information divided by the mean of the two entropies (Vinh, Epps and Bailey 2010, table 2,
     * NMI_sum). It is 1 if there is only one label and one cluster.
     *
     * <pre>
     *   I = Σ_ij n_ij/n log(n n_ij / (a_i b_j)),   NMI = 2 I / (H(a) + H(b))
     * </pre>
     */
    public double normalizedMutualInformation() {
        double entropies = entropy(labels) + entropy(clusters);
        if (entropies == 0) {
            return 1;
        }
        double information = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < clusters.length; j++) {
                double count = counts[i][j];
                if (count > 0) {
                    information += count / total * (Math.log(count / labels[i]) - Math.log(clusters[j] / total));
                }
            }
        }
        return Math.max(0, Math.min(1, 2 * information / entropies));
    }

    /**
     * Returns the Rand index adjusted for chance (Hubert and Arabie 1985, eq. 5). It is 1 if the greatest possible
     * index equals the expected index, as with one label and one cluster.
     *
     * <pre>
     *   E = Σ_i C(a_i, 2) Σ_j C(b_j, 2) / C(n, 2)
     *   ARI = (Σ_ij C(n_ij, 2) − E) / (½ (Σ_i C(a_i, 2) + Σ_j C(b_j, 2)) − E)
     * </pre>
     *
     * The pairs C(n, 2) are pairs of rows, so weights that are no counts are first scaled to the size of the sample.
     */
    public double adjustedRandIndex() {
        double together = Arrays.stream(counts).mapToDouble(this::pairs).sum();
        double byLabel = pairs(labels);
        double byCluster = pairs(clusters);
        double expected = byLabel == 0 ? 0 : byLabel * (byCluster / pairs(new double[] {total}));
        double most = (byLabel + byCluster) / 2;
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private double[][] transposed() {
        double[][] transposed = new double[clusters.length][labels.length];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < clusters.length; j++) {
                transposed[j][i] = counts[i][j];
            }
        }
        return transposed;
    }

    private double entropy(double[] sizes) {
        return DoubleStream.of(sizes)
                .filter(size -> size > 0)
                .map(size -> -size / total * Math.log(size / total))
                .sum();
    }

    private double pairs(double[] weights) {
        return DoubleStream.of(weights)
                .map(weight -> weight * rowsPerWeight)
                .map(size -> size * (size - 1) / 2)
                .sum();
    }

    /**
     * The assignment of rows to columns with the greatest total value. It is computed by shortest augmenting paths over
     * reduced costs: the Hungarian method in the form of Jonker and Volgenant 1987, O(rows² columns).
     */
    private static final class Assignment {
        private final double[][] value;
        private final int rows;
        private final int columns;
        private final double[] rowPotential;
        private final double[] columnPotential;

        /** The row of each column, counted from 1; 0 means none. Entry 0 is the row that is being assigned. */
        private final int[] rowOf;

        private Assignment(double[][] value) {
            this.value = value;
            rows = value.length;
            columns = value[0].length;
            rowPotential = new double[rows + 1];
            columnPotential = new double[columns + 1];
            rowOf = new int[columns + 1];
        }

        /**
         * Finds the best assignment.
         *
         * @param value value of each assignment, rows × columns, with no more rows than columns. Not modified.
         * @return the column of each row; no column occurs twice
         */
        static int[] of(double[][] value) {
            Assignment assignment = new Assignment(value);
            for (int row = 1; row <= assignment.rows; row++) {
                assignment.assign(row);
            }
            int[] columnOf = new int[assignment.rows];
            for (int column = 1; column <= assignment.columns; column++) {
                if (assignment.rowOf[column] > 0) {
                    columnOf[assignment.rowOf[column] - 1] = column - 1;
                }
            }
            return columnOf;
        }

        /** Grows a tree of tight edges from one row to the nearest free column, then flips the path. */
        private void assign(int row) {
            rowOf[0] = row;
            int[] previous = new int[columns + 1];
            double[] slack = new double[columns + 1];
            Arrays.fill(slack, Double.POSITIVE_INFINITY);
            boolean[] reached = new boolean[columns + 1];
            int column = 0;
            while (rowOf[column] != 0) {
                reached[column] = true;
                column = nearest(column, previous, slack, reached);
            }
            while (column != 0) {
                rowOf[column] = rowOf[previous[column]];
                column = previous[column];
            }
        }

        private int nearest(int from, int[] previous, double[] slack, boolean[] reached) {
            int row = rowOf[from];
            int nearest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int column = 1; column <= columns; column++) {
                if (!reached[column]) {
                    double reduced = -value[row - 1][column - 1] - rowPotential[row];
                    if (reduced - columnPotential[column] < slack[column]) {
                        slack[column] = reduced - columnPotential[column];
                        previous[column] = from;
                    }
                    if (slack[column] < least) {
                        least = slack[column];
                        nearest = column;
                    }
                }
            }
            for (int column = 0; column <= columns; column++) {
                if (reached[column]) {
                    rowPotential[rowOf[column]] += least;
                    columnPotential[column] -= least;
                } else {
                    slack[column] -= least;
                }
            }
            return nearest;
        }
    }
}
