package io.github.sparklatent.app;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Scaling;
import io.github.sparklatent.ml.FeatureAssembler;
import io.github.sparklatent.ml.NetworkColumn;
import io.github.sparklatent.ml.NetworkModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that scoring with a network adds. Responsibilities, latent variables, their variances
 * and reconstructions are arrays of numbers; where a format has no arrays, a column for each
 * number: {@code latent_0}, {@code latent_1}, ... and {@code reconstruction_NAME} by the features'
 * names. Reconstructions are in the units of the table.
 */
final class NetworkScores implements Scores {
    private final SavedNetwork model;
    private final List<ScoreColumn> asked;
    private final boolean flat;

    /**
     * @param flat whether the format has numbers and texts only
     */
    NetworkScores(SavedNetwork model, List<ScoreColumn> asked, boolean flat) {
        this.model = model;
        this.asked = asked;
        this.flat = flat;
    }

    @Override
    public List<String> names() {
        return asked.stream().flatMap(column -> names(column).stream()).toList();
    }

    private List<String> names(ScoreColumn column) {
        if (!flat || !isVector(column)) {
            return List.of(column.toString());
        }
        if (column == ScoreColumn.RESPONSIBILITIES) {
            int components = model.network().network().architecture().components();
            return numbered(MixtureScores.FLAT, components);
        }
        List<String> inputs = model.inputColumns();
        if (column == ScoreColumn.RECONSTRUCTION) {
            return inputs.size() == model.width()
                    ? inputs.stream().map(name -> column + "_" + name).toList()
                    : numbered(column + "_", model.width());
        }
        return numbered(column + "_", model.network().network().architecture().latent());
    }

    private static List<String> numbered(String prefix, int length) {
        return IntStream.range(0, length).mapToObj(j -> prefix + j).toList();
    }

    private static boolean isVector(ScoreColumn column) {
        return column == ScoreColumn.RESPONSIBILITIES
                || column == ScoreColumn.LATENT
                || column == ScoreColumn.LATENT_VARIANCE
                || column == ScoreColumn.RECONSTRUCTION;
    }

    @Override
    public Dataset<Row> of(Dataset<Row> table, FeatureColumns columns, boolean skip) {
        StructType schema = table.schema();
        String features = TableSettings.unusedName(schema, "network_features");
        NetworkModel<?> network = network(schema).setFeaturesCol(features);
        List<Column> kept = new ArrayList<>();
        Arrays.stream(schema.fieldNames()).map(TableSettings::column).forEach(kept::add);
        for (ScoreColumn column : asked) {
            Column made = col(made(schema, column));
            if (column == ScoreColumn.RECONSTRUCTION) {
                made = udf(unscale(model.scaling()), SQLDataTypes.VectorType()).apply(made);
            }
            kept.addAll(isVector(column) ? numbers(column, made) : List.of(named(column, made)));
        }
        FeatureAssembler assembler = model.assembler(columns);
        Dataset<Row> assembled =
                assembler
                        .setOutputCol(features)
                        .setInvalid(skip ? "skip" : "error")
                        .transform(table);
        return network.transform(assembled).select(kept.toArray(Column[]::new));
    }

    private static Column named(ScoreColumn column, Column made) {
        return made.as(column.toString());
    }

    private List<Column> numbers(ScoreColumn column, Column vector) {
        Column array = vector_to_array(vector, "float64");
        List<String> names = names(column);
        return flat
                ? IntStream.range(0, names.size())
                        .mapToObj(j -> array.getItem(j).as(names.get(j)))
                        .toList()
                : List.of(array.as(names.get(0)));
    }

    private static UDF1<Vector, Vector> unscale(Scaling scaling) {
        return vector -> {
            double[] numbers = vector.toArray().clone();
            scaling.invert(numbers, 0, numbers.length);
            return Vectors.dense(numbers);
        };
    }

    /** The model with a column for each that is asked for, and no other. */
    private NetworkModel<?> network(StructType schema) {
        Map<NetworkColumn, String> names = new EnumMap<>(NetworkColumn.class);
        for (ScoreColumn column : asked) {
            names.put(made(column), made(schema, column));
        }
        return model.network().withColumns(names);
    }

    private static NetworkColumn made(ScoreColumn column) {
        return switch (column) {
            case COMPONENT -> NetworkColumn.PREDICTION;
            case RESPONSIBILITIES -> NetworkColumn.PROBABILITY;
            default -> NetworkColumn.valueOf(column.name());
        };
    }

    private static String made(StructType schema, ScoreColumn column) {
        return TableSettings.unusedName(schema, "network_" + column);
    }
}
