package io.github.sparklatent.learn.em;

import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;

/**
 * Row blocks that map each row to another row. The sums of rows that are mapped to missing values must allow for these.
 */
public record MappedRowBlocks(RowBlocks data, Mapping mapping) implements RowBlocks {
    /** Maps rows. */
    public interface Mapping extends Serializable {
        int width();

        /**
         * Maps one row.
         *
         * @param rows holds the row from an entry on. Not modified.
         * @param mapped receives the mapped row from an entry on. Modified.
         */
        void map(double[] rows, int from, double[] mapped, int to);
    }

    @Override
    public int width() {
        return mapping.width();
    }

    @Override
    public long rows() {
        return data.rows();
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        return data.sums(description, new Mapped(expectation, mapping));
    }

    /**
     * Different rows may be mapped to the same row; then the first of distinct ones is returned, and more are asked
     * for.
     */
    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        for (int wanted = count; ; wanted = Math.multiplyExact(2, wanted)) {
            TreeSet<double[]> distinct = new TreeSet<>(Arrays::compare);
            List<SelectedRow> found = data.smallest(description, new MappedScore(score, mapping), wanted);
            List<SelectedRow> rows = found.stream()
                    .map(row -> new SelectedRow(row.score(), row.weight(), mapped(row.values(), 1, mapping)))
                    .filter(row -> distinct.add(row.values()) || !score.isOfDistinctRows())
                    .limit(count)
                    .toList();
            if (rows.size() == count || found.size() < wanted) {
                return rows;
            }
        }
    }

    private static double[] mapped(double[] rows, int count, Mapping mapping) {
        double[] mapped = new double[count * mapping.width()];
        for (int i = 0; i < count; i++) {
            mapping.map(rows, i * (rows.length / count), mapped, i * mapping.width());
        }
        return mapped;
    }

    /** Returns a block of mapped rows, with the weights and counts of the rows. */
    public static Block mapped(Block block, Mapping mapping) {
        int n = block.size();
        double[] rows = Arrays.copyOf(block.rows().data, n * block.width());
        return block.with(DMatrixRMaj.wrap(n, mapping.width(), mapped(rows, n, mapping)));
    }

    private record Mapped(Expectation expectation, Mapping mapping) implements Expectation {
        @Override
        public int length() {
            return expectation.length();
        }

        @Override
        public Accumulator accumulator() {
            Accumulator accumulator = expectation.accumulator();
            return Accumulator.of(accumulator::statistics, block -> accumulator.add(mapped(block, mapping)));
        }
    }

    private record MappedScore(RowScore score, Mapping mapping) implements RowScore {
        @Override
        public Scorer scorer(int partition) {
            Scorer scorer = score.scorer(partition);
            return (block, scores) -> scorer.score(mapped(block, mapping), scores);
        }

        @Override
        public boolean isOfDistinctRows() {
            return score.isOfDistinctRows();
        }
    }
}
