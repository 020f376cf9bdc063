package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.QuantileKnots;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowSample;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the numbers of levels of the discrete columns of a table and the bins of those with histograms, and checks
 * their values.
 */
public final class ColumnLevels {
    /** Rows whose numbers are the knots of histograms, and the most numbers of all of them. */
    private static final int ROWS = 20_000;

    private static final int NUMBERS = 1 << 22;

    private ColumnLevels() {}

    /**
     * A column before its values are read.
     *
     * @param name name in messages
     * @param family distribution within a component
     * @param levels number of levels of a category; 0: one more than the greatest value of the rows
     * @param bins bins of a histogram; null: those of the rows
     */
    public record Declared(String name, CellFamily family, int levels, HistogramBins bins) {
        /** Declares a column whose bins are not known. */
        public Declared(String name, CellFamily family, int levels) {
            this(name, family, levels, null);
        }

        private boolean isRead() {
            return family.isDiscrete() && bins == null;
        }

        private boolean isCut() {
            return family == CellFamily.HISTOGRAM && bins == null;
        }
    }

    /**
     * Returns the columns, in one traversal if some are discrete, and one before that chooses the rows whose numbers
     * are the knots of histograms.
     *
     * @param seed of the choice
     * @throws DataException if a discrete column has a value that is no level or no count
     */
    public static MixedColumns of(List<Declared> declared, RowBlocks data, long seed) {
        return of(declared, data, HistogramBins.MOST, seed);
    }

    /** Returns the columns as above, with another number of bins of a histogram. */
    public static MixedColumns of(List<Declared> declared, RowBlocks data, int bins, long seed) {
        Require.size("declared columns", declared.size(), data.width());
        int[] read = IntStream.range(0, declared.size())
                .filter(j -> declared.get(j).isRead())
                .toArray();
        double[][] knots = knots(declared, read, data, bins, seed);
        MixedColumns.Column[] columns = new MixedColumns.Column[declared.size()];
        for (int j = 0; j < columns.length; j++) {
            HistogramBins known = declared.get(j).bins();
            columns[j] = known != null
                    ? MixedColumns.Column.of(known)
                    : declared.get(j).isRead()
                            ? null
                            : new MixedColumns.Column(declared.get(j).family(), 0);
        }
        if (read.length > 0) {
            Values expectation = new Values(read, knots);
            double[] sums = data.sums("values of the columns", expectation).sums();
            for (int t = 0; t < read.length; t++) {
                Declared column = declared.get(read[t]);
                int from = expectation.place(t);
                columns[read[t]] = knots[t] == null
                        ? new MixedColumns.Column(column.family(), levels(column, sums, from))
                        : MixedColumns.Column.of(
                                bins(knots[t], Arrays.copyOfRange(sums, from, expectation.place(t + 1)), bins));
            }
        }
        return new MixedColumns(List.of(columns));
    }

    private static HistogramBins bins(double[] knots, double[] masses, int most) {
        return HistogramBins.of(new QuantileKnots(knots, masses), most);
    }

    /** Returns the knots of each column that is read; null if it has no histogram. */
    private static double[][] knots(List<Declared> declared, int[] read, RowBlocks data, int bins, long seed) {
        double[][] knots = new double[read.length][];
        if (declared.stream().noneMatch(Declared::isCut)) {
            return knots;
        }
        int rows = Math.max(1, Math.min(ROWS, NUMBERS / data.width()));
        List<double[]> sample = RowSample.of(
                        data, "numbers of the columns", RandomStreams.key(seed, Purpose.KNOTS), rows)
                .withCopies();
        int most = Math.max(2, Math.min(QuantileKnots.MOST, NUMBERS / data.width()));
        for (int t = 0; t < read.length; t++) {
            int column = read[t];
            if (declared.get(column).isCut()) {
                double[] numbers = sample.stream()
                        .mapToDouble(row -> row[column])
                        .filter(x -> !Double.isNaN(x))
                        .toArray();
                if (numbers.length == 0) {
                    throw new DataException(
                            "column \"%s\" has no number in %d rows, so it has no histogram: leave it out or give it another family"
                                    .formatted(declared.get(column).name(), sample.size()));
                }
                knots[t] = QuantileKnots.choose(numbers, bins, most);
            }
        }
        return knots;
    }

    private static int levels(Declared column, double[] sums, int from) {
        int most = MixedColumns.MAX_LEVELS;
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
     * Counts the rows with each value, and at the end those with any other value; of a column with a histogram, the
     * weight between knots.
     *
     * @param columns indices of the columns. Not to be modified.
     * @param knots knots of the columns with histograms, null for others. Not to be modified.
     */
    private record Values(int[] columns, double[][] knots) implements Expectation {
        int place(int t) {
            int at = 0;
            for (int before = 0; before < t; before++) {
                int length = knots[before] == null ? MixedColumns.MAX_LEVELS + 1 : knots[before].length - 1;
                at = Math.addExact(at, length);
            }
            return at;
        }

        @Override
        public Accumulator accumulator() {
            double[] counts = new double[place(columns.length)];
            int[] places = IntStream.range(0, columns.length).map(this::place).toArray();
            return Accumulator.of(counts, block -> {
                for (int t = 0; t < columns.length; t++) {
                    for (int i = 0; i < block.size(); i++) {
                        double x = block.rows().get(i, columns[t]);
                        if (Double.isNaN(x)) {
                            continue;
                        }
                        if (knots[t] == null) {
                            counts[places[t] + code(x)]++;
                        } else {
                            counts[places[t] + QuantileKnots.interval(knots[t], x)] += block.weight(i);
                        }
                    }
                }
            });
        }

        private static int code(double x) {
            boolean isUsual = x >= 0 && x < MixedColumns.MAX_LEVELS && x == Math.rint(x);
            return isUsual ? (int) x : MixedColumns.MAX_LEVELS;
        }
    }
}
