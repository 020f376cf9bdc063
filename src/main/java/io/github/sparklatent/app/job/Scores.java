package io.github.sparklatent.app.job;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.ColumnEncoder;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.ScoreSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.DecodedColumns;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.AlertBudgets;
import io.github.sparklatent.ml.core.Drift;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.OutputColumns;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.Scoring;
import io.github.sparklatent.ml.explanation.Explanations;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.scoring.AlertRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that scoring adds to a table. Vectors are arrays of numbers. If the format has no arrays, each number has
 * its own column: {@code probability_0}, {@code latent_0}, ... and {@code reconstruction_NAME} with the names of the
 * features. Imputed rows have a column {@code NAME_imputed} for each column in every format, with the type of the
 * column, if each feature has a name. The columns that explain an anomaly are an array, or {@code contribution_1},
 * {@code contribution_1_value}, ... {@code contribution_2}, ... Reconstructions and imputed rows are in the units of
 * the table.
 */
public final class Scores {
    private static final Set<ScoreColumn> VECTORS = Set.of(
            ScoreColumn.RESPONSIBILITIES,
            ScoreColumn.LATENT,
            ScoreColumn.LATENT_VARIANCE,
            ScoreColumn.LATENT_SAMPLE,
            ScoreColumn.RECONSTRUCTION,
            ScoreColumn.IMPUTED);

    private final SavedModel saved;
    private final LatentModel<?> model;
    private final List<ScoreColumn> asked;
    private final boolean flat;
    private final List<ColumnEncoder> encoders;
    private Optional<AlertRule> rule;
    private final int explainedColumns;
    private final int imputations;

    /**
     * Creates the columns for a saved model.
     *
     * @param section the columns and the settings of anomalies
     * @param flat whether the format has only numbers and texts
     * @throws UsageException if a column needs the scores of reference rows, but the model was saved without them, or
     *     if the model has no such column
     */
    public Scores(SavedModel saved, ScoreSection section, boolean flat) {
        this.saved = saved;
        this.model = saved.model();
        this.asked = section.columns();
        for (ScoreColumn column : asked) {
            if (column.isOfModel() && !saved.offers(column)) {
                throw new UsageException(
                        "score.columns has %s, but the model at \"%s\" %s"
                                .formatted(
                                        column,
                                        saved.path(),
                                        column.isOfComponents()
                                                ? "has no components; remove the column, or train with model.cluster"
                                                : column == ScoreColumn.OWN_MODEL
                                                        ? "has no groups; remove the column, or train with data.groupBy"
                                                        : "gives none, as any with data.scale = both or model.within = trees; remove the column"));
            }
        }
        this.flat = flat;
        this.encoders = saved.encoders();
        this.explainedColumns = section.explainedColumns();
        this.imputations = section.imputations();
        if (imputations > 1 && !model.hasParam("imputations")) {
            throw new UsageException(
                    "score.imputations is %d, but the model at \"%s\" is not a mixture of all rows: remove score.imputations"
                            .formatted(imputations, saved.path()));
        }
        if (asked.contains(ScoreColumn.CONTRIBUTIONS)) {
            model.noExplanationBecause().ifPresent(reason -> {
                throw new UsageException(
                        "score.columns has contributions, but the model at \"%s\" %s; remove the column"
                                .formatted(saved.path(), reason));
            });
        }
        this.rule =
                asked.stream().filter(ScoreColumn::isOfAnomaly).findFirst().map(column -> rule(saved, column, section));
    }

    private static AlertRule rule(SavedModel saved, ScoreColumn column, ScoreSection section) {
        return rule(saved, section)
                .orElseThrow(() -> new UsageException(
                        "score.columns has %s, but the model at \"%s\" was saved without the anomaly scores of its training rows; train it again, or remove the column"
                                .formatted(column, saved.path())));
    }

    /** Returns the rule about anomalies that the settings have; empty if no scores of training rows are known. */
    static Optional<AlertRule> rule(SavedModel saved, ScoreSection section) {
        double threshold = section.threshold().orElse(Double.NaN);
        return saved.model().form().reference().map(known -> new AlertRule(known, section.alertRate(), threshold));
    }

    /** Sets the threshold above which a number of rows of a table are; it reads the table once. */
    void flag(int alerts, Dataset<Row> table, FeatureColumns columns, Invalid invalid) {
        TableOptions options = TableOptions.DEFAULT.withInvalid(invalid);
        rule = rule.map(own -> own.above(
                new AlertBudgets(model, saved.form(columns), own.reference(), table, options).threshold(alerts)));
    }

    /** Takes over the threshold of anomalies. */
    Scores flaggingAs(Scores other) {
        rule = other.rule;
        return this;
    }

    /** Returns the threshold that a setting has fixed, and the alert rate to which it corresponds; else nothing. */
    Map<String, Object> threshold() {
        return rule.filter(AlertRule::hasThreshold)
                .map(own -> Json.object(
                        "threshold", own.threshold(),
                        "alertRate", own.reference().scores().rate(own.threshold())))
                .orElse(Map.of());
    }

