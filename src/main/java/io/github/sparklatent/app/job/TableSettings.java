package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Gate;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.DataSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.SampledRows;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.TrainingTables;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Translates the data settings of a configuration into the {@link TableOptions} with which the package {@code cluster}
 * loads a table.
 */
public final class TableSettings {
    /** Number of rows that a condition is tried on. */
    private static final int FIRST = 1000;

    private TableSettings() {}

    /** Returns whether versions of a model are compared on a row, so that no run trains on it. */
    public static Column inGate(StructType schema, FeatureColumns columns, JobConfiguration configuration) {
        return RowRoles.inGate(
                RowRoles.hash(schema, columns, whole(configuration)),
                configuration.gate().fraction());
    }

    /** Returns the options for training. They include the fraction of rows to hold out. */
    static TableOptions forTraining(JobConfiguration configuration) {
        DataSection data = configuration.data();
        return TableOptions.DEFAULT
                .withFeatures(features(data))
                .withLabel(data.label().orElse(null))
                .withWeight(data.weight().orElse(null))
                .withId(data.id().orElse(null))
                .withInvalid(data.invalid())
                .withScale(data.scale())
                .withHoldoutFraction(data.holdout().fraction())
                .withSeed(configuration.train().seed())
                .withSampleRows(configuration.train().sampleRows().orElse(0))
                .withPartitions(configuration.train().partitions().orElse(0))
                .withPartitionsKey("train.partitions")
                .withText(data.isText() ? data.text() : null);
    }

    /** Returns the options for a table that is not used for training. No rows are held out. */
    public static TableOptions whole(JobConfiguration configuration) {
        return forTraining(configuration)
                .withHoldoutFraction(0)
                .withSampleRows(0)
                .withTrainedOn(false);
    }

    /** Returns the weight of a row of a table that is not used for training; 1 if the table has no weights. */
    static Column weight(StructType schema, JobConfiguration configuration) {
        TableOptions options = whole(configuration);
        boolean isWeighted = Stream.of(schema.fieldNames()).anyMatch(name -> name.equalsIgnoreCase(options.weight()));
        return RowRoles.weight(schema, isWeighted ? options : options.withWeight(null));
    }

    /** Returns the rows of a table that a training and its gate use. */
    public static Dataset<Row> used(Dataset<Row> table, JobConfiguration configuration) {
        return where(table, "train.where", configuration.train().where());
    }

    /**
     * Returns the rows for which a condition holds; all without one.
     *
     * @throws UsageException if Spark cannot read the condition
     */
    static Dataset<Row> where(Dataset<Row> table, String key, Optional<String> condition) {
        return condition.map(text -> SampledRows.filter(table, key, text)).orElse(table);
    }

    /** Requires that a condition can be evaluated in the first rows of a table. */
    static void requireCondition(Dataset<Row> table, String key, Optional<String> condition) {
        Dataset<Row> first = where(table.limit(FIRST), key, condition);
        try {
            condition.ifPresent(text -> first.count());
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            throw new UsageException(
                    "%s is \"%s\", which fails in the first rows: %s; a column of texts, as all of csv are, is a number by try_cast(NAME as double)"
                            .formatted(key, condition.get(), ExitCodes.reason(e)));
        }
    }

    /** Requires that a condition holds for some of the rows. */
    static void requireRows(Dataset<Row> selected, String key, Optional<String> condition) {
        condition.filter(text -> selected.isEmpty()).ifPresent(text -> {
            throw new DataException("%s is \"%s\", which holds for no row of the table".formatted(key, text));
        });
    }

    /**
     * Returns the names of the features. For libsvm files and images, only the column of numbers is modelled by
     * default.
     */
    static List<String> features(DataSection data) {
        if (!data.features().isEmpty()) {
            return data.features();
        }
        return data.format() == DataFormat.LIBSVM
                ? List.of("features")
                : data.format().isImages() ? List.of(ImageColumns.IMAGE) : List.of();
    }

    /**
     * Returns the columns, which must have no other role.
     *
     * @throws DataException if a column is the label, the weight or the id
     */
    static FeatureColumns checked(FeatureColumns columns, DataSection data) {
        Set<String> named = excluded(data);
        for (String column : columns.columns()) {
            if (named.stream().anyMatch(column::equalsIgnoreCase)) { // as Spark does
                throw new DataException(
                        "column \"%s\" is in data.features and is also data.label, data.weight, data.id or data.groupBy; remove it from one of them"
                                .formatted(column));
            }
        }
        return columns;
    }

    /**
     * Returns the names of the columns that are never features: the label, the weight, the id and those of the groups.
     */
    static Set<String> excluded(DataSection data) {
        Set<String> excluded = new HashSet<>();
        Stream.of(data.label(), data.weight(), data.id())
                .flatMap(Optional::stream)
                .forEach(excluded::add);
        excluded.addAll(data.groupBy());
        return excluded;
    }

    /** Runs a step that reads the table of the section data; its errors name that table. */
    public static <T> T inData(JobConfiguration configuration, Supplier<T> search) {
        return SchemaColumns.naming(configuration.data().name(), search);
    }

    /**
     * Checks that the table has the columns of label, weight and id.
     *
     * @throws DataException if a column is missing; the message names the first missing column
     */
    static void requireNamedColumns(StructType schema, DataSection data) {
        Map.of("data.label", data.label(), "data.weight", data.weight(), "data.id", data.id()).entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry ->
                        entry.getValue().ifPresent(name -> new TableColumns(schema).one(entry.getKey(), name)));
    }

    /**
     * Returns the columns of the table of the configuration that a saved model reads. Numbers are written as in the
     * table that the model was trained on.
     *
     * @throws DataException if a column is missing or not numeric
     */
    public static FeatureColumns columns(SavedModel saved, StructType schema, DataSection data) {
        TableForm form = saved.model().form();
        return form.readsTable()
                ? form.columns(schema, "")
                : FeatureColumns.resolve(schema, features(data), excluded(data));
    }

    /**
     * Returns the table that the model is trained on, the table of held-out rows if the configuration names one, and
     * the options to load them.
     *
     * @param table table of the section {@code data}
     * @param choice columns of the table to model
     * @param reader the reader that has read the table; it reads the table of held-out rows
     * @param gate the rows of the table that versions of the model are compared on; empty: none
     * @throws DataException if the table of held-out rows or a column does not exist
     */
    public static TrainingTables trainingTables(
            JobContext context, Dataset<Row> table, ColumnChoice choice, TableReader reader, Optional<Gate> gate) {
        long unread = reader.skipped();
        JobConfiguration configuration = context.configuration();
        DataSection data = configuration.data();
        FeatureColumns columns = choice.columns();
        Optional<Dataset<Row>> holdout = Optional.empty();
        if (!data.holdout().paths().isEmpty()) {
            Dataset<Row> found = used(reader.readHoldout(TableReader.declaredWidth(table.schema())), configuration);
            SchemaColumns.naming(data.holdoutName(), () -> {
                requireNamedColumns(found.schema(), data);
                return columns.in(found.schema());
            });
            holdout = Optional.of(found);
        }
        return new TrainingTables(
                table,
                holdout,
                columns,
                forTraining(configuration).withGate(gate.orElse(null)).withUnread(unread),
                data.name(),
                data.holdoutName(),
                Stream.concat(choice.notes().stream(), reader.warnings().stream())
                        .toList());
    }
}
