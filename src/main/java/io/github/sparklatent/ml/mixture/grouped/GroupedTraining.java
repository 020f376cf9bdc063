package io.github.sparklatent.ml.mixture.grouped;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.sum;

import io.github.sparklatent.cluster.reduce.Described;
import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.reduce.Shipped;
import io.github.sparklatent.cluster.table.RowRecord;
import io.github.sparklatent.cluster.table.TableColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.core.Training;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.core.TrainingTables;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.mixture.MixtureEstimator;
import io.github.sparklatent.ml.mixture.MixtureOfRows;
import io.github.sparklatent.report.Result;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Fits the model of all rows, then the model of each group in one task.
 *
 * <p>All models have the columns, codes and scaling of the whole table, and the same seed. So the model of a group
 * depends on its rows alone, and a training on these rows alone repeats it. The rows of a null key and of a group that
 * a task cannot keep in memory are counted where they are, because one task would else receive most rows of a table.
 */
final class GroupedTraining implements Training<GroupedMixtureModel> {
    /**
     * Number of rows that the model of all rows is fitted to. The standard error of a mean over them is a thousandth of
     * the deviation of a row, far less than the groups differ.
     */
    static final long MAX_FITTED = 1_000_000;

    /** Greatest number of bytes of a group's rows, and of all models, which every executor holds to score rows. */
    private static final long MAX_BYTES = 1L << 29;

    /** Bytes of the objects of a group with a model of its own, besides its parameters. */
    private static final long GROUP_BYTES = 2048;

    private static final String HAS_NULL = "exists(group, text -> text IS NULL)";

    private final String uid;
    private final LatentEstimator<?, ?> estimator;
    private final TrainingContext context;
    private final List<StructField> columns;
    private final Dataset<RowRecord> rows;
    private final Dataset<Row> sizes;
    private final long least;
    private final String large;
    private final String summary;
    private final Training<?> whole;

    /**
     * Counts the groups and prepares their training.
     *
     * @param maxFitted number of rows that the model of all rows is fitted to, approximately
     */
    GroupedTraining(GroupedMixture grouped, TrainingContext context, long maxFitted) {
        this.uid = grouped.uid();
        this.estimator = grouped.getEstimator();
        this.context = context;
        this.columns = grouped.columns(context.tables().table().schema());
        TrainingTables tables = context.tables();
        Column key = array(columns.stream()
                .map(field -> TableColumns.expression(field).cast("string"))
                .toArray(Column[]::new));
        this.rows = TableRows.of(tables.table(), tables.columns(), tables.options(), key.as("group"))
                .persist(StorageLevel.MEMORY_AND_DISK());
        this.sizes = training().groupBy("group").agg(count("*").as("rows"), weight().as("weight"));
        try {
            int width = tables.columns()
                    .width()
                    .orElseGet(() -> tables.reading(() -> rows.where("size(features) > 0").takeAsList(1).stream()
                            .mapToInt(row -> row.getFeatures().length)
                            .findFirst()
                            .orElse(1)));
            int components = components(context.settings());
            this.least = grouped.isSet(grouped.groupRows())
                    ? (int) grouped.getOrDefault(grouped.groupRows())
                    : 10L * width * components;
            Row counts = described(
                    "table, groups counted",
                    () -> tables.reading(
                            () -> sizes.agg(count("*"), count_if(col("rows").lt(least)), coalesce(max("rows"), lit(0L)))
                                    .first()));
            long groups = counts.getLong(0);
            long models = groups - counts.getLong(1);
            requireBytes(models, models * components * (1 + 2L * width) * Double.BYTES);
            String by = Lines.count(groups, "group") + " by "
                    + columns.stream().map(StructField::name).collect(Collectors.joining(", "));
            if (groups > 0 && models == 0) {
                throw new DataException(
                        "none of %s has %d rows, which a model of its own needs; group by fewer columns, or set data.groupRows"
                                .formatted(by, least));
            }
            this.large = "rows > " + MAX_BYTES / Double.BYTES / Math.max(1, width);
            this.summary = "%s; %d of fewer than %d rows; the largest has %s"
                    .formatted(by, counts.getLong(1), least, Lines.count(counts.getLong(2), "row"));
            Dataset<RowRecord> kept = // another plan, because its reader releases it
                    rows.select("features", "weight", "hash").as(Encoders.bean(RowRecord.class));
            this.whole = estimator.training(context.withMostRows(maxFitted, () -> kept));
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            KeptRows.release(rows);
            throw e;
        }
    }

    private Dataset<Row> training() {
        return rows.toDF().where(context.tables().isTrained(col("hash")));
    }

    /** Returns the sum of the weights, to nine digits, so that it does not depend on the order of the rows. */
    private static Column weight() {
        return coalesce(sum(col("weight").try_cast("decimal(38, 9)")).cast("double"), lit(0.0));
    }

    private <T> T described(String description, Supplier<T> jobs) {
        return Described.run(spark(), description, jobs);
    }

