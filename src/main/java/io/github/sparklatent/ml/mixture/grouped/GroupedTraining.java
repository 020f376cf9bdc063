package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.github.sparklatent.cluster.RowGroups;
import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.cluster.table.GroupedRow;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits the model of all rows, then the model of each group in one task.
 *
 * <p>All models have the columns, codes and scaling of the whole table, and the same seed. So the model of a group
 * depends on its rows alone, and a training on these rows alone repeats it.
 *
 * @param whole the training of the model of all rows
 * @param rows training rows with their groups, which are kept until the groups are fitted
 * @param apart groups whose rows are counted only
 * @param summary number of groups and their sizes, as a line
 * @param <P> class of the model of all rows
 */
record GroupedTraining<P extends LatentModel<P>>(
        GroupedMixture estimator,
        Training<P> whole,
        TrainingContext context,
        GroupColumns columns,
        Dataset<GroupedRow> rows,
        GroupsApart apart,
        String summary)
        implements Training<GroupedMixtureModel> {
    /** Greatest number of bytes of all models. The driver collects them, and scoring sends them to each executor. */
    static final long GREATEST_BYTES = 1L << 29;

    /**
     * Number of rows that the model of all rows is fitted to. The standard error of a mean over them is a thousandth of
     * the deviation of a row, far less than the groups differ.
     */
    static final long MOST_ROWS = 1_000_000;

    /** Bytes of the objects of a group with a model of its own, besides its parameters. */
    private static final long GROUP_BYTES = 2048;

    /**
     * Counts the groups and prepares their training.
     *
     * @param mostRows number of rows that the model of all rows is fitted to, approximately
     */
    static <P extends LatentModel<P>> GroupedTraining<P> of(
            GroupedMixture estimator,
            LatentEstimator<?, P> ofAll,
            TrainingContext context,
            GroupColumns columns,
            long mostRows) {
        TrainingTables tables = context.tables();
        Dataset<GroupedRow> kept = TableRows.grouped(tables.table(), tables.columns(), columns.key(), tables.options())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return of(estimator, ofAll, context, columns, mostRows, kept);
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            kept.unpersist(true);
            throw e;
        }
    }

    private static <P extends LatentModel<P>> GroupedTraining<P> of(
            GroupedMixture estimator,
            LatentEstimator<?, P> ofAll,
            TrainingContext context,
            GroupColumns columns,
            long mostRows,
            Dataset<GroupedRow> kept) {
        TrainingTables tables = context.tables();
        int width = tables.columns().width().orElseGet(() -> width(tables));
        Dataset<Row> sizes = kept.where(tables.isTrained(col("hash")))
                .groupBy(col(RowGroups.GROUP).as("key"))
                .agg(count("*").as("n"));
        long least = estimator.leastRows(width);
        Row counts = Described.run(
                JavaSparkContext.fromSparkContext(context.spark().sparkContext()),
                "table, groups counted",
                () -> tables.reading(() -> sizes.agg(
                                count("*"),
                                sum(when(col("n").lt(least), 1).otherwise(0)),
                                max("n"),
                                coalesce(max(GroupsApart.hasNull(col("key"))), lit(false)))
                        .first()));
        long most = GroupsApart.mostRows(width);
        List<List<String>> large =
                counts.isNullAt(2) || counts.getLong(2) <= most ? List.of() : tables.reading(() -> large(sizes, most));
        long groups = counts.getLong(0);
        long models = groups == 0 ? 0 : groups - counts.getLong(1);
        requireBytes(
                models,
                models * estimator.groupable().leastParameters(tables.columns().features(width)));
        if (groups > 0 && models == 0) {
            throw new DataException(
                    "none of %s by %s has %d rows, which a model of its own needs; group by fewer columns, or set data.groupRows"
                            .formatted(Lines.count(groups, "group"), String.join(", ", columns.names()), least));
        }
        String summary = groups == 0
                ? "no groups"
                : "%s by %s; %d of fewer than %d rows; the largest has %s"
                        .formatted(
                                Lines.count(groups, "group"),
                                String.join(", ", columns.names()),
                                counts.getLong(1),
                                least,
                                Lines.count(counts.getLong(2), "row"));
        return new GroupedTraining<>(
                estimator,
                ofAll.training(context.withMostRows(
                        mostRows,
                        () -> kept.select("features", "weight", "hash").as(Encoders.bean(RowRecord.class)))),
                context,
                columns,
                kept,
                new GroupsApart(counts.getBoolean(3), large),
                summary);
    }

    private static List<List<String>> large(Dataset<Row> sizes, long most) {
        return sizes
                .where(col("n").gt(most).and(not(GroupsApart.hasNull(col("key")))))
                .orderBy("key")
                .collectAsList()
                .stream()
                .map(row -> row.<String>getList(0))
                .toList();
    }

    /** Returns the number of numbers of a row, of which the names of the columns do not tell. */
    private static int width(TrainingTables tables) {
        return tables.reading(
                () -> tables
                        .table()
                        .select(size(tables.columns().numbers()).as("width"))
                        .where(col("width").gt(0))
                        .takeAsList(1)
                        .stream()
                        .mapToInt(row -> row.getInt(0))
                        .findFirst()
                        .orElse(1));
    }

    /**
     * Requires that the driver and each executor can hold the models.
     *
     * @param parameters number of parameters of all models
     * @throws DataException if they cannot
     */
    private static void requireBytes(long groups, long parameters) {
        long bytes = groups * GROUP_BYTES + parameters * Double.BYTES;
        if (bytes > GREATEST_BYTES) {
            throw new DataException(
                    "the models of %d groups have %d MiB, expected at most %d MiB, because every executor holds them to score rows; set a greater data.groupRows, fewer components or a simpler covariance, or group by fewer columns"
                            .formatted(groups, bytes >> 20, GREATEST_BYTES >> 20));
        }
    }

    @Override
    public Optional<String> plan() {
        return Optional.of(summary);
    }

    @Override
    public <T> T run(Function<Trained<GroupedMixtureModel>, T> finish) {
        try {
            return whole.run(trained -> {
                Dataset<Row> table = fitted(trained).persist(StorageLevel.MEMORY_AND_DISK());
                try {
                    GroupedTrained grouped = grouped(trained, table);
                    rows.unpersist(true);
                    return finish.apply(grouped);
                } finally {
                    table.unpersist(true);
                }
            });
        } finally {
            rows.unpersist(true);
        }
    }

    private GroupedTrained grouped(Trained<P> trained, Dataset<Row> table) {
        GroupFigures groups = context.monitor()
                .time("train", () -> Described.run(spark(), summary + ", fitted", () -> collected(trained, table)));
        context.monitor().check();
        GroupedMixtureModel model = new GroupedMixtureModel(estimator.uid(), trained.model(), groups).describeItself();
        model.setFeaturesCol(estimator.getEstimator().getFeaturesCol());
        return new GroupedTrained(model, trained, table);
    }

    private JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    }

    /** Returns a row for each group in the saved form, computed when it is first needed. */
    private Dataset<Row> fitted(Trained<P> trained) {
        MixedMixture all = ((MixtureOfRows) trained.model()).asMixed();
        TrainingTables tables = context.tables();
        Broadcast<Shipped<GroupFit>> fit = spark().broadcast(Shipped.of(new GroupFit(
                estimator.groupable().groupFitter(context, all.columns()),
                new MixedDensity(all),
                estimator.leastRows(trained.facts().width()),
                trained.facts().featureNames())));
        RowGroups.Work work = group -> GroupTable.row(fit.value().value().of(group));
        Dataset<GroupedRow> training = rows.where(tables.isTrained(col("hash")));
        Dataset<Row> groups = RowGroups.map(
                training,
                apart.condition(),
                trained.assembler().scaling(),
                tables.options(),
                trained.facts(),
                GroupTable.SCHEMA,
                work);
        if (apart.isEmpty()) {
            return groups;
        }
        Dataset<Row> others = RowGroups.apart(training, apart.condition(), tables.options());
        return groups.union(GroupsApart.totals(others, groups.schema(), work));
    }

    /** Brings the groups with enough rows and the totals of the others to the driver. */
    private GroupFigures collected(Trained<P> trained, Dataset<Row> table) {
        MixedMixture all = ((MixtureOfRows) trained.model()).asMixed();
        requireUnchanged(trained, table);
        Dataset<Row> large = table.where(not(SmallGroups.isSmall()));
        Row sizes = large.agg(
                        count("weights"),
                        sum(numbers("weights")
                                .plus(numbers("means"))
                                .plus(numbers("covariances"))
                                .plus(numbers("others"))))
                .first();
        requireBytes(sizes.getLong(0), sizes.isNullAt(1) ? 0 : sizes.getLong(1));
        List<GroupModel> groups = new ArrayList<>();
        // One partition at a time: the doubles of rows are objects, several times the numbers.
        large.toLocalIterator().forEachRemaining(row -> groups.add(GroupTable.group(row, all)));
        groups.sort(Comparator.comparing(GroupModel::key, GroupedTraining::compare));
        return new GroupFigures(columns, groups, SmallGroups.of(table));
    }

    /** Adds the halves of the fingerprints, because a sum of longs that overflows is an error. */
    private static void requireUnchanged(Trained<?> trained, Dataset<Row> table) {
        Column fingerprint = col(RowGroups.FINGERPRINT);
        Row sums = table.agg(
                        coalesce(sum(col("rows").plus(col("holdoutRows"))), lit(0L)),
                        coalesce(sum(shiftright(fingerprint, Integer.SIZE)), lit(0L)),
                        coalesce(sum(fingerprint.bitwiseAND(0xffff_ffffL)), lit(0L)))
                .first();
        RowGroups.requireUnchanged(
                trained.facts(), sums.getLong(0), (sums.getLong(1) << Integer.SIZE) + sums.getLong(2));
    }

    private static Column numbers(String column) {
        return coalesce(when(col(column).isNotNull(), size(col(column))), lit(0))
                .cast("long");
    }

    /** Orders keys by their texts, nulls first. */
    private static int compare(List<String> a, List<String> b) {
        Comparator<String> texts = Comparator.nullsFirst(Comparator.naturalOrder());
        for (int i = 0; i < a.size(); i++) {
            int order = texts.compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
