package io.github.sparklatent.ml.core;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.cluster.table.EncodedColumn;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.ml.anomaly.AnomalySeverity;
import io.github.sparklatent.ml.columns.DecodedColumns;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.scoring.ReferenceRows;
import io.github.sparklatent.scoring.SavedColumns;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Knowledge of a model about the table that it was trained on, besides its features.
 *
 * @param assembler makes the features from columns of any types; null if the model reads features
 * @param known anomaly scores of the training rows; null if they were not asked for
 */
public record TrainedColumns(FeatureAssembler assembler, ReferenceRows known) {
    /** Nothing is known: the model reads features. */
    static final TrainedColumns NONE = new TrainedColumns(null, null);

    /** Reads the saved form. */
    static TrainedColumns of(SavedColumns saved) {
        return new TrainedColumns(
                saved.inputCols() == null
                        ? null
                        : new FeatureAssembler(
                                "assembler", saved.inputCols(), saved.encoders(), saved.scaling(), saved.width()),
                saved.reference());
    }

    /**
     * Returns a model that reads a table and adds severities, as the stages of a pipeline do.
     *
     * @param severity null: the pipeline has no such stage
     */
    static <M extends LatentModel<M>> M attach(M model, FeatureAssembler assembler, AnomalySeverity severity) {
        if (severity == null) {
            return model.of(new TrainedColumns(assembler, null));
        }
        model.setSeverityCol(severity.getSeverityCol());
        model.setDefault(model.alertRate(), severity.getAlertRate());
        model.setThreshold((double) severity.getOrDefault(severity.threshold()));
        model.setIsAnomalyCol(severity.getIsAnomalyCol());
        return model.of(new TrainedColumns(assembler, severity.referenceRows()));
    }

    boolean isEmpty() {
        return assembler == null && known == null;
    }

    SavedColumns saved() {
        return assembler == null
                ? new SavedColumns(null, null, 0, null, known)
                : new SavedColumns(
                        List.of(assembler.getInputCols()),
                        List.of(assembler.getEncoders()),
                        assembler.width(),
                        assembler.scaling(),
                        known);
    }

    /** Returns the schema with the columns of a model that are computed from anomaly scores. */
    StructType append(LatentModel<?> model, StructType schema) {
        StructType out = append(model, schema, isComplete());
        requireRule(model, names(model, isComplete()).containsKey(ScoreColumn.IS_ANOMALY));
        return out;
    }

    /** Requires that rows can be flagged one by one. */
    static void requireRule(LatentModel<?> model, boolean flags) {
        Require.that(
                !flags || !model.isSet(model.alerts()),
                "alerts is a number of rows of one table, but rows are flagged one by one here: use top or evaluate, or set alertRate or threshold in its place");
    }

    /** Returns whether a model adds the columns that its family shows by default. */
    private boolean isComplete() {
        return assembler != null && known != null;
    }

    /**
     * Returns the schema with the columns that are computed from anomaly scores.
     *
     * @param byDefault whether also those are added that the family shows by default: these need the columns of a table
     */
    static StructType append(LatentParams<?> params, StructType schema, boolean byDefault) {
        Map<ScoreColumn, String> names = names(params, byDefault);
        List<String> rules = Stream.of(params.alertRate(), params.threshold(), params.alerts())
                .filter(param -> params.isSet(param) && !params.get(param).get().equals(Double.NaN))
                .map(Param::name)
                .toList();
        Require.that(
                rules.size() < 2,
                "%s are set, expected at most one of them: clear the others",
                String.join(" and ", rules));
        Require.that(
                names.isEmpty() || params.modelType().columns().contains(ScoreColumn.ANOMALY),
                "%s has no anomaly scores, so it adds no severityCol, isAnomalyCol and contributionsCol; leave them empty",
                params.modelType().estimator());
        StructType out = schema;
        for (Map.Entry<ScoreColumn, String> added : names.entrySet()) {
            StructField field = DataTypes.createStructField(
                    added.getValue(),
                    switch (added.getKey()) {
                        case SEVERITY -> DataTypes.DoubleType;
                        case IS_ANOMALY -> DataTypes.BooleanType;
                        default -> Explanations.TYPE;
                    },
                    true);
            out = SchemaColumns.add(out, added.getKey().modelColumn(), field);
        }
        return out;
    }

    /** Returns the names of the columns that are computed from anomaly scores. */
    static Map<ScoreColumn, String> names(LatentParams<?> params, boolean byDefault) {
        Map<ScoreColumn, String> names = new EnumMap<>(ScoreColumn.class);
        Map.of(
                        ScoreColumn.SEVERITY, params.severityCol(),
                        ScoreColumn.IS_ANOMALY, params.isAnomalyCol(),
                        ScoreColumn.CONTRIBUTIONS, params.contributionsCol())
                .forEach((column, param) ->
                        names.put(column, byDefault || params.isSet(param) ? params.getOrDefault(param) : ""));
        names.values().removeIf(String::isEmpty);
        return names;
    }

    /** Returns whether a model only adds its own columns to features. */
    boolean isPlain(LatentModel<?> model) {
        return assembler == null && names(model, false).isEmpty();
    }

    /** Returns the stage of severities of a model; empty if no scores are known. */
    Optional<AnomalySeverity> severity(LatentModel<?> model) {
        return Optional.ofNullable(known)
                .map(scores -> new AnomalySeverity("severity", scores))
                .map(stage -> stage.setAlertRate(model.getAlertRate()).setThreshold(model.getThreshold()));
    }

