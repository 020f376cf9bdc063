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
 * Rows drawn from a model as a table: the columns that it was trained on, where each was a number,
 * else one column of all numbers; and behind them what else was drawn. The scaling of the training
 * is undone, but for a length that unit scaling took.
 */
final class SampledRows {
    private static final long ROWS_A_FILE = 1_000_000;

    private final SavedModel model;
    private final boolean flat;
    private final String[] names;
    private final List<String> more;

    /**
     * @param flat whether the format has numbers and texts only
     * @param more columns of integers that are drawn with the numbers
     */
    SampledRows(SavedModel model, boolean flat, List<String> more) {
        this.model = model;
        this.more = more;
        List<String> inputs = model.inputColumns();
        int d = model.model().numFeatures();
        String single = inputs.size() == 1 ? inputs.get(0) : "features";
        this.flat = flat || inputs.size() == d;
        this.names =
                inputs.size() == d
                        ? inputs.toArray(String[]::new)
                        : flat
                                ? IntStream.range(0, d)
                                        .mapToObj(j -> single + "[" + j + "]")
                                        .toArray(String[]::new)
                                : new String[] {single};
        for (String name : more) {
            if (Arrays.stream(names).anyMatch(name::equalsIgnoreCase)) {
                throw new UsageException(
                        "the model at \"%s\" was trained on a column \"%s\", the name of the column that sampling adds; train it on a column of another name"
                                .formatted(model.path(), name));
            }
        }
    }

    /**
     * The table.
     *
     * @param drawn a vector, then the further columns; row i is the same on every cluster
     * @param rows how many
     */
    Dataset<Row> of(Dataset<Row> drawn, long rows) {
        int files = (int) Math.min(Integer.MAX_VALUE, 1 + rows / ROWS_A_FILE);
        StructType schema = schema();
        return drawn.coalesce(files)
                .map(unscale(model.scaling(), flat), Encoders.row(schema))
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

    /** From a vector and the rest to numbers and the rest. */
    private static MapFunction<Row, Row> unscale(Scaling scaling, boolean flat) {
        return row -> {
            double[] numbers = ((Vector) row.get(0)).toArray().clone();
            scaling.invert(numbers, 0, numbers.length);
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
