package io.github.sparklatent.cluster;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Gate;
import io.github.sparklatent.cluster.table.HoldoutRule;
import io.github.sparklatent.cluster.table.PartitionChoice;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.cluster.table.TableStatistics;
import io.github.sparklatent.cluster.table.UsabilityCheck;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.learn.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
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

    /** Rows from which the profile of a table is computed, as an expectation; 100,000 for a version of a registry. */
    private static final int PROFILED = 10_000;

    /** Share of the rows from which on a key is told, in a table of this many rows. */
    private static final double FREQUENT = 0.1;

    private static final long MIN_ROWS = 1000;

    /** Numbers of a row up to which a model keeps their distributions, if it is no version of a registry. */
    private static final int MAX_PROFILED = 1000;

    /** Different rows are few below this share of the rows. */
    private static final double FEW_KINDS = 0.02;

    /**
     * Checks a table and loads its rows. The source is read once, for the statistics; the rows are kept until they have
     * been placed.
     *
     * @param scaling scaling of an existing model, or null if there is none
     * @param partitions rule for the number of partitions, used if the options do not set it
     * @param sums returns the number of doubles that a partition sends to the driver in a round, for a given number of
     *     columns; 0 if it is small
     * @param loading places and packs the rows of the checked table
     * @throws DataException if the table cannot be used
     */
    static <T> T load(
            Dataset<Row> table,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            PartitionCount partitions,
            IntToDoubleFunction sums,
            Function<CheckedTable, T> loading) {
        ReadRows rows = options.kept() == null
                ? ReadRows.of(table, columns, options)
                : new ReadRows(options.kept().get(), options.gate(), Optional.empty());
        try {
            TableStatistics statistics = statistics(rows, options);
            TableProfile profile = rows.profile(statistics, columns, options);
            TableFacts facts = facts(statistics, columns, scaling, options, profile);
            if (options.sampleRows() > 0 && options.sampleRows() < statistics.train().rows) {
                ReadRows all = rows;
                HoldoutRule rule = all.rule(statistics, options);
                rows = all.sample(rule, options.sampleRows() / (double) statistics.train().rows);
                try {
                    statistics = sampled(rows, rule, columns, options);
                } finally {
                    all.release();
                }
                facts = facts.withFitted(statistics.train().rows).withHoldoutRule(rule);
            }
            RowPlacement placement =
                    new RowPlacement(rows, statistics, options, count(statistics, options, partitions, sums));
            BlockLoader loader = new BlockLoader(placement, statistics, options);
            return load(new CheckedTable(columns, facts, loader), loading);
        } catch (Exception e) { // as above
            rows.release();
            throw e;
        }
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
            TableStatistics statistics, TableOptions options, PartitionCount rule, IntToDoubleFunction sums) {
        int width = statistics.width();
        return options.partitions() > 0
                ? new PartitionChoice(options.partitions(), "set by " + options.partitionsKey())
                : rule.of(statistics.train().rows, width, sums.applyAsDouble(width), options.driverBytes());
    }

    /**
     * Learns the scaling of the features that are numbers from the training rows. Ranks are not scaled, but other
     * numbers beside them, such as the days of dates, have mean 0 and standard deviation 1.
     */
    Scaling learn(Scale scale) {
        if (scale != Scale.QUANTILE) {
            Scaling own = loader.learn(scale).ofNumbers(facts.features());
            return scale == Scale.BOTH ? Scaling.of(scale, own.shift(), own.factor()) : own;
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
        ReadRows rows = new ReadRows(TableRows.of(table, columns, options), null, Optional.empty());
        return facts(statistics(rows, options), columns, scaling, options, null);
    }

    private static TableStatistics statistics(ReadRows rows, TableOptions options) {
        boolean keep = options.invalid() == Invalid.KEEP;
        boolean split = options.id() == null && options.isPlaced();
        if (rows.few().isPresent()) {
            return TableStatistics.of(rows.few().get(), keep, options.holdoutFraction(), options.seed(), split);
        }
        Dataset<RowRecord> all = rows.all();
        TableStatistics statistics =
                TableStatistics.take(all.toJavaRDD(), keep, options.holdoutFraction(), options.seed());
        if (split) {
            statistics.splitCopies(all, keep);
        }
        return statistics;
    }

    /** Returns the statistics of a sample, which must be usable as the whole table is. */
    private static TableStatistics sampled(
            ReadRows rows, HoldoutRule rule, FeatureColumns columns, TableOptions options) {
        boolean keep = options.invalid() == Invalid.KEEP;
        TableStatistics statistics =
                TableStatistics.take(rows.all().toJavaRDD(), keep, options.holdoutFraction(), options.seed());
        statistics.splitCopies(rows.all(), keep, rule.repeated());
        if (statistics.train().rows == 0) {
            throw new DataException("a sample of about %d training rows has none by chance: choose more (sampleRows)"
                    .formatted(options.sampleRows()));
        }
        new UsabilityCheck(statistics, columns, options).requireUsable();
        return statistics;
    }

    /** Describes the key that most rows have, if it is a key column. */
    private static Optional<String> frequentKey(TableStatistics statistics, TableOptions options) {
        double share = statistics.frequentShare();
        return !options.trainedOn() || options.id() == null || statistics.rows() < MIN_ROWS || share < FREQUENT
                ? Optional.empty()
                : Optional.of(
                        "key column \"%s\" is the same in about %.0f%% of the rows, and all of these are held out or none; is it a key?"
                                .formatted(options.id(), 100 * share));
    }

    private static TableFacts facts(
            TableStatistics statistics,
            FeatureColumns columns,
            Scaling scaling,
            TableOptions options,
            TableProfile profile) {
        UsabilityCheck check = new UsabilityCheck(statistics, columns, options);
        check.requireUsable();
        check.requireWidthOf(scaling);
        check.requireScalable(scaling);
        List<String> warnings = new ArrayList<>(check.warnings());
        frequentKey(statistics, options).ifPresent(warnings::add);
        double kinds = statistics.kinds();
        if (options.trainedOn()
                && options.id() == null
                && statistics.rows() >= MIN_ROWS
                && kinds < FEW_KINDS * statistics.rows()) {
            warnings.add(
                    "the %d rows are about %.0f different ones: held-out rows are copies of training rows, so their metrics say nothing about other rows"
                            .formatted(statistics.rows(), kinds));
        }
        return new TableFacts(
                statistics.train().rows,
                statistics.train().rows,
                statistics.heldOut().rows,
                statistics.leftOut() + options.unread(),
                statistics.width(),
                statistics.train().range(),
                "%016x".formatted(statistics.fingerprint()),
                columns.features(statistics.width()),
                check.missingShares(),
                warnings,
                statistics.holdoutRule(),
                profile);
    }

    /**
     * The rows of a table, which are read from the source once. Spark keeps them from the count until they are placed:
     * as bytes in the memory of the workers, and what does not fit on their disks. A part that is lost with its worker
     * is read again, which the fingerprints of the rows check.
     *
     * @param rows rows that are kept from the first job on
     * @param gate rows that are never trained on, or null
     * @param few all rows but those of the gate, if they are few and on the driver
     */
    record ReadRows(Dataset<RowRecord> rows, Gate gate, Optional<List<RowRecord>> few) {
        static ReadRows of(Dataset<Row> table, FeatureColumns columns, TableOptions options) {
            ReadRows rows = new ReadRows(TableRows.of(table, columns, options), options.gate(), Optional.empty());
            if (options.driverBytes() > 0 && options.isPlaced() && SmallTable.isHere(table, options.driverBytes())) {
                List<RowRecord> few = rows.all().collectAsList();
                long numbers = few.stream()
                        .mapToLong(row -> row.getFeatures() == null ? 0 : row.getFeatures().length)
                        .sum();
                if (numbers * Double.BYTES <= options.driverBytes()) {
                    return new ReadRows(rows.rows, rows.gate, Optional.of(few));
                }
            }
            rows.rows.persist(StorageLevel.MEMORY_AND_DISK());
            return rows;
        }

        SparkSession session() {
            return rows.sparkSession();
        }

        /** Returns all rows but those of the gate. */
        Dataset<RowRecord> all() {
            return gate == null ? rows : rows.filter(not(TableRows.inGate(col("hash"), gate.fraction())));
        }

        /** Returns the profile of a training table, null if it is too wide. The table is checked, if it has a gate. */
        TableProfile profile(TableStatistics statistics, FeatureColumns columns, TableOptions options) {
            if (gate == null && (!options.trainedOn() || statistics.width() > MAX_PROFILED)) {
                return null;
            }
            int most = gate == null
                    ? Math.min(PROFILED, (1 << 19) / Math.max(1, statistics.width())) // 4 MiB
                    : TableSample.MAX_ROWS;
            TableSample sample = Described.run(
                    new JavaSparkContext(session().sparkContext()),
                    "table, columns described",
                    () -> TableSample.of(all(), few, statistics, columns, most));
            if (gate != null) {
                gate.check(rows, sample);
            }
            return sample.profile();
        }

        /** Returns the rule by which copies of a content that is many rows of a sample have roles one by one. */
        HoldoutRule rule(TableStatistics statistics, TableOptions options) {
            HoldoutRule rule = statistics.holdoutRule();
            return options.id() != null || !options.isPlaced()
                    ? rule
                    : rule.withRepeated(Described.run(
                            new JavaSparkContext(session().sparkContext()),
                            "table, repeated rows looked for",
                            () -> HoldoutRule.repeated(
                                    present(), "hash", HoldoutRule.manyCopies(options.sampleRows()))));
        }

        /** Returns a sample of these rows that is kept from the first job on. */
        ReadRows sample(HoldoutRule rule, double share) {
            Dataset<RowRecord> sampled = TableRows.sample(
                            present().toDF(), col("hash"), col("weight"), rule, "role", share, share)
                    .drop("role")
                    .as(Encoders.bean(RowRecord.class));
            return new ReadRows(sampled.persist(StorageLevel.MEMORY_AND_DISK()), null, Optional.empty());
        }

        /**
         * Returns the rows that have features. Rows of null all have the same hash and would all be placed in one
         * partition.
         */
        Dataset<RowRecord> present() {
            return all().filter(col("features").isNotNull());
        }

        /** Releases the kept rows. Then rows that are needed again are read again. */
        void release() {
            KeptRows.release(rows);
        }
    }
}
