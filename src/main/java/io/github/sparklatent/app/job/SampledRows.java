package io.github.sparklatent.app.job;

import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Builds a table from the rows that a model has drawn. If every column that the model was trained
 * on holds one number, the table has these columns; else it has one column with all numbers, or, if
 * the format cannot hold such a column, one column for each number. The other drawn columns follow.
 * The numbers are in the units of the training table: its scaling is undone. Unit scaling cannot be
 * undone, because it removes the length of a row.
 */
final class SampledRows {
    private static final long ROWS_PER_FILE = 1_000_000;

    private final SavedModel model;
    private final boolean flat;
    private final String[] names;
    private final List<String> more;

    /**
     * Creates the builder.
     *
     * @param flat whether the output format can hold only numbers and texts in a column; then each
     *     number has its own column
     * @param more names of the integer columns that are drawn in addition to the numbers
     */
    SampledRows(SavedModel model, boolean flat, List<String> more) {
        this.model = model;
        this.more = more;
        List<String> inputs = model.inputColumns();
        int d = model.model().numFeatures();
        this.flat = flat || inputs.size() == d;
        this.names =
                inputs.size() == d || flat
                        ? features(model).toArray(String[]::new)
                        : new String[] {inputs.size() == 1 ? inputs.get(0) : "features"};
        for (String name : more) {
            if (Arrays.stream(names).anyMatch(name::equalsIgnoreCase)) {
                throw new UsageException(
                        "the model at \"%s\" was trained on a column \"%s\", but sampling adds a column with this name; rename the column and train the model again"
                                .formatted(model.path(), name));
            }
        }
    }

    /** Returns a name for each number of a row of the model. */
    static List<String> features(SavedModel model) {
        List<String> inputs = model.inputColumns();
        int d = model.model().numFeatures();
        String single = inputs.size() == 1 ? inputs.get(0) : "features";
        return inputs.size() == d
                ? inputs
                : IntStream.range(0, d).mapToObj(j -> single + "[" + j + "]").toList();
    }

    /**
     * Returns the table to write.
     *
     * @param drawn the rows as the model draws them: one column with a vector of d scaled numbers,
     *     then the integer columns. Row i is the same on every cluster
     * @param rows number of rows
     * @param given values to write as they were given, NaN for the others; empty: none was given
     */
    Dataset<Row> of(Dataset<Row> drawn, long rows, double[] given) {
        int files = (int) Math.min(Integer.MAX_VALUE, 1 + rows / ROWS_PER_FILE);
        StructType schema = schema();
        return drawn.coalesce(files)
                .map(unscale(model.scaling(), flat, given), Encoders.row(schema))
                .to(schema);
    }

    private StructType schema() {
        StructType schema = new StructType();
        for (String name : names) {
            schema =
                    schema.add(
                            name,
                            flat
                                    ? DataTypes.DoubleType
                                    : DataTypes.createArrayType(DataTypes.DoubleType, false),
                            false);
        }
        for (String name : more) {
            schema = schema.add(name, DataTypes.IntegerType, false);
        }
        return schema;
    }

    /**
     * Returns a function that replaces the vector of a row by its numbers in the units of the
     * training table.
     *
     * @param flat whether each number has its own column; else all are in one array
     */
    private static MapFunction<Row, Row> unscale(Scaling scaling, boolean flat, double[] given) {
        return row -> {
            double[] numbers = ((Vector) row.get(0)).toArray().clone();
            scaling.invert(numbers, 0, numbers.length);
            for (int j = 0; j < given.length; j++) {
                numbers[j] = Double.isNaN(given[j]) ? numbers[j] : given[j];
            }
            List<Object> values = new ArrayList<>();
            if (flat) {
                Arrays.stream(numbers).forEach(values::add);
            } else {
                values.add(numbers);
            }
            for (int i = 1; i < row.length(); i++) {
                values.add(row.get(i));
            }
            return RowFactory.create(values.toArray());
        };
    }
}
