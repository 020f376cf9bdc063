package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.ModelDirectory;
import io.github.sparklatent.ml.io.ModelTable;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Stores the parameters of a network as a table, {@code data/} of a saved model, with a row for
 * each matrix: name, size and values row by row.
 */
public final class ParameterTable {
    /** The directory of the table in a saved model. */
    public static final String NAME = "data";

    private static final StructType SCHEMA =
            new StructType()
                    .add("name", DataTypes.StringType)
                    .add("rows", DataTypes.IntegerType)
                    .add("columns", DataTypes.IntegerType)
                    .add("values", DataTypes.createArrayType(DataTypes.FloatType, false));

    private ParameterTable() {}

    /**
     * Returns the parameters as a table. A worker creates the rows, because a network can be larger
     * than the data of a task may be.
     */
    public static Dataset<Row> of(SparkSession spark, TrainedNetwork network) {
        Broadcast<Shipped<TrainedNetwork>> shipped =
                JavaSparkContext.fromSparkContext(spark.sparkContext())
                        .broadcast(Shipped.of(network));
        int matrices = network.architecture().parameters(network.kind()).size();
        return spark.range(0, matrices, 1, 1)
                .map(
                        (MapFunction<Long, Row>)
                                i -> row(shipped.value().value(), Math.toIntExact(i)),
                        Encoders.row(SCHEMA))
                .to(SCHEMA);
    }

    private static Row row(TrainedNetwork network, int index) {
        Parameter p = network.architecture().parameters(network.kind()).get(index);
        return RowFactory.create(
                p.name(),
                p.rows(),
                p.columns(),
                Arrays.copyOfRange(network.parameters(), p.offset(), p.offset() + p.length()));
    }

    /**
     * Reads the network.
     *
     * @throws DataException if a matrix is missing or has another size
     */
    public static TrainedNetwork read(
            ModelDirectory directory, Kind kind, Architecture architecture) {
        Map<String, Row> found = new HashMap<>();
        for (Row row : ModelTable.read(directory, NAME, SCHEMA)) {
            require(!row.anyNull(), directory, "a matrix of its parameters has a null");
            require(
                    found.put(row.getString(0), row) == null,
                    directory,
                    "the parameters \"%s\" exist twice".formatted(row.getString(0)));
        }
        float[] parameters = new float[architecture.parameterCount(kind)];
        for (Parameter p : architecture.parameters(kind)) {
            Row row = found.remove(p.name());
            require(
                    row != null,
                    directory,
                    "the parameters \"%s\" are missing".formatted(p.name()));
            copy(directory, p, row, parameters);
        }
        require(
                found.isEmpty(),
                directory,
                "it has parameters %s, which do not belong to any layer".formatted(found.keySet()));
        return new TrainedNetwork(kind, architecture, parameters);
    }

    private static void copy(ModelDirectory directory, Parameter p, Row row, float[] parameters) {
        List<Float> values = row.getList(3);
        require(
                row.getInt(1) == p.rows()
                        && row.getInt(2) == p.columns()
                        && values.size() == p.length(),
                directory,
                "the parameters \"%s\" are %d numbers as %d x %d, expected %d x %d"
                        .formatted(
                                p.name(),
                                values.size(),
                                row.getInt(1),
                                row.getInt(2),
                                p.rows(),
                                p.columns()));
        for (int i = 0; i < values.size(); i++) {
            float value = values.get(i);
            require(
                    Float.isFinite(value),
                    directory,
                    "the parameters \"%s\" hold %s, expected finite numbers"
                            .formatted(p.name(), value));
            parameters[p.offset() + i] = value;
        }
    }

    private static void require(boolean condition, ModelDirectory directory, String sentence) {
        if (!condition) {
            throw new DataException(
                    "the model at %s is damaged: %s".formatted(directory.path(), sentence));
        }
    }
}
