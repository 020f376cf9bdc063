package io.github.sparklatent.app.registry;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Scores;
import io.github.sparklatent.cluster.reduce.KeptRows;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.Gate;
import io.github.sparklatent.cluster.table.HoldoutRule;
import io.github.sparklatent.cluster.table.TableRows;
import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.config.GateSection;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.WeightedNumbers;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.Roles;
import io.github.sparklatent.ml.core.SavedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scores of two versions on the same rows, which neither was trained on. A score is a log density or a bound of
 * one, in the units of the table; of an autoencoder it is the negative reconstruction error.
 *
 * <p>The means are winsorised (Tukey, The Future of Data Analysis, 1962): in each tail of either version's scores, the
 * outer 1% of the weight, or {@value #MIN_TAIL_ROWS} rows if that is more, count as the quantile there. A few rows
 * whose density underflows would otherwise decide alone. A version that gives such densities to more rows still has a
 * very low mean. The bootstrap keeps the quantiles fixed.
 *
 * @param measure the compared column
 * @param meaning what the score is, such as the log density
 * @param rows number of rows
 * @param effectiveRows number of rows for which their weights count, see {@link SampleSize}
 * @param winsorised share of the weight whose score of either version counts as a quantile
 * @param mean mean score of the challenger
 * @param championMean mean score of the champion; NaN if there is none
 * @param gain mean of the challenger's score minus the champion's; NaN if there is none
 * @param lower lower end of the interval of the gain; NaN if there is no champion
 * @param low score that 1% of the rows are below, by the challenger
 * @param lowShare share of the rows below the champion's own {@code low}; NaN if it is unknown
 * @param championRows effective number of rows from which the champion's {@code low} was computed
 * @param alertShare share of the rows that the champion flags as anomalies; NaN if it has no severities, or if a
 *     threshold decides
 * @param keys number of different keys of the rows
 * @param fingerprint fingerprint of the rows
 */
record Comparison(
        String measure,
        String meaning,
        int rows,
        double effectiveRows,
        double winsorised,
        double mean,
        double championMean,
        double gain,
        double lower,
        double low,
        double lowShare,
        double championRows,
        double alertShare,
        int keys,
        String fingerprint) {
    private static final int REPLICATES = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(Comparison.class);

    /** The share of rows below {@code low}. */
    static final double LOW = 0.01;

    /** The fewest rows of a tail that do not decide alone. */
    private static final int MIN_TAIL_ROWS = 3;

    /** The lowest score that counts, so that a density that underflows does not make NaN. */
    private static final double FLOOR = -1e6;

    /** Confidence of the one-sided bootstrap interval of the mean gain. */
    private static final double CONFIDENCE = 0.95;

    /** The 99% quantile of the standard normal distribution. */
    private static final double QUANTILE_99 = 2.326;

    private static final String HASH = "gate_hash";
    private static final String WEIGHT = "gate_weight";
    private static final String ROLE = "gate_role";
    private static final String CHALLENGER = "gate_challenger";
    private static final String CHAMPION = "gate_champion";
    private static final String ALERT = "gate_alert";

    /**
     * The scores of one row.
     *
     * @param alert 1 if the champion flags the row as an anomaly, else 0; NaN if it flags none
     */
    record Scored(long hash, double weight, double challenger, double champion, double alert) {
        Scored {
            challenger = bounded(challenger);
            champion = bounded(champion);
        }
    }

    /** The rows of the gate, and the fingerprint of those that were there. */
    record Gated(String fingerprint, List<Scored> rows) {}

    /**
     * Scores the rows of the gate.
     *
     * @param champion absent: the challenger is only measured
     * @param earlier metrics of the comparison in which the champion was accepted; absent: they are unknown
     * @throws UsageException if the two models have no measure in common
     * @throws DataException if the gate has no rows
     */
    static Comparison of(
            JobContext context,
            SavedModel challenger,
            Optional<SavedModel> champion,
            Optional<Map<String, Object>> earlier) {
        JobConfiguration configuration = context.configuration();
        ScoreColumn measure = CommonScore.of(challenger, champion);
        Gated gated = context.inData(() -> scored(context, challenger, champion, measure));
        if (gated.rows().isEmpty()) {
            throw new DataException("the table has no usable rows to compare versions on; gate.fraction is %s"
                    .formatted(configuration.gate().fraction()));
        }
        return summary(
                gated,
                measure,
                CommonScore.meaning(measure, challenger.type()),
                champion.isPresent(),
                earlier,
                configuration.train().seed());
    }

    /** Reads the table once: the rows of the gate are kept until they are scored. */
    private static Gated scored(
            JobContext context, SavedModel challenger, Optional<SavedModel> champion, ScoreColumn measure) {
        JobConfiguration configuration = context.configuration();
        Roles roles = context.roles();
        TableReader reader = context.reader(configuration.data());
        reader.open(challenger.model().numFeatures());
        List<Gated> found = new ArrayList<>();
        reader.check(0, table -> {
            StructType schema = table.schema();
            FeatureColumns own = roles.columns(challenger, schema);
            Column hash = TableRows.hash(schema, own, roles.options());
            Dataset<Row> gate = context.trainedRows()
                    .of(table)
                    .filter(TableRows.inGate(hash, configuration.gate().fraction()))
                    .withColumn(HASH, hash)
                    .withColumn(WEIGHT, TableRows.weight(schema, roles.options()))
                    .persist(StorageLevel.MEMORY_AND_DISK());
            try {
                found.add(new Gated(
                        TableRows.fingerprint(gate, col(HASH), own.numbers(), col(WEIGHT)),
                        scored(context, gate, challenger, champion, measure)));
                return true;
            } finally {
                KeptRows.release(gate);
            }
        });
        reader.warnings().forEach(LOG::warn);
        return found.get(0);
    }

    private static List<Scored> scored(
            JobContext context,
            Dataset<Row> gate,
            SavedModel challenger,
            Optional<SavedModel> champion,
            ScoreColumn measure) {
        JobConfiguration configuration = context.configuration();
        long all = gate.count();
        boolean hasCopies =
                all > TableSample.MAX_ROWS && configuration.data().id().isEmpty();
        Set<Long> repeated = hasCopies ? HoldoutRule.repeated(gate, HASH, HoldoutRule.manyCopies(all)) : Set.of();
        double share = TableSample.MAX_ROWS / (double) all;
        Column[] read = Stream.concat(Stream.of(challenger), champion.stream()) // what either scores are computed from
                .flatMap(saved -> Stream.concat(
                        Stream.of(context.roles().columns(saved, gate.schema()).numbers()),
                        saved.model().furtherColumns().stream().map(SchemaColumns::column)))
                .toArray(Column[]::new);
        Dataset<Row> rows =
                TableRows.sample(gate, col(HASH), col(WEIGHT), HoldoutRule.ofNone(repeated), ROLE, share, share, read);
        Dataset<Row> both = with(rows, challenger, List.of(measure), CHALLENGER, context);
        boolean flags = configuration.score().threshold().isEmpty()
                && champion.flatMap(own -> own.model().rule()).isPresent();
        if (champion.isPresent()) {
            List<ScoreColumn> columns = flags ? List.of(measure, ScoreColumn.IS_ANOMALY) : List.of(measure);
            both = with(both, champion.get(), columns, CHAMPION, context);
        } else {
            both = both.withColumn(CHAMPION, lit(Double.NaN));
        }
        Column alert = flags ? col(ScoreColumn.IS_ANOMALY.toString()).cast(DataTypes.DoubleType) : lit(Double.NaN);
        return both
                .select(col(HASH), col(WEIGHT), col(CHALLENGER), col(CHAMPION), alert.as(ALERT))
                .collectAsList()
                .stream()
                .map(row -> new Scored(
                        row.getLong(0), row.getDouble(1), row.getDouble(2), row.getDouble(3), row.getDouble(4)))
                .filter(row -> row.weight() > 0)
                .sorted(Comparator.comparingLong(Scored::hash)
                        .thenComparingDouble(Scored::challenger)
                        .thenComparingDouble(Scored::champion)
                        .thenComparingDouble(Scored::weight))
                .toList();
    }

    /** Adds columns of a model; the first one is its score, in the units of the table. */
    private static Dataset<Row> with(
            Dataset<Row> rows, SavedModel saved, List<ScoreColumn> added, String name, JobContext context) {
        ScoreColumn measure = added.get(0);
        FeatureColumns columns = context.roles().columns(saved, rows.schema());
        Dataset<Row> scored = new Scores(saved, context.configuration().score().with(added), false)
                .of(rows, columns, context.configuration().data().invalid());
        Column score = SchemaColumns.column(measure.toString());
        Column higherIsBetter = measure == ScoreColumn.ANOMALY ? score.multiply(-1) : score;
        return scored.withColumn(name, higherIsBetter.plus(logJacobian(saved, columns)))
                .drop(measure.toString());
    }

    /** Returns the change of the log density of a row by the scaling of its observed values. */
    private static Column logJacobian(SavedModel saved, FeatureColumns columns) {
        Scaling scaling = saved.scaling();
        if (scaling.factor().length == 0) {
            return lit(0.0);
        }
        double[] factor = scaling.factor();
        UDF1<scala.collection.Seq<Double>, Double> sum = numbers -> {
            double logs = 0;
            for (int j = 0; j < factor.length; j++) {
                boolean observed = Double.isFinite(numbers.apply(j));
                logs += observed ? Math.log(Math.abs(factor[j])) : 0;
            }
            return logs;
        };
        return udf(sum, DataTypes.DoubleType).apply(columns.numbers());
    }

    /** Compares the scores of at least one row, in the order of the hashes. */
    static Comparison summary(
            Gated gated,
            ScoreColumn measure,
            String meaning,
            boolean compared,
            Optional<Map<String, Object>> earlier,
            long seed) {
        List<Scored> scored = gated.rows();
        WeightedNumbers challengers = numbers(scored, Scored::challenger);
        SampleSize size = challengers.size();
        double tail = Math.min(0.5, Math.max(LOW, MIN_TAIL_ROWS / size.number()));
        WeightedNumbers.Limits ofChallenger = challengers.limits(tail);
        WeightedNumbers.Limits ofChampion = numbers(scored, Scored::champion).limits(tail);
        double championLow = figure(earlier, "low");
        int keys = (int) scored.stream().mapToLong(Scored::hash).distinct().count();
        double[] sums = new double[keys];
        double[] weights = new double[keys];
        double mean = 0;
        double championMean = 0;
        double below = 0;
        double changed = 0;
        double alerts = 0;
        int key = -1;
        for (int i = 0; i < scored.size(); i++) {
            Scored row = scored.get(i);
            key += i == 0 || row.hash() != scored.get(i - 1).hash() ? 1 : 0;
            double challenger = ofChallenger.winsorised(row.challenger());
            double champion = ofChampion.winsorised(row.champion());
            boolean kept = challenger == row.challenger() && champion == row.champion();
            sums[key] += row.weight() * (challenger - champion);
            weights[key] += row.weight();
            mean += row.weight() * challenger;
            championMean += row.weight() * champion;
            changed += kept ? 0 : row.weight();
            below += row.champion() < championLow ? row.weight() : 0;
            alerts += row.weight() * row.alert();
        }
        double weight = size.weight();
        return new Comparison(
                measure.toString(),
                meaning,
                scored.size(),
                size.number(),
                changed / weight,
                mean / weight,
                compared ? championMean / weight : Double.NaN,
                compared ? (mean - championMean) / weight : Double.NaN,
                compared ? lowerEnd(sums, weights, CONFIDENCE, seed) : Double.NaN,
                challengers.quantile(LOW),
                compared && !Double.isNaN(championLow) ? below / weight : Double.NaN,
                figure(earlier, "effectiveRows"),
                alerts / weight,
                keys,
                gated.fingerprint());
    }

    private static WeightedNumbers numbers(List<Scored> rows, ToDoubleFunction<Scored> score) {
        return WeightedNumbers.of(
                rows.stream().mapToDouble(score).toArray(),
                rows.stream().mapToDouble(Scored::weight).toArray());
    }

    private static double figure(Optional<Map<String, Object>> earlier, String name) {
        return earlier.map(found -> found.get(name)).orElse(null) instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }

    /**
     * Returns whether more rows are below the champion's {@code low} than chance explains. Both shares are estimates,
     * so the variance of their difference has two parts.
     */
    boolean lowShareRose() {
        double error = Math.sqrt(LOW * (1 - LOW) * (1 / effectiveRows + 1 / championRows));
        return lowShare > LOW + QUANTILE_99 * error;
    }

    /** Returns a score that is finite: a density that underflows counts as the lowest one. */
    private static double bounded(double score) {
        return Double.isNaN(score) ? FLOOR : Math.max(FLOOR, Math.min(-FLOOR, score));
    }

    /** Returns whether there is no champion, or the challenger is better by the margin. */
    boolean isAccepted(GateSection gate) {
        return Double.isNaN(championMean) || keys >= Gate.MIN_KEYS && lower > gate.margin();
    }

    /** Returns the result of the comparison as a sentence. */
    String sentence(GateSection gate) {
        if (Double.isNaN(championMean)) {
            return TableChecks.text("there is no champion; the mean %s is %s on %d rows", meaning, figure(mean), rows);
        }
        if (keys < Gate.MIN_KEYS) {
            return TableChecks.text(
                    "the mean gain in %s is %s on rows of %d keys, too few for an interval; at least %d are needed",
                    meaning, figure(gain), keys, Gate.MIN_KEYS);
        }
        return TableChecks.text(
                "the mean gain in %s is %s, with %s%% confidence above %s, which is %s gate.margin = %s (%d rows of %d keys; %.1f%% of them winsorised)",
                meaning,
                figure(gain),
                Math.round(1e4 * CONFIDENCE) / 1e2,
                figure(lower),
                isAccepted(gate) ? "above" : "not above",
                gate.margin(),
                rows,
                keys,
                100 * winsorised);
    }

    /** Returns four digits after the point, or four digits of a smaller number. */
    private static String figure(double value) {
        return TableChecks.text(value == 0 || Math.abs(value) >= 1e-3 ? "%.4f" : "%.3e", value);
    }

    /**
     * Returns the lower end of a one-sided bootstrap interval of a mean, by the percentile method (Efron and
     * Tibshirani, An Introduction to the Bootstrap, 1993, section 13.3). Rows of the same key are drawn together,
     * because they need not be independent. The mean of a replicate is that of the weighted rows, so a row of weight w
     * counts as w rows of the same key.
     *
     * @param sums weighted sum of the values of each key
     * @param counts sum of the weights of each key
     * @param confidence probability that the mean is above the lower end
     * @param seed seed of the draws
     */
    static double lowerEnd(double[] sums, double[] counts, double confidence, long seed) {
        double[] means = new double[REPLICATES];
        for (int b = 0; b < REPLICATES; b++) {
            RandomGenerator random = RandomStreams.of(seed, Purpose.BOOTSTRAP, b);
            double sum = 0;
            double count = 0;
            for (int i = 0; i < sums.length; i++) {
                int drawn = random.nextInt(sums.length);
                sum += sums[drawn];
                count += counts[drawn];
            }
            means[b] = sum / count;
        }
        Arrays.sort(means);
        return means[(int) Math.floor((1 - confidence) * REPLICATES)];
    }
}
