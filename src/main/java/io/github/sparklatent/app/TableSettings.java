package io.github.sparklatent.app;

import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.InvalidRows;
import io.github.sparklatent.config.JobConfiguration;
import io.github.sparklatent.app.images.ImageColumns;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Invalid;
import io.github.sparklatent.cluster.TableColumns;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** What the configuration says of a table, as {@code cluster} wants it. */
final class TableSettings {
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

    /**
     * Looks for columns, or at the rows, in one of several tables that a person may have in mind.
     *
     * @param key that names the table in the configuration
     * @throws DataException that names the table too
     */
    private static <T> T inTable(String key, List<String> paths, Supplier<T> search) {
        try {
            return search.get();
        } catch (DataException e) {
            if (e.getMessage().startsWith(key + " ")) {
                throw e;
            }
            throw new DataException(
                    "%s \"%s\": %s".formatted(key, String.join("\", \"", paths), e.getMessage()),
                    e);
        }
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

    /** A name that no column of the table has, not differing in case alone either. */
    static String unusedName(StructType schema, String wish) {
        Set<String> taken =
                Arrays.stream(schema.fieldNames())
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet());
        String name = wish;
        while (taken.contains(name.toLowerCase(Locale.ROOT))) {
            name = name + "_";
        }
        return name;
    }

    /** A column by its name, whatever characters that has. */
    static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }
}
