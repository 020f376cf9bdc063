package io.github.sparklatent.mixture;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Block;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The columns of a row, each with its family. A missing cell is NaN. */
public final class MixedColumns implements Serializable {
    /** Greatest number of levels of a category, and one more than the greatest count. */
    public static final int MAX_LEVELS = 1 << 12;

    private final List<Column> columns;
    private final int[] gaussian;
    private final int[] discrete;
    private final int[] student;

    /**
     * A column.
     *
     * @param family distribution within a component
     * @param levels number of levels of a category or of bins; for counts, one more than the greatest count of the
     *     training rows; 0 for other numbers
     * @param bins bins of a histogram; null of other families
     */
    public record Column(
            @JsonProperty("family") CellFamily family,
            @JsonProperty("levels") int levels,
            @JsonProperty("bins") HistogramBins bins)
            implements Serializable {
        /** Creates a column without a histogram. */
        public Column(CellFamily family, int levels) {
            this(family, levels, null);
        }

        public static Column of(HistogramBins bins) {
            return new Column(CellFamily.HISTOGRAM, bins.count(), bins);
        }

        /** Creates a column with bins, or null. */
        @JsonCreator
        public Column {
            Require.that(
                    family.isDiscrete() ? levels >= 1 && levels <= MAX_LEVELS : levels == 0,
                    "%s column has %d categories, expected %s",
                    family,
                    levels,
                    family.isDiscrete() ? "1 to " + MAX_LEVELS : "0");
            Require.that(
                    (family == CellFamily.HISTOGRAM) == (bins != null) && (bins == null || bins.count() == levels),
                    "%s column has %d categories and %s bins",
                    family,
                    levels,
                    bins == null ? "no" : bins.count());
        }

        /**
         * Returns the place of a discrete cell in a table: its level, count or bin; {@code levels} of a missing cell
         * and of a count beyond the table; one more of a cell that no level and no count can be.
         */
        public int code(double x) {
            if (bins != null) {
                return Double.isNaN(x) ? levels : bins.bin(x);
            }
            boolean isWhole = x >= 0 && x == Math.rint(x);
            return isWhole && x < levels
                    ? (int) x
                    : Double.isNaN(x) || isWhole && family.isCount() ? levels : levels + 1;
        }

        /** Returns a cell whose {@linkplain #code code} is the given one. */
        double draw(int code, RandomGenerator random) {
            return code == levels ? Double.NaN : bins == null ? code : bins.draw(code, random);
        }
    }

    /** Creates the columns of a row, in their order. */
    @JsonCreator
    public MixedColumns(@JsonProperty("columns") List<Column> columns) {
        Require.that(!columns.isEmpty(), "a row has no columns, expected at least one");
        this.columns = List.copyOf(columns);
        this.gaussian = places(CellFamily.GAUSSIAN);
        this.student = places(CellFamily.STUDENT_T);
        this.discrete = IntStream.range(0, columns.size())
                .filter(j -> columns.get(j).family().isDiscrete())
                .toArray();
    }

    /** Returns columns that are all numbers with a joint Gaussian distribution. */
    public static MixedColumns ofNumbers(int count) {
        return new MixedColumns(Collections.nCopies(count, new Column(CellFamily.GAUSSIAN, 0)));
    }

    private int[] places(CellFamily family) {
        return IntStream.range(0, columns.size())
                .filter(j -> columns.get(j).family() == family)
                .toArray();
    }

    public List<Column> columns() {
        return columns;
    }

    public Column get(int column) {
        return columns.get(column);
    }

    public int size() {
        return columns.size();
    }

    /** Returns the {@linkplain Column#code codes} of the cells of a row. */
    int[] codes(double[] row) {
        return IntStream.range(0, row.length).map(j -> get(j).code(row[j])).toArray();
    }

    /** Returns the indices of the columns with a joint Gaussian distribution. */
    public int[] gaussian() {
        return gaussian.clone();
    }

    /** Returns the indices of the columns with a table of densities. */
    public int[] discrete() {
        return discrete.clone();
    }

    /** Returns the indices of the columns with a t distribution. */
    public int[] student() {
        return student.clone();
    }

    /** Returns the index of a column among those of its kind; -1 if it is not one of them. */
    public static int place(int[] among, int column) {
        for (int i = 0; i < among.length; i++) {
            if (among[i] == column) {
                return i;
            }
        }
        return -1;
    }

    /** Returns the Gaussian cells of a row. */
    public double[] gaussian(double[] row) {
        return IntStream.of(gaussian).mapToDouble(j -> row[j]).toArray();
    }

    /** Returns the Gaussian columns of a block, with its weights and counts. */
    public Block gaussian(Block block) {
        if (gaussian.length == columns.size()) {
            return block;
        }
        int d = block.width();
        int q = gaussian.length;
        double[] rows = block.rows().data;
        DMatrixRMaj selected = new DMatrixRMaj(block.size(), q);
        for (int i = 0; i < block.size(); i++) {
            for (int j = 0; j < q; j++) {
                selected.data[i * q + j] = rows[i * d + gaussian[j]];
            }
        }
        return block.with(selected);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MixedColumns same && columns.equals(same.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }
}
