package io.github.sparklatent.cluster.table;

import io.github.sparklatent.columns.CategoryEncoder;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.DateEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Reads the numbers of feature columns from the cells of a row, in a function on rows. */
public final class RowNumbers implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] places;
    private final String[] names;
    private final boolean[] isArray;
    private final ColumnEncoder[] encoders;

    /** Index of the first number of each encoder. */
    private final int[] starts;

    /**
     * Creates a reader.
     *
     * @param encoders encoder of each column; empty if the cells hold plain numbers
     */
    RowNumbers(List<StructField> fields, List<? extends ColumnEncoder> encoders, Cells cells) {
        this.encoders = encoders.toArray(ColumnEncoder[]::new);
        this.places = new int[fields.size()];
        Arrays.setAll(
                places,
                i -> encoders.isEmpty() ? cells.place(fields.get(i)) : cells.place(encoders.get(i), fields.get(i)));
        this.names = fields.stream().map(StructField::name).toArray(String[]::new);
        this.isArray = new boolean[places.length];
        for (int i = 0; i < places.length; i++) {
            isArray[i] = !FeatureColumns.isNumber(fields.get(i).dataType());
        }
        this.starts = new int[encoders.size() + 1];
        for (int i = 0; i < encoders.size(); i++) {
            starts[i + 1] = starts[i] + encoders.get(i).features().size();
        }
    }

    /**
     * Reads the numbers of a row; a missing one is NaN.
     *
     * @param row the cells of {@link Cells}
     * @param out receives the numbers as far as they fit; those of encoders are to fit. Modified.
     * @return how many numbers the row has; −1 if a vector or an array is missing
     */
    public int read(Row row, double[] out) {
        return encoders.length > 0 ? encoded(row, out) : plain(row, out);
    }

    private int encoded(Row row, double[] out) {
        for (int i = 0; i < encoders.length; i++) {
            if (!encoders[i].encode(value(encoders[i], row.get(places[i]), names[i]), out, starts[i])) {
                return -1;
            }
        }
        return starts[encoders.length];
    }

    private int plain(Row row, double[] out) {
        int at = 0;
        for (int i = 0; i < places.length; i++) {
            Object cell = row.get(places[i]);
            if (isArray[i]) {
                if (cell == null) {
                    return -1;
                }
                double[] numbers = numbers(cell, names[i]);
                System.arraycopy(numbers, 0, out, at, Math.max(0, Math.min(numbers.length, out.length - at)));
                at += numbers.length;
            } else {
                if (at < out.length) {
                    out[at] = number(cell);
                }
                at++;
            }
        }
        return at;
    }

    /** Returns the value that an encoder reads. */
    private static Object value(ColumnEncoder encoder, Object cell, String name) {
        if (cell == null || cell instanceof String) {
            return cell;
        }
        if (isOfText(encoder)) {
            return cell.toString();
        }
        return encoder.decoded() == ColumnEncoder.Decoded.NUMBERS ? numbers(cell, name) : (Double) number(cell);
    }

    private static double number(Object cell) {
        if (cell == null) {
            return Double.NaN;
        }
        return cell instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) cell).doubleValue();
    }

    /** Returns the numbers of a vector or an array. A sparse vector may claim any size. Dense ones have none. */
    private static double[] numbers(Object cell, String name) {
        if (cell instanceof Vector vector) {
            if (vector instanceof SparseVector && vector.size() > PlainNumbers.MAX_WIDTH) {
                throw PlainNumbers.tooWide(name, vector.size());
            }
            return vector.toArray();
        }
        scala.collection.Seq<?> array = (scala.collection.Seq<?>) cell;
        double[] numbers = new double[array.length()];
        Arrays.setAll(numbers, j -> number(array.apply(j)));
        return numbers;
    }

    /**
     * The cells that a function on rows reads: those of a table and, behind them, the values of further expressions.
     */
    public static final class Cells {
        private final StructType table;
        private final ColumnPaths paths;
        private final List<Column> columns = new ArrayList<>();

        /** Starts with the cells of a table. */
        public Cells(StructType table) {
            this.table = table;
            this.paths = new ColumnPaths(table);
            Arrays.stream(table.fields()).map(TableColumns::expression).forEach(columns::add);
        }

        /** Returns the columns, for a select. */
        public Column[] columns() {
            return columns.toArray(Column[]::new);
        }

        /** Returns whether there are no further expressions. */
        public boolean areOfTable() {
            return columns.size() == table.length();
        }

        /**
         * Returns the place of a cell that {@link String#valueOf(Object)} writes as Spark's cast does; empty if the
         * table has no such column.
         *
         * @param path name of a column, or the path {@code a.b} of a field of a struct
         */
        public OptionalInt text(String path) {
            return Arrays.stream(paths.schema().fields())
                    .filter(field -> field.name().equals(path))
                    .mapToInt(field -> isText(field.dataType())
                            ? place(field)
                            : add(paths.expression(field).cast("string")))
                    .findFirst();
        }

        private int place(StructField field) {
            for (int i = 0; i < table.length(); i++) {
                if (table.fields()[i].name().equals(field.name())) {
                    return i;
                }
            }
            return add(paths.expression(field));
        }

        private int place(ColumnEncoder encoder, StructField field) {
            Column source = EncodedColumn.source(encoder, field.dataType(), paths.expression(field));
            return isOfText(encoder) && !isText(field.dataType()) ? add(source) : place(field);
        }

        private int add(Column further) {
            columns.add(further.as("latent_cell_" + columns.size()));
            return columns.size() - 1;
        }

        private static boolean isText(DataType type) {
            return type instanceof StringType
                    || type instanceof BooleanType
                    || type instanceof NumericType && !(type instanceof DecimalType);
        }
    }

    private static boolean isOfText(ColumnEncoder encoder) {
        return encoder instanceof CategoryEncoder || encoder instanceof DateEncoder;
    }
}