    /** Adds all columns that a model's Params name to a table. */
    Dataset<Row> transform(LatentModel<?> model, Dataset<?> dataset, StructType out) {
        StructType schema = dataset.schema();
        String features = assembler == null ? model.getFeaturesCol() : SchemaColumns.unused(schema, "latent_features");
        FeatureAssembler made = assembler == null ? null : assembler.to(features, model.invalidRows());
        Dataset<Row> rows = made == null ? dataset.toDF() : made.transform(dataset);
        Map<ScoreColumn, String> asked = new EnumMap<>(OutputColumns.of(model).names());
        Map<ScoreColumn, String> ofModel = new EnumMap<>(asked);
        Map<ScoreColumn, String> further = names(model, isComplete());
        if (!further.isEmpty()) {
            ofModel.putIfAbsent(ScoreColumn.ANOMALY, SchemaColumns.unused(out, "latent_anomalyScore"));
            ofModel.putIfAbsent(model.comparedScore(), SchemaColumns.unused(out, "latent_standardizedScore"));
        }
        LatentModel<?> scorer = model.withColumns(ofModel);
        scorer.setFeaturesCol(features);
        rows = scorer.transform(rows);
        if (further.containsKey(ScoreColumn.SEVERITY) || further.containsKey(ScoreColumn.IS_ANOMALY)) {
            Map<ScoreColumn, String> judged = new EnumMap<>(ofModel);
            judged.putAll(further);
            rows = severity(model)
                    .orElseThrow(TrainedColumns::unknown)
                    .with(judged, features)
                    .transform(rows);
        }
        if (further.containsKey(ScoreColumn.CONTRIBUTIONS)) {
            rows = explained(model, rows, made, features, further);
        }
        List<Column> kept = new ArrayList<>();
        for (String name : schema.fieldNames()) {
            kept.add(SchemaColumns.column(name));
        }
        asked.forEach((column, name) -> kept.add(
                assembler != null && (column == ScoreColumn.IMPUTED || column == ScoreColumn.RECONSTRUCTION)
                        ? inUnits(name, numbers -> DecodedColumns.observed(assembler.columnEncoders(), numbers, false))
                        : SchemaColumns.column(name)));
        further.values().forEach(name -> kept.add(SchemaColumns.column(name)));
        return rows.select(kept.toArray(Column[]::new)).to(out);
    }

    /** Returns a schema in which rows of the model have the types of the table's columns. */
    StructType inUnits(LatentModel<?> model, StructType schema) {
        List<ColumnEncoder> encoders = assembler == null ? List.of() : assembler.columnEncoders();
        if (encoders.isEmpty()) {
            return schema;
        }
        StructType row = new StructType();
        for (ColumnEncoder encoder : encoders) {
            row = row.add(encoder.column(), EncodedColumn.type(encoder), true);
        }
        Map<ScoreColumn, String> names = OutputColumns.of(model).names();
        StructType out = new StructType();
        for (StructField field : schema.fields()) {
            boolean isRow = field.name().equals(names.get(ScoreColumn.IMPUTED))
                    || field.name().equals(names.get(ScoreColumn.RECONSTRUCTION));
            out = isRow ? out.add(field.name(), row, false) : out.add(field);
        }
        return out;
    }

    static IllegalStateException unknown() {
        return new IllegalStateException(
                "severities need the anomaly scores of the training rows, which this model does not have; set one of them before the fit");
    }

    /** Returns the stage that reads a column with the features of a model. */
    public static FeatureAssembler reading(String features, LatentModel<?> model) {
        return new FeatureAssembler("assembler", List.of(features), List.of(), Scaling.none(), model.numFeatures());
    }

    private static Dataset<Row> explained(
            LatentModel<?> model,
            Dataset<Row> rows,
            FeatureAssembler made,
            String features,
            Map<ScoreColumn, String> names) {
        model.noExplanationBecause().ifPresent(reason -> {
            throw new UnsupportedOperationException("contributionsCol is set, but the model " + reason);
        });
        FeatureAssembler used = made == null ? reading(features, model).setOutputCol(features) : made;
        return Explanations.add(
                rows,
                model.explainer(rows.sparkSession()),
                used,
                model.numFeatures(),
                names.containsKey(ScoreColumn.IS_ANOMALY)
                        ? SchemaColumns.column(names.get(ScoreColumn.IS_ANOMALY))
                        : lit(true),
                model.getExplainedColumns(),
                names.get(ScoreColumn.CONTRIBUTIONS));
    }

    /** Returns rows of the model in the units of the table; a struct of its columns unless these are plain numbers. */
    private Column inUnits(String name, Function<Column, List<Column>> decoded) {
        Column numbers = unscaled(assembler.scaling(), SchemaColumns.column(name));
        return (assembler.columnEncoders().isEmpty()
                        ? numbers
                        : struct(decoded.apply(numbers).toArray(Column[]::new)))
                .as(name);
    }

    /**
     * Returns rows of the model whose missing cells were drawn, in the units of the table if the model knows them.
     *
     * @param features name of the features, which have NaN where a number was missing
     */
    public Column completed(String name, String features) {
        return assembler == null
                ? SchemaColumns.column(name)
                : inUnits(
                        name,
                        numbers -> DecodedColumns.completed(
                                assembler.columnEncoders(), numbers, SchemaColumns.column(features), false));
    }

    /** Returns a column of vectors without the scaling of their numbers. */
    public static Column unscaled(Scaling scaling, Column vectors) {
        UDF1<Vector, Vector> unscaled = vector -> {
            double[] numbers = vector.toArray().clone();
            scaling.invert(numbers, 0, numbers.length);
            return Vectors.dense(numbers);
        };
        return udf(unscaled, SQLDataTypes.VectorType()).asNonNullable().apply(vectors);
    }
}
