package io.github.sparklatent.cluster.table;

import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.columns.ColumnEncoder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
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
     * @param places place of the cell of each column
     */
    private RowNumbers(List<StructField> fields, List<? extends ColumnEncoder> encoders, int[] places) {
        this.encoders = encoders.toArray(ColumnEncoder[]::new);
        this.places = places;
        this.names = fields.stream().map(StructField::name).toArray(String[]::new);
        this.isArray = new boolean[places.length];
        for (int i = 0; i < places.length; i++) {
            isArray[i] = !FeatureColumns.isNumber(fields.get(i).dataType());
        }
        this.starts = starts(encoders);
    }

    /** Returns the index of the first number of each encoder, then the number of all numbers. */
    static int[] starts(List<? extends ColumnEncoder> encoders) {
        int[] starts = new int[encoders.size() + 1];
        for (int i = 0; i < encoders.size(); i++) {
            starts[i + 1] = starts[i] + encoders.get(i).features().size();
        }
        return starts;
    }

    /** Creates a reader of the cells of a table, to which it adds what it needs. */
    RowNumbers(List<StructField> fields, List<? extends ColumnEncoder> encoders, Cells cells) {
        this(
                fields,
                encoders,
                IntStream.range(0, fields.size())
                        .map(i -> encoders.isEmpty()
                                ? cells.place(fields.get(i))
                                : cells.place(encoders.get(i), fields.get(i)))
                        .toArray());
    }

    /** Creates a reader of cells that are the columns alone, in order. */
    RowNumbers(List<StructField> fields, List<? extends ColumnEncoder> encoders) {
        this(fields, encoders, IntStream.range(0, fields.size()).toArray());
    }

    /** Returns an expression of all numbers of a row as one array of doubles; null if an array is missing. */
    static Column column(ColumnPaths paths, List<StructField> fields, List<? extends ColumnEncoder> encoders) {
        Column[] sources = new Column[fields.size()];
        Arrays.setAll(sources, i -> {
            StructField field = fields.get(i);
            return EncodedColumn.source(encoders.get(i), field.dataType(), paths.expression(field))
                    .as("v" + i);
        });
        RowNumbers reader = new RowNumbers(fields, encoders);
        int width = reader.starts[encoders.size()];
        UDF1<Row, double[]> numbers = cells -> {
            double[] row = new double[width];
            return reader.read(cells, row) < 0 ? null : row;
        };
        return udf(numbers, PlainNumbers.NUMBERS).apply(struct(sources));
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
        int width = starts[encoders.length];
        for (int i = 0; i < encoders.length; i++) {
            if (!encoders[i].encode(value(encoders[i], row.get(places[i]), names[i]), out, starts[i])) {
                Arrays.fill(out, starts[i], starts[i + 1], Double.NaN);
                width = -1;
            }
        }
        return width;
    }

    /**
     * Returns the numbers by which distributions of the columns are compared.
     *
     * @param row all numbers of a row. Not modified.
     * @param cells the cells of the row, of which unknown ones are infinite; null: unknown values are missing
     */
    public double[] compared(double[] row, Row cells) {
        if (encoders.length == 0) {
            return row;
        }
        double[] numbers = new double[row.length];
        int count = 0;
        for (int i = 0; i < encoders.length; i++) {
            int width = starts[i + 1] - starts[i];
            if (encoders[i].decoded() == ColumnEncoder.Decoded.NUMBERS) {
                System.arraycopy(row, starts[i], numbers, count, width);
                count += width;
            } else if (width > 0) { // a column of one category has no number
                double number = encoders[i].compared(row, starts[i]);
                boolean isUnknown = cells != null
                        && Double.isNaN(number)
                        && encoders[i].isUnknown(value(encoders[i], cells.get(places[i]), names[i]));
                numbers[count++] = isUnknown ? Double.NEGATIVE_INFINITY : number;
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private int plain(Row row, double[] out) {
        int at = 0;
        for (int i = 0; i < places.length; i++) {
            Object cell = row.get(places[i]);
            if (isArray[i]) {
                if (cell == null) {
                    Arrays.fill(out, Double.NaN);
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
    static Object value(ColumnEncoder encoder, Object cell, String name) {
        if (cell == null || cell instanceof String) {
            return cell;
        }
        if (encoder.decoded() == ColumnEncoder.Decoded.TEXT) {
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
            return new TableColumns(paths.schema())
                    .named(path).stream()
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
            return encoder.decoded() == ColumnEncoder.Decoded.TEXT && !isText(field.dataType())
                    ? add(source)
                    : place(field);
        }

        /** Adds the value of an expression and returns its place. */
        public int add(Column further) {
            columns.add(further.as("latent_cell_" + columns.size()));
            return columns.size() - 1;
        }

        private static boolean isText(DataType type) {
            return type instanceof StringType
                    || type instanceof BooleanType
                    || type instanceof NumericType && !(type instanceof DecimalType);
        }
    }
}
