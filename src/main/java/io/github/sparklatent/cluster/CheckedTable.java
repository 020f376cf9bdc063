package io.github.sparklatent.cluster;

import io.github.sparklatent.cluster.table.Census;
import io.github.sparklatent.cluster.table.CensusCheck;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.DataException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A table with resolved columns and checked rows, none of which has been placed yet.
 *
 * @param columns the feature columns
 * @param facts facts about the table
 * @param loader places and packs the rows
 */
record CheckedTable(FeatureColumns columns, TableFacts facts, BlockLoader loader) {
    private static final Logger LOG = LoggerFactory.getLogger(CheckedTable.class);

    /**
     * Returns the feature columns of a table for a new model.
     *
     * @throws DataException if there are none, or if the label is one of them
     */
    static FeatureColumns columns(Dataset<Row> table, TableOptions options) {
        Set<String> named = new LinkedHashSet<>();
        Stream.of(options.label(), options.weight(), options.id())
                .filter(Objects::nonNull)
                .forEach(named::add);
        FeatureColumns columns = FeatureColumns.resolve(table.schema(), options.features(), named);
        if (options.label() != null) {
            requireNoFeature(new TableColumns(table.schema()).one("label", options.label()), columns);
        }
        return columns;
    }

    private static void requireNoFeature(StructField label, FeatureColumns columns) {
        if (columns.columns().contains(label.name())) {
            throw new DataException(
                    "label column \"%s\" is also a feature, expected another column: models are never trained on the label"
                            .formatted(label.name()));
        }
    }

    /**
     * Checks a table and loads its rows. The source is read once, for the census; the rows are kept until they have
     * been placed.
     *
     * @param scaling scaling of an existing model, or null if there is none
     * @param partitions rule for the number of partitions, used if the options do not set it
     * @param statistics returns the number of doubles that a partition sends to the driver in a round, for a given
     *     number of columns; 0 if it is small
     * @param loading places and packs the rows of the checked table
     * @throws DataException if the table cannot be used
     */
    static <T> T load(
            Dataset<Row> table,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            PartitionCount partitions,
            IntToDoubleFunction statistics,
            Function<CheckedTable, T> loading) {
        ReadRows rows = options.kept() == null
                ? new ReadRows(
                        TableRows.of(table, columns, options).persist(StorageLevel.MEMORY_AND_DISK()), options.gate())
                : new ReadRows(options.kept().get(), options.gate());
        try {
            Census census = census(rows.all(), options);
            rows.check(census, columns);
            TableFacts facts = facts(census, columns, scaling, options);
            RowPlacement placement =
                    new RowPlacement(rows, census, options, count(census, options, partitions, statistics));
            BlockLoader loader = new BlockLoader(placement, census, options);
            return load(new CheckedTable(columns, facts, loader), loading);
        } catch (Exception e) { // as above
            rows.release();
            throw e;
        }
    }

    private static JavaSparkContext context(Dataset<Row> table) {
        return JavaSparkContext.fromSparkContext(table.sparkSession().sparkContext());
    }

    private static <T> T load(CheckedTable checked, Function<CheckedTable, T> loading) {
        try {
            return loading.apply(checked);
        } catch (Exception e) { // as above
            checked.loader.release();
            throw e;
        }
    }

    private static PartitionChoice count(
            Census census, TableOptions options, PartitionCount rule, IntToDoubleFunction statistics) {
        int width = census.greatestWidth;
        return options.partitions() > 0
                ? new PartitionChoice(options.partitions(), "set by " + options.partitionsKey())
                : rule.of(census.train, width, statistics.applyAsDouble(width));
    }

    /**
     * Learns the scaling of the features that are numbers from the training rows. Ranks are not scaled, but other
     * numbers beside them, such as the days of dates, have mean 0 and standard deviation 1.
     */
    Scaling learn(Scale scale) {
        if (scale != Scale.QUANTILE) {
            return loader.learn(scale).ofNumbers(facts.features());
        }
        List<Boolean> isScaled = columns.encoders().stream()
                .flatMap(encoder -> encoder.features().stream()
                        .map(feature -> !encoder.isRanked() && feature.kind() == Feature.Kind.NUMBER))
                .toList();
        if (!isScaled.contains(true)) {
            return loader.learn(scale);
        }
        Scaling standard = loader.learn(Scale.STANDARD).only(isScaled::get);
        return Scaling.of(scale, standard.shift(), standard.factor());
    }

    /**
     * Logs warnings about a training table before its rows are placed, which may take long. Warnings about other tables
     * are left to the caller.
     */
    void logWarnings(TableOptions options) {
        if (options.trainedOn()) {
            facts.warnings().forEach(LOG::warn);
        }
    }

    /** Checks a table without placing a row and returns the facts about it. */
    static TableFacts facts(Dataset<Row> table, FeatureColumns columns, Scaling scaling, TableOptions options) {
        Census census = census(TableRows.of(table, columns, options), options);
        return facts(census, columns, scaling, options);
    }

    private static Census census(Dataset<RowRecord> rows, TableOptions options) {
        return Census.take(
                rows.toJavaRDD(), options.invalid() == Invalid.KEEP, options.holdoutFraction(), options.seed());
    }

    private static TableFacts facts(Census census, FeatureColumns columns, Scaling scaling, TableOptions options) {
        CensusCheck check = new CensusCheck(census, columns, options);
        check.requireUsable();
        check.requireWidthOf(scaling);
        check.requireScalable(scaling);
        return new TableFacts(
                census.train,
                census.holdout,
                census.leftOut + options.unread(),
                census.greatestWidth,
                census.valueRange(),
                "%016x".formatted(census.fingerprint),
                census.trainFingerprint + census.holdoutFingerprint,
                columns.features(census.greatestWidth),
                check.missingShares(),
                check.warnings());
    }
}