    private JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(context.spark().sparkContext());
    }

    /** Returns the least number of components that is tried. */
    private static int components(Settings settings) {
        List<?> components = (List<?>) settings.value("model.components").orElse(List.of());
        return components.stream().mapToInt(k -> (Integer) k).min().orElse(1);
    }

    /** Requires that the driver and each executor can hold these bytes of the models' parameters. */
    private static void requireBytes(long groups, long bytes) {
        long all = groups * GROUP_BYTES + bytes;
        if (all > MAX_BYTES) {
            throw new DataException(
                    "the models of %d groups have %d MiB, expected at most %d MiB, because every executor holds them to score rows; set a greater data.groupRows, fewer components or a simpler covariance, or group by fewer columns"
                            .formatted(groups, all >> 20, MAX_BYTES >> 20));
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
                    Grouped grouped = context.monitor()
                            .time("train", () -> described(summary + ", fitted", () -> grouped(trained, table)));
                    context.monitor().check();
                    KeptRows.release(rows);
                    return finish.apply(grouped);
                } finally {
                    KeptRows.release(table);
                }
            });
        } finally {
            KeptRows.release(rows);
        }
    }

    /** Returns a row for each group, computed when it is first needed. */
    private Dataset<Row> fitted(Trained<?> trained) {
        TableOptions options = context.tables().options();
        MixedMixture all = ((MixtureOfRows<?>) trained.model()).asMixed();
        Broadcast<Shipped<GroupFit>> fit = spark().broadcast(Shipped.of(new GroupFit(
                ((MixtureEstimator<?, ?>) estimator).groupFitter(all.columns()),
                new MixedDensity(all),
                least,
                trained.facts().featureNames(),
                trained.form().scaling(),
                options.invalid() == Invalid.KEEP,
                trained.facts().holdoutRule())));
        return training()
                .where("NOT " + HAS_NULL)
                .join(broadcast(sizes.where(large)), new String[] {"group"}, "left_anti")
                .groupBy("group")
                .as(Encoders.row(StructType.fromDDL("group ARRAY<STRING>")), Encoders.bean(RowRecord.class))
                .flatMapSortedGroups(
                        new Column[] {col("hash"), col("features"), col("weight")},
                        (group, own) -> List.of(fit.value().value().of(group.getList(0), own))
                                .iterator(),
                        Encoders.row(GroupFit.SCHEMA))
                .unionByName(
                        sizes.where(large + " OR " + HAS_NULL)
                                .selectExpr(
                                        "group",
                                        "rows",
                                        "weight",
                                        "if(%s, 'null-key', 'too-large') AS fallback".formatted(HAS_NULL)),
                        true);
    }

    /** Brings the groups with enough rows and the totals of the others to the driver. */
    private Grouped grouped(Trained<?> trained, Dataset<Row> table) {
        Row sums = table.agg(count("components"), coalesce(sum(octet_length(col("content"))), lit(0L)))
                .first();
        requireBytes(sums.getLong(0), sums.getLong(1));
        List<Row> own = table.where("content IS NOT NULL").orderBy("group").collectAsList();
        Row others = table.where("content IS NULL").agg(count("*"), weight()).first();
        Groups groups = new Groups(
                columns.stream()
                        .map(field ->
                                new Groups.Column(field.name(), field.dataType().json()))
                        .toList(),
                own.stream()
                        .map(row -> row.<byte[]>getAs("content"))
                        .map(bytes -> StateCodec.MODEL.decode(
                                new ByteArrayInputStream(bytes), bytes.length, Groups.Group.class))
                        .toList(),
                own.size() + others.getLong(0),
                others.getDouble(1));
        GroupedMixtureModel model = new GroupedMixtureModel(uid, trained.model(), groups);
        model.setFeaturesCol(estimator.getFeaturesCol());
        Map<String, Object> reasons = new LinkedHashMap<>();
        table.where("fallback IS NOT NULL")
                .groupBy("fallback")
                .count()
                .orderBy("fallback")
                .collectAsList()
                .forEach(row -> reasons.put(row.getString(0), row.getLong(1)));
        Map<String, Object> metrics = Json.object(
                "groupBy", groups.names(),
                "groups", groups.number(),
                "models", groups.models(),
                "reasons", reasons,
                "meanLogLikelihood", mean(own, "meanLogLikelihood", "weight"),
                "holdoutMeanLogLikelihood", mean(own, "holdoutMeanLogLikelihood", "holdoutWeight"),
                "allHoldoutMeanLogLikelihood", mean(own, "allHoldoutMeanLogLikelihood", "holdoutWeight"));
        Dataset<Row> result = table.orderBy("group")
                .select(Stream.concat(
                                groups.values(col("group")),
                                Stream.of(Groups.FIGURES.fieldNames()).map(functions::col))
                        .toArray(Column[]::new));
        return new Grouped(model, trained, result, metrics);
    }

    /** Returns the weighted mean of a metric over the groups with a model of their own; NaN if none has it. */
    private static double mean(List<Row> groups, String figure, String weight) {
        double sum = 0;
        double total = 0;
        for (Row row : groups) {
            Double mean = row.getAs(figure);
            if (mean != null && row.getAs("components") != null) {
                sum += row.<Double>getAs(weight) * mean;
                total += row.<Double>getAs(weight);
            }
        }
        return sum / total;
    }

    /** The result. All metrics but those of the groups are those of the model of all rows. */
    private record Grouped(GroupedMixtureModel model, Trained<?> whole, Dataset<Row> table, Map<String, Object> metrics)
            implements Trained<GroupedMixtureModel> {
        @Override
        public TableForm form() {
            return whole.form();
        }

        @Override
        public TableFacts facts() {
            return whole.facts();
        }

        @Override
        public List<Map<String, Object>> rounds() {
            return whole.rounds();
        }

        @Override
        public Map<String, Dataset<Row>> tables() {
            return Map.of("groups", table);
        }

        @Override
        public Result result() {
            Result result = whole.result()
                    .put("model", model.metrics())
                    .put("groups", metrics)
                    .line("groups", "%s; without one: %s", model.content().describe(), metrics.get("reasons"));
            double own = (double) metrics.get("holdoutMeanLogLikelihood");
            if (!Double.isNaN(own)) {
                result.line(
                        "in groups",
                        "held out: mean log-likelihood %.4f, under the model of all rows %.4f",
                        own,
                        metrics.get("allHoldoutMeanLogLikelihood"));
            }
            return result;
        }
    }
}
