package io.github.sparklatent.gmm.initialization;

import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.linalg.Block;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;

/**
 * Row blocks in which each missing value is replaced by the mean of its column over the observed
 * values. EM is initialised on these rows: k-means and the first covariances need complete rows,
 * and the first round of EM then completes the values under the mixture.
 *
 * @param data rows with missing values
 * @param means means of the columns, d numbers. Not to be modified.
 */
public record FilledRowBlocks(RowBlocks data, double[] means) implements RowBlocks {
    /** Returns the same rows if they are complete; else computes the means in one traversal. */
    public static RowBlocks of(RowBlocks data) {
        if (data.isComplete()) {
            return data;
        }
        ColumnMoments moments = new ColumnMoments(new double[data.width()]);
        double[] sums = data.sums("GMM, means of the columns", moments).sums();
        return new FilledRowBlocks(data, moments.means(sums));
    }

    @Override
    public int width() {
        return data.width();
    }

    @Override
    public long rows() {
        return data.rows();
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        return data.sums(description, new Filled(expectation, means));
    }

    /**
     * Different rows may be the same after filling; then the first of them is returned, and more
     * rows are asked for.
     */
    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        for (int wanted = count; ; wanted = Math.multiplyExact(2, wanted)) {
            TreeSet<double[]> distinct = new TreeSet<>(Arrays::compare);
            List<SelectedRow> found =
                    data.smallest(description, new FilledScore(score, means), wanted);
            List<SelectedRow> rows =
                    found.stream()
                            .map(row -> new SelectedRow(row.score(), filled(row.values(), means)))
                            .filter(row -> distinct.add(row.values()))
                            .limit(count)
                            .toList();
            if (rows.size() == count || found.size() < wanted) {
                return rows;
            }
        }
    }

    private static double[] filled(double[] rows, double[] means) {
        double[] filled = rows.clone();
        for (int i = 0; i < filled.length; i++) {
            filled[i] = Double.isNaN(filled[i]) ? means[i % means.length] : filled[i];
        }
        return filled;
    }

    private static Block filled(Block block, double[] means) {
        return block.isComplete()
                ? block
                : block.withRows(
                        DMatrixRMaj.wrap(
                                block.size(), block.width(), filled(block.rows().data, means)));
    }

    private record Filled(Expectation expectation, double[] means) implements Expectation {
        @Override
        public int length() {
            return expectation.length();
        }

        @Override
        public Accumulator accumulator() {
            Accumulator accumulator = expectation.accumulator();
            return new Accumulator() {
                @Override
                public void add(Block block) {
                    accumulator.add(filled(block, means));
                }

                @Override
                public double[] statistics() {
                    return accumulator.statistics();
                }
            };
        }
    }

    private record FilledScore(RowScore score, double[] means) implements RowScore {
        @Override
        public Scorer scorer() {
            Scorer scorer = score.scorer();
            return (block, scores) -> scorer.score(filled(block, means), scores);
        }
    }
}
