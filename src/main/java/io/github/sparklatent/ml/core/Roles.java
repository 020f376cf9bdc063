package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.encoding.ColumnPlan;
import io.github.sparklatent.cluster.encoding.ColumnPlanner;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.columns.ColumnType;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.ModelType;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.TrainSection;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * The roles of the columns of a table, and how its rows are read. The settings of a job and the Params of an Estimator
 * name them differently; from here on both choose and read the columns in one way.
 *
 * @param type type of the model
 * @param data settings of the table
 * @param excluded columns that are never chosen as features: label, weight, key and groups
 * @param options names or globs of the features, the weight and the key, and how rows of a training are read
 * @param initial path of the model that a training starts from; empty: of none
 */
public record Roles(
        ModelType type, DataSection data, Set<String> excluded, TableOptions options, Optional<String> initial) {

    /**
     * The chosen features.
     *
     * @param columns the columns with their encoders
     * @param plan decisions about all columns; empty if the schema or a model gives the encoders
     * @param notes warnings about the columns, as sentences
     */
    public record ChosenColumns(FeatureColumns columns, Optional<ColumnPlan> plan, List<String> notes) {}

    /** Returns the roles that the configuration of a job gives. */
    public static Roles of(Settings settings) {
        DataSection data = settings.bind(DataSection.DEFAULT);
        TableOptions options = options(settings, data)
                .withFeatures(features(data))
                .withLabel(data.label().orElse(null))
                .withPartitionsKey("train.partitions")
                .withText(data.isText() ? data.text() : null);
        return of(settings, data, options, data.groupBy());
    }

    /**
     * Returns the roles that the Params of an Estimator give.
     *
     * @param settings the Params as settings
     * @param groups columns of groups
     */
    static Roles of(LatentEstimator<?, ?> estimator, Settings settings, List<String> groups) {
        DataSection data = settings.bind(DataSection.DEFAULT);
        TableOptions options = options(estimator, settings, data);
        if (estimator.hasInputCols()) {
            List<String> inputs = data.features();
            options = options.withFeatures(inputs.equals(List.of("*")) ? List.of() : inputs);
        }
        return of(settings, data, options, groups);
    }

    private static Roles of(Settings settings, DataSection data, TableOptions options, List<String> groups) {
        Set<String> excluded =
                new HashSet<>(options.withLabel(data.label().orElse(null)).excluded());
        excluded.addAll(groups);
        return new Roles(settings.schema().type(), data, excluded, options, settings.text("train.initialModel"));
    }

    /** Returns how a model reads all rows of a column of features, and their weights. */
    public static TableOptions ofFeatures(LatentModel<?> model) {
        Settings settings = DeclaredParams.settings(model);
        return options(model, settings, settings.bind(DataSection.DEFAULT))
                .withScale(Scale.NONE) // the features are scaled
                .whole();
    }

    private static TableOptions options(LatentParams<?> params, Settings settings, DataSection data) {
        return options(settings, data)
                .withFeatures(List.of(params.getFeaturesCol()))
                .withPartitionsKey("numPartitions");
    }

    private static TableOptions options(Settings settings, DataSection data) {
        TrainSection train = settings.bind(TrainSection.DEFAULT);
        return TableOptions.DEFAULT
                .withInvalid(data.invalid())
                .withScale(data.scale())
                .withWeight(data.weight().orElse(null))
                .withId(data.id().orElse(null))
                .withHoldoutFraction(data.holdout().fraction())
                .withSeed(train.seed())
                .withSampleRows(train.sampleRows().orElse(0))
                .withPartitions(train.partitions().orElse(0));
    }

    /** Returns the chosen columns. By default, only the column of numbers of libsvm files and images is modelled. */
    private static List<String> features(DataSection data) {
        if (!data.features().isEmpty()) {
            return data.features();
        }
        return data.format() == DataFormat.LIBSVM
                ? List.of("features")
                : data.format().isImages() ? List.of(ImageColumns.IMAGE) : List.of();
    }

    /** Returns what decides about the types of the columns. */
    ColumnPlanner planner() {
        return new ColumnPlanner(
                options.features(),
                excluded,
                data.columns(),
                data.text(),
                type.readsCategories(),
                data.invalid(),
                data.scale().ofNumbers());
    }

    /**
     * Chooses the columns that a job models. If the configuration names columns of numbers only, the rows are not read.
     *
     * @param like path of a model whose encoders are used if the training starts from none; see {@link #encoded}
     * @param sample the rows of a table from which types are chosen
     * @throws DataException if a column does not exist, cannot be modelled, or has another role
     */
    public ChosenColumns choose(Dataset<Row> table, Optional<String> like, UnaryOperator<Dataset<Row>> sample) {
        return planner().isPlain(table.schema())
                ? requireOneRole(new ChosenColumns(plain(table.schema()), Optional.empty(), List.of()))
                : encoded(table, like, sample);
    }

    private ChosenColumns requireOneRole(ChosenColumns chosen) {
        for (String column : chosen.columns().columns()) {
            if (excluded.stream().anyMatch(column::equalsIgnoreCase)) { // as Spark does
                String role = named().entrySet().stream()
                        .filter(entry -> entry.getValue()
                                .filter(column::equalsIgnoreCase)
                                .isPresent())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse("data.groupBy");
                throw new DataException("column \"%s\" is in data.features and is also %s; remove it from one of them"
                        .formatted(column, role));
            }
        }
        return chosen;
    }

    private Map<String, Optional<String>> named() {
        return new TreeMap<>(Map.of("data.label", data.label(), "data.weight", data.weight(), "data.id", data.id()));
    }

    /**
     * Chooses columns and their encoders: those of the model that the training starts from, else those of another one,
     * if it reads the columns that are selected here; else by the values of the rows.
     */
    ChosenColumns encoded(Dataset<Row> table, Optional<String> like, UnaryOperator<Dataset<Row>> sample) {
        ColumnPlanner planner = planner();
        return requireOneRole(initial.or(() -> like)
                .map(path -> SavedModels.any(table.sparkSession(), path, type))
                .filter(saved -> saved.type().equals(type))
                // ranks are computed by the encoders of the columns
                .filter(saved ->
                        saved.scaling().kind().ofNumbers() == data.scale().ofNumbers())
                .flatMap(saved -> saved.columns(planner, table.schema()))
                .map(columns -> new ChosenColumns(columns, Optional.empty(), unread(table.schema(), columns)))
                .orElseGet(() -> {
                    ColumnPlan plan = planner.plan(sample.apply(table));
                    return new ChosenColumns(
                            FeatureColumns.of(table.schema(), plan.encoders()), Optional.of(plan), plan.notes());
                }));
    }

    /** Returns a warning if a model does not read some columns of the table, unless they are left out on purpose. */
    private List<String> unread(StructType schema, FeatureColumns columns) {
        List<String> unread = Arrays.stream(schema.fieldNames())
                .filter(name -> options.features().isEmpty())
                .filter(name -> excluded.stream().noneMatch(name::equalsIgnoreCase))
                .filter(name -> data.columns().entrySet().stream()
                        .noneMatch(set -> set.getKey().equalsIgnoreCase(name)
                                && set.getValue().type() == ColumnType.IGNORE))
                .filter(name -> columns.columns().stream()
                        .noneMatch(read -> read.equalsIgnoreCase(name) || read.startsWith(name + ".")))
                .toList();
        return unread.isEmpty()
                ? List.of()
                : List.of(
                        "the columns %s of the table are not used, because the model that it starts from or is compared with does not read them; to use them, train without this model"
                                .formatted(String.join(", ", unread)));
    }

    private FeatureColumns plain(StructType schema) {
        return FeatureColumns.resolve(schema, options.features(), excluded);
    }

    /**
     * Returns the columns of a table that a saved model reads. Numbers are written as in the table that it was trained
     * on.
     *
     * @throws DataException if a column is missing or not numeric
     */
    public FeatureColumns columns(SavedModel saved, StructType schema) {
        return saved.model().form().readsTable() ? saved.model().form().columns(schema, "") : plain(schema);
    }

    /**
     * Checks that a table has the columns of label, weight and key.
     *
     * @throws DataException if a column is missing; the message names the first missing column
     */
    public void requireNamed(StructType schema) {
        named().forEach((key, column) -> column.ifPresent(name -> new TableColumns(schema).one(key, name)));
    }

    /** Returns the weight of a row of a table that is not used for training; 1 if the table has no weights. */
    public Column weight(StructType schema) {
        boolean isWeighted = Stream.of(schema.fieldNames()).anyMatch(name -> name.equalsIgnoreCase(options.weight()));
        return TableRows.weight(schema, isWeighted ? options : options.withWeight(null));
    }
}