    /** Returns the names of the columns, in order. */
    List<String> names() {
        return Stream.concat(
                        asked.stream().flatMap(column -> names(column).stream()),
                        imputations > 1 ? Stream.of(LatentModel.IMPUTATION) : Stream.of())
                .toList();
    }

    private List<String> names(ScoreColumn column) {
        if (!isSplit(column)) {
            return List.of(column.toString());
        }
        return switch (column) {
            case RESPONSIBILITIES -> numbered(column + "_", model.componentCount());
            case RECONSTRUCTION ->
                saved.hasNamedNumbers()
                        ? saved.featureNames().stream()
                                .map(name -> column + "_" + name)
                                .toList()
                        : numbered(column + "_", model.numFeatures());
            case IMPUTED ->
                saved.hasNamedNumbers()
                        ? imputed().stream().map(name -> name + "_" + column).toList()
                        : numbered(column + "_", model.numFeatures());
            case CONTRIBUTIONS ->
                IntStream.range(0, explainedColumns)
                        .boxed()
                        .flatMap(i -> Explanations.FIELDS.stream().map(f -> name(i, f)))
                        .toList();
            default -> numbered(column + "_", model.latentCount());
        };
    }

    /** Returns whether each number of a vector is a column of its own. */
    private boolean isSplit(ScoreColumn column) {
        return column == ScoreColumn.CONTRIBUTIONS && flat
                || isVector(column) && (flat || column == ScoreColumn.IMPUTED && saved.hasNamedNumbers());
    }

    private List<String> imputed() {
        return encoders.isEmpty() ? saved.inputColumns() : DecodedColumns.names(encoders, flat);
    }

    private static List<String> numbered(String prefix, int length) {
        return IntStream.range(0, length).mapToObj(j -> prefix + j).toList();
    }

    private static boolean isVector(ScoreColumn column) {
        return VECTORS.contains(column);
    }

    /**
     * Checks that the table does not have any of these columns yet.
     *
     * @throws DataException if the table has one of these columns; the message names the first such column
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
        return of(table, columns, invalid, null);
    }

    /**
     * Returns the table with the added columns.
     *
     * @param drift how the rows are compared with the training rows; null: they are not
     */
    Dataset<Row> of(Dataset<Row> table, FeatureColumns columns, Invalid invalid, Drift.Observed drift) {
        StructType schema = table.schema();
        // Now, because a message lists the columns of the table, and some are added below.
        model.furtherColumns().forEach(name -> new TableColumns(schema).one("data.groupBy", name));
        Map<ScoreColumn, String> names = new EnumMap<>(ScoreColumn.class);
        asked.forEach(column -> names.put(column, SchemaColumns.unused(schema, "latent_" + column)));
        String features = SchemaColumns.unused(schema, "latent_features");
        OutputColumns output = OutputColumns.of(names)
                .above(rule.map(AlertRule::limit).orElse(Double.NaN))
                .explaining(explainedColumns)
                .withFeatures(asked.contains(ScoreColumn.IMPUTED) ? features : null);
        Dataset<Row> scored =
                model.scored(new Scoring(model, saved.form(columns), invalid, drift), table, output, imputations);
        List<Column> kept = new ArrayList<>();
        Arrays.stream(schema.fieldNames()).map(SchemaColumns::column).forEach(kept::add);
        for (ScoreColumn column : asked) {
            Column added = col(names.get(column));
            kept.addAll(
                    isVector(column)
                            ? numbers(column, added, col(features))
                            : isSplit(column) ? fields(added) : List.of(added.as(column.toString())));
        }
        if (imputations > 1) {
            kept.add(col(LatentModel.IMPUTATION));
        }
        return scored.select(kept.toArray(Column[]::new));
    }

    private List<Column> fields(Column explanation) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < explainedColumns; i++) {
            Column cell = get(explanation, lit(i));
            for (String field : Explanations.FIELDS) {
                columns.add(cell.getField(field).as(name(i, field)));
            }
        }
        return columns;
    }

    private static String name(int rank, String field) {
        String first = "contribution_" + (rank + 1);
        return field.equals("contribution") ? first : first + "_" + field;
    }

    private List<Column> numbers(ScoreColumn column, Column vector, Column features) {
        if (column == ScoreColumn.IMPUTED && !encoders.isEmpty()) {
            return imputed(names(column), vector, features);
        }
        Column array = vector_to_array(vector, "float64");
        List<String> names = names(column);
        return isSplit(column)
                ? IntStream.range(0, names.size())
                        .mapToObj(j -> array.getItem(j).as(names.get(j)))
                        .toList()
                : List.of(array.as(names.get(0)));
    }

    private List<Column> imputed(List<String> names, Column vector, Column features) {
        List<Column> decoded = DecodedColumns.completed(encoders, vector, features, flat);
        return IntStream.range(0, names.size())
                .mapToObj(j -> decoded.get(j).as(names.get(j)))
                .toList();
    }
}
