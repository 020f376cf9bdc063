package io.github.sparklatent.app;

import io.github.sparklatent.app.config.DataFormat;
import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.app.config.InvalidRows;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.cluster.FeatureColumns;
import io.github.sparklatent.cluster.Invalid;
import io.github.sparklatent.cluster.Placement;
import io.github.sparklatent.cluster.Scale;
import io.github.sparklatent.cluster.TableOptions;
import io.github.sparklatent.learn.DataException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** What the configuration says of a table, as {@code cluster} wants it. */
final class TableSettings {
    private TableSettings() {}

    /** For training: with the fraction that is held out. */
    static TableOptions forTraining(JobConfiguration configuration) {
        DataSection data = configuration.data();
        return new TableOptions(
                features(data),
                data.label().orElse(null),
                data.weight().orElse(null),
                data.id().orElse(null),
                Placement.valueOf(data.placement().name()),
                data.invalid() == InvalidRows.SKIP ? Invalid.SKIP : Invalid.ERROR,
                Scale.valueOf(data.scale().name()),
                data.holdout().fraction(),
                configuration.train().seed(),
                configuration.train().partitions().orElse(0));
    }

    /** For a table of which all rows are used. */
    static TableOptions whole(JobConfiguration configuration) {
        return forTraining(configuration).withHoldoutFraction(0);
    }

    /** A libsvm file names its own columns: of these only the vector is modelled. */
    private static List<String> features(DataSection data) {
        return data.features().isEmpty() && data.format() == DataFormat.LIBSVM
                ? List.of("features")
                : data.features();
    }

    /**
     * The columns that are modelled.
     *
     * @throws DataException where one does not exist or is no number
     */
    static FeatureColumns columns(StructType schema, DataSection data) {
        return FeatureColumns.resolve(schema, features(data), excluded(data));
    }

    /** Columns that are never modelled. */
    private static Set<String> excluded(DataSection data) {
        Set<String> excluded = new HashSet<>();
        Stream.of(data.label(), data.weight(), data.id())
                .flatMap(Optional::stream)
                .forEach(excluded::add);
        return excluded;
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
                                                        requireColumn(
                                                                schema, entry.getKey(), name)));
    }

    private static void requireColumn(StructType schema, String key, String name) {
        if (!Arrays.asList(schema.fieldNames()).contains(name)) {
            throw new DataException(
                    "%s column \"%s\" does not exist; the table's columns: %s"
                            .formatted(key, name, String.join(", ", schema.fieldNames())));
        }
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
