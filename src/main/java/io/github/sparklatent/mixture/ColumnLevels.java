package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the numbers of levels of the discrete columns of a table, and checks their values. */
public final class ColumnLevels {
    private ColumnLevels() {}

    /**
     * A column before its values are read.
     *
     * @param name name in messages
     * @param family distribution within a component
     * @param levels number of levels of a category; 0: one more than the greatest value of the rows
     */
    public record Declared(String name, CellFamily family, int levels) {}

    /**
     * Returns the columns, in one traversal if some are discrete.
     *
     * @throws DataException if a discrete column has a value that is no level or no count
     */
    public static MixedColumns of(List<Declared> declared, RowBlocks data) {
        Require.size("declared columns", declared.size(), data.width());
        int[] discrete =
                IntStream.range(0, declared.size())
                        .filter(j -> declared.get(j).family().isDiscrete())
                        .toArray();
        int[] found = new int[declared.size()];
        if (discrete.length > 0) {
            Values expectation = new Values(discrete);
            double[] sums = data.sums("values of the columns", expectation).sums();
            for (int t = 0; t < discrete.length; t++) {
                found[discrete[t]] = levels(declared.get(discrete[t]), sums, t * Values.LENGTH);
            }
        }
        List<MixedColumns.Column> columns = new ArrayList<>();
        for (int j = 0; j < declared.size(); j++) {
            columns.add(new MixedColumns.Column(declared.get(j).family(), found[j]));
        }
        return new MixedColumns(columns);
    }

    private static int levels(Declared column, double[] sums, int from) {
        int most = MixedColumns.MOST_LEVELS;
        boolean named = column.family() == CellFamily.CATEGORICAL && column.levels() > 0;
        int greatest = (named ? Math.min(most, column.levels()) : most) - 1;
        double wrong = sums[from + most];
        int last = 0;
        for (int x = 0; x < most; x++) {
            if (sums[from + x] > 0) {
                last = x;
                wrong += x > greatest ? sums[from + x] : 0;
            }
        }
        if (wrong > 0) {
            throw new DataException(
                    "column \"%s\" has %.0f rows whose value is no whole number from 0 to %d, the values that a %s column may have: give it another family, such as gaussian, or mark these values as missing"
                            .formatted(column.name(), wrong, greatest, column.family()));
        }
        return named ? column.levels() : last + 1;
    }

    /**
     * Counts the rows with each value, and at the end those with any other value.
     *
     * @param discrete indices of the columns. Not to be modified.
     */
    private record Values(int[] discrete) implements Expectation {
        static final int LENGTH = MixedColumns.MOST_LEVELS + 1;

        @Override
        public int length() {
            return Math.multiplyExact(discrete.length, LENGTH);
        }

        @Override
        public Accumulator accumulator() {
            double[] counts = new double[length()];
            return new Accumulator() {
                @Override
                public void add(Block block) {
                    for (int t = 0; t < discrete.length; t++) {
                        for (int i = 0; i < block.size(); i++) {
                            double x = block.rows().get(i, discrete[t]);
                            boolean isUsual =
                                    x >= 0 && x < MixedColumns.MOST_LEVELS && x == Math.rint(x);
                            if (!Double.isNaN(x)) {
                                int place = isUsual ? (int) x : MixedColumns.MOST_LEVELS;
                                counts[t * LENGTH + place]++;
                            }
                        }
                    }
                }

                @Override
                public double[] statistics() {
                    return counts;
                }
            };
        }
    }
}
