package io.github.sparklatent.app;

import io.github.sparklatent.cluster.Scaling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
 * Rows drawn from a mixture as a table: the columns that it was trained on, where each was a
 * number, else one column of all numbers; and behind them the component. The scaling of the
 * training is undone, but for a length that unit scaling took.
 */
final class SampledRows {
    private static final String COMPONENT = "component";
    private static final long ROWS_A_FILE = 1_000_000;

    private final SavedModel model;
    private final boolean flat;
    private final String[] names;

    /**
     * @param flat whether the format has numbers and texts only
     */
    SampledRows(SavedModel model, boolean flat) {
        this.model = model;
        List<String> inputs = model.inputColumns();
        int d = model.parameters().dimension();
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
        if (Arrays.stream(names).anyMatch(COMPONENT::equalsIgnoreCase)) {
            throw new UsageException(
                    "the model at \"%s\" was trained on a column \"%s\", the name of the column that sampling adds; train it on a column of another name"
                            .formatted(model.path(), COMPONENT));
        }
    }

    /** Draws rows on the workers; row i is the same on every cluster. */
    Dataset<Row> draw(long rows, long seed, Optional<Integer> component) {
        Dataset<Row> drawn =
                component
                        .map(k -> model.mixture().sample(rows, seed, k))
                        .orElseGet(() -> model.mixture().sample(rows, seed));
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
        return schema.add(COMPONENT, DataTypes.IntegerType, false);
    }

    /** From a component and a vector to numbers and a component. */
    private static MapFunction<Row, Row> unscale(Scaling scaling, boolean flat) {
        return row -> {
            double[] numbers = ((Vector) row.get(1)).toArray().clone();
            scaling.invert(numbers, 0, numbers.length);
            List<Object> values = new ArrayList<>();
            if (flat) {
                Arrays.stream(numbers).forEach(values::add);
            } else {
                values.add(numbers);
            }
            values.add(row.getInt(0));
            return RowFactory.create(values.toArray());
        };
    }
}
