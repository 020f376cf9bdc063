package io.github.sparklatent.app.job;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SavedModel;
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
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that scoring adds to a table. Vectors are arrays of numbers. If the format has no
 * arrays, each number has its own column: {@code responsibility_0}, {@code latent_0}, ... and
 * {@code reconstruction_NAME} with the names of the features. Imputed rows have a column {@code
 * NAME_imputed} for each feature in every format, if each feature is a column of numbers.
 * Reconstructions and imputed rows are in the units of the table.
 */
public final class Scores {
    private static final String RESPONSIBILITY = "responsibility_";

    private final SavedModel saved;
    private final LatentModel<?> model;
    private final List<ScoreColumn> asked;
    private final boolean flat;

    /**
     * Creates the columns for a saved model.
     *
     * @param flat whether the format has only numbers and texts
     */
    public Scores(SavedModel saved, List<ScoreColumn> asked, boolean flat) {
        this.saved = saved;
        this.model = saved.model();
        this.asked = asked;
        this.flat = flat;
    }

    /** Returns the names of the columns, in order. */
    List<String> names() {
        return asked.stream().flatMap(column -> names(column).stream()).toList();
    }

    private List<String> names(ScoreColumn column) {
        if (!isSplit(column)) {
            return List.of(column.toString());
        }
        List<String> inputs = saved.inputColumns();
        return switch (column) {
            case RESPONSIBILITIES -> numbered(RESPONSIBILITY, model.componentCount());
            case RECONSTRUCTION ->
                    areNumbers()
                            ? inputs.stream().map(name -> column + "_" + name).toList()
                            : numbered(column + "_", model.numFeatures());
            case IMPUTED ->
                    areNumbers()
                            ? inputs.stream().map(name -> name + "_" + column).toList()
                            : numbered(column + "_", model.numFeatures());
            default -> numbered(column + "_", model.latentCount());
        };
    }

    /** Returns whether each number of a vector is a column of its own. */
    private boolean isSplit(ScoreColumn column) {
        return isVector(column) && (flat || column == ScoreColumn.IMPUTED && areNumbers());
    }

    /** Returns whether each feature is a column of numbers whose name is known. */
    private boolean areNumbers() {
        return saved.inputColumns().size() == model.numFeatures();
    }

    private static List<String> numbered(String prefix, int length) {
        return IntStream.range(0, length).mapToObj(j -> prefix + j).toList();
    }

    private static boolean isVector(ScoreColumn column) {
        return switch (column) {
            case RESPONSIBILITIES, LATENT, LATENT_VARIANCE, RECONSTRUCTION, IMPUTED -> true;
            case COMPONENT, LOG_DENSITY, RECONSTRUCTION_ERROR, ANOMALY, REAL_PROBABILITY -> false;
        };
    }

    /**
     * Checks that the table does not have any of these columns yet.
     *
     * @throws DataException if the table has one of these columns; the message names the first such
     *     column
     */
    void requireUnused(StructType schema) {
        for (String name : names()) {
            if (Arrays.stream(schema.fieldNames()).anyMatch(name::equalsIgnoreCase)) {
                throw new DataException(
                        "the table already has a column \"%s\", which score.columns would add; rename it or remove it from score.columns"
                                .formatted(name));
            }
        }
    }

    /**
     * Returns the table with the added columns.
     *
     * @param columns the columns that the model reads
     * @param invalid handling of rows with unusable numbers
     */
    public Dataset<Row> of(Dataset<Row> table, FeatureColumns columns, Invalid invalid) {
        StructType schema = table.schema();
        String features = SchemaColumns.unused(schema, "latent_features");
        Map<ScoreColumn, String> names = new EnumMap<>(ScoreColumn.class);
        asked.forEach(
                column -> names.put(column, SchemaColumns.unused(schema, "latent_" + column)));
        LatentModel<?> scorer = model.withColumns(names);
        scorer.setFeaturesCol(features);
        scorer.put(CommonKeys.INVALID.param(), invalid.toString());
        List<Column> kept = new ArrayList<>();
        Arrays.stream(schema.fieldNames()).map(SchemaColumns::column).forEach(kept::add);
        for (ScoreColumn column : asked) {
            Column added = col(names.get(column));
            if (column == ScoreColumn.RECONSTRUCTION) {
                added = udf(unscale(saved.scaling()), SQLDataTypes.VectorType()).apply(added);
            } else if (column == ScoreColumn.IMPUTED) {
                added =
                        udf(complete(saved.scaling()), SQLDataTypes.VectorType())
                                .apply(columns.numbers(), col(features), added);
            }
            kept.addAll(
                    isVector(column)
                            ? numbers(column, added)
                            : List.of(added.as(column.toString())));
        }
        Dataset<Row> assembled =
                saved.assembler(columns)
                        .setOutputCol(features)
                        .setInvalid(invalid.toString())
                        .transform(table);
        return scorer.transform(assembled).select(kept.toArray(Column[]::new));
    }

    private List<Column> numbers(ScoreColumn column, Column vector) {
        Column array = vector_to_array(vector, "float64");
        List<String> names = names(column);
        return isSplit(column)
                ? IntStream.range(0, names.size())
                        .mapToObj(j -> array.getItem(j).as(names.get(j)))
                        .toList()
                : List.of(array.as(names.get(0)));
    }

    /** Returns the row with imputed values only replaced, so that no observed value is rounded. */
    private static UDF3<scala.collection.Seq<Double>, Vector, Vector, Vector> complete(
            Scaling scaling) {
        return (row, features, imputed) -> {
            double[] numbers = imputed.toArray().clone();
            scaling.invert(numbers, 0, numbers.length);
            for (int j = 0; j < numbers.length; j++) {
                boolean observed = imputed.apply(j) == features.apply(j);
                numbers[j] = observed ? row.apply(j) : numbers[j];
            }
            return Vectors.dense(numbers);
        };
    }

    private static UDF1<Vector, Vector> unscale(Scaling scaling) {
        return vector -> {
            double[] numbers = vector.toArray().clone();
            scaling.invert(numbers, 0, numbers.length);
            return Vectors.dense(numbers);
        };
    }
}
