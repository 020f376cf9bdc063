package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.cluster.table.Invalid;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.InvalidRows;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.TrainingTables;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What the configuration says of a table, as {@code cluster} wants it. */
public final class TableSettings {
    /** Columns named in a sentence. */
    private static final int MOST_NAMES = 20;

    private TableSettings() {}

    /** For training: with the fraction that is held out. */
    static TableOptions forTraining(JobConfiguration configuration) {
        DataSection data = configuration.data();
        return TableOptions.DEFAULT
                .withFeatures(features(data))
                .withLabel(data.label().orElse(null))
                .withWeight(data.weight().orElse(null))
                .withId(data.id().orElse(null))
                .withPlacement(data.placement())
                .withInvalid(data.invalid() == InvalidRows.SKIP ? Invalid.SKIP : Invalid.ERROR)
                .withScale(data.scale())
                .withHoldoutFraction(data.holdout().fraction())
                .withSeed(configuration.train().seed())
                .withPartitions(configuration.train().partitions().orElse(0))
                .withPartitionsKey("train.partitions");
    }

    /** For a table of which all rows are used, and none is trained on. */
    static TableOptions whole(JobConfiguration configuration) {
        return forTraining(configuration).withHoldoutFraction(0).onlyMeasured();
    }

    /** libsvm files and images name their own columns: of these only the numbers are modelled. */
    private static List<String> features(DataSection data) {
        if (!data.features().isEmpty()) {
            return data.features();
        }
        return data.format() == DataFormat.LIBSVM
                ? List.of("features")
                : data.format().isImages() ? List.of(ImageColumns.IMAGE) : List.of();
    }

    /**
     * The columns that are modelled.
     *
     * @throws DataException where one does not exist, is no number, or is the label, the weight or
     *     the key
     */
    static FeatureColumns columns(StructType schema, DataSection data) {
        Set<String> named = excluded(data);
        FeatureColumns columns = FeatureColumns.resolve(schema, features(data), named);
        for (String column : columns.columns()) {
            if (isOneOf(column, named)) {
                throw new DataException(
                        "column \"%s\" is one of data.features and is data.label, data.weight or data.id, expected one of these"
                                .formatted(column));
            }
        }
        return columns;
    }

    /** As Spark resolves names. */
    private static boolean isOneOf(String column, Collection<String> names) {
        return names.stream().anyMatch(column::equalsIgnoreCase);
    }

    /**
     * A warning where no features are named and columns are left out, for they are no numbers: one
     * word among a csv's numbers makes a text of the whole column.
     */
    static Optional<String> unusedColumns(
            StructType schema, FeatureColumns columns, DataSection data) {
        if (!features(data).isEmpty()) {
            return Optional.empty();
        }
        Set<String> used = excluded(data);
        used.addAll(columns.columns());
        List<String> unused =
                Arrays.stream(schema.fields())
                        .filter(field -> !isOneOf(field.name(), used))
                        .map(field -> field.name() + " " + field.dataType().simpleString())
                        .toList();
        return unused.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "columns that are no numbers are not used, for data.features is absent: "
                                + shortened(unused));
    }

    private static String shortened(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? first + ", ... " + names.size() + " in all" : first;
    }

    /** Columns that are never modelled. */
    private static Set<String> excluded(DataSection data) {
        Set<String> excluded = new HashSet<>();
        Stream.of(data.label(), data.weight(), data.id())
                .flatMap(Optional::stream)
                .forEach(excluded::add);
        return excluded;
    }

    /** Reads the table of data.path; see {@link #inTable}. */
    static <T> T inData(JobConfiguration configuration, Supplier<T> search) {
        return inTable("data.path", configuration.data().paths(), search);
    }

    /** Reads the table of data.holdout.path; see {@link #inTable}. */
    static <T> T inHoldout(JobConfiguration configuration, Supplier<T> search) {
        return inTable("data.holdout.path", configuration.data().holdout().paths(), search);
    }

    private static <T> T inTable(String key, List<String> paths, Supplier<T> search) {
        return SchemaColumns.naming(name(key, paths), search);
    }

    /** A table in messages. */
    private static String name(String key, List<String> paths) {
        return "%s \"%s\"".formatted(key, String.join("\", \"", paths));
    }

    /**
     * Checks that label, weight and key are columns of the table.
     *
     * @throws DataException that names the first that is not
     */
    static void requireNamedColumns(StructType schema, DataSection data) {
        Map.of("data.label", data.label(), "data.weight", data.weight(), "data.id", data.id())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(
                        entry ->
                                entry.getValue()
                                        .ifPresent(
                                                name ->
                                                        new TableColumns(schema)
                                                                .one(entry.getKey(), name)));
    }

    /**
     * Returns the columns of a table that a saved model reads.
     *
     * @throws DataException if the table does not have one, or it is no number
     */
    static FeatureColumns columns(SavedModel saved, StructType schema, DataSection data) {
        return saved.stage().isPresent()
                ? FeatureColumns.resolve(schema, saved.inputColumns(), Set.of())
                : columns(schema, data);
    }

    /**
     * Finds the tables of a training.
     *
     * @throws DataException if a table or a column does not exist
     */
    public static TrainingTables trainingTables(JobContext context) {
        JobConfiguration configuration = context.configuration();
        DataSection data = configuration.data();
        TableReader reader = new TableReader(context.spark(), data);
        Dataset<Row> table = reader.read();
        FeatureColumns columns =
                inData(
                        configuration,
                        () -> {
                            requireNamedColumns(table.schema(), data);
                            return columns(table.schema(), data);
                        });
        Optional<Dataset<Row>> holdout = Optional.empty();
        if (!data.holdout().paths().isEmpty()) {
            Dataset<Row> found = reader.readHoldout(TableReader.declaredWidth(table.schema()));
            inHoldout(
                    configuration,
                    () -> {
                        requireNamedColumns(found.schema(), data);
                        return FeatureColumns.resolve(found.schema(), columns.columns(), Set.of());
                    });
            holdout = Optional.of(found);
        }
        return new TrainingTables(
                table,
                holdout,
                columns,
                forTraining(configuration),
                name("data.path", data.paths()),
                name("data.holdout.path", data.holdout().paths()),
                unusedColumns(table.schema(), columns, data).stream().toList());
    }
}
