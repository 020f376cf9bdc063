package io.github.sparklatent.app.registry;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import io.github.sparklatent.app.config.DataSection;
import io.github.sparklatent.app.config.GateSection;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.app.files.TableReader;
import io.github.sparklatent.app.job.JobContext;
import io.github.sparklatent.app.job.Scores;
import io.github.sparklatent.app.job.TableSettings;
import io.github.sparklatent.cluster.table.FeatureColumns;
import io.github.sparklatent.cluster.table.RowRoles;
import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.columns.SchemaColumns;
import io.github.sparklatent.ml.core.SavedModel;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The scores of two versions on the same rows, which neither was trained on. A score is a log
 * density or a bound of one, in the units of the table; of an autoencoder it is the negative
 * reconstruction error.
 *
 * @param measure the compared column
 * @param rows number of rows
 * @param mean mean score of the challenger
 * @param championMean mean score of the champion; NaN if there is none
 * @param gain mean of the challenger's score minus the champion's; NaN if there is none
 * @param lower lower end of the interval of the gain; NaN if there is no champion
 * @param low score that 1% of the rows are below, by the challenger
 * @param lowShare share of the rows below the champion's own {@code low}; NaN if it is unknown
 */
record Comparison(
        String measure,
        int rows,
        double mean,
        double championMean,
        double gain,
        double lower,
        double low,
        double lowShare) {
    /** The share of rows below {@code low}. */
    static final double LOW = 0.01;

    /** The lowest score that counts; below it a row would decide alone. */
    private static final double FLOOR = -1e6;

    private static final String HASH = "gate_hash";
    private static final String WEIGHT = "gate_weight";
    private static final String CHALLENGER = "gate_challenger";
    private static final String CHAMPION = "gate_champion";

    /** The scores of one row. */
    private record Scored(long hash, double weight, double challenger, double champion) {}

    /**
     * Scores the rows of the gate.
     *
     * @param champion absent: the challenger is only measured
     * @param championLow the champion's own {@code low}; NaN if it is unknown
     * @throws UsageException if the two models have no measure in common
     * @throws DataException if the gate has no rows
     */
    static Comparison of(
            JobContext context,
            SavedModel challenger,
            Optional<SavedModel> champion,
            double championLow) {
        JobConfiguration configuration = context.configuration();
        ScoreColumn measure = measure(challenger, champion);
        List<Scored> scored =
                TableSettings.inData(
                        configuration, () -> scored(context, challenger, champion, measure));
        if (scored.isEmpty()) {
            throw new DataException(
                    "the table has no usable rows to compare versions on; gate.fraction is %s"
                            .formatted(configuration.gate().fraction()));
        }
        return summary(scored, measure, champion.isPresent(), championLow, configuration);
    }

    /** Returns the measure that both models have. */
    private static ScoreColumn measure(SavedModel challenger, Optional<SavedModel> champion) {
        boolean sameType =
                champion.map(SavedModel::type).map(challenger.type()::equals).orElse(true);
        ScoreColumn measure = sameType ? ScoreColumn.ANOMALY : ScoreColumn.LOG_DENSITY;
        if (sameType && !challenger.model().offers(measure)) {
            throw new UsageException(
                    "models of type %s give no score of a row, so versions of them cannot be compared; publish with --force"
                            .formatted(challenger.type()));
        }
        if (!sameType
                && !(challenger.model().offers(measure)
                        && champion.orElseThrow().model().offers(measure))) {
            throw new UsageException(
                    "the champion is of type %s and the run of type %s, which do not both give a log density, so they cannot be compared; publish with --force"
                            .formatted(champion.orElseThrow().type(), challenger.type()));
        }
        champion.ifPresent(other -> requireComparable(challenger, other));
        return measure;
    }

    private static void requireComparable(SavedModel challenger, SavedModel champion) {
        boolean unit = challenger.scaling().kind() == Scale.UNIT;
        if (unit != (champion.scaling().kind() == Scale.UNIT)) {
            throw new UsageException(
                    "data.scale = unit leaves no density over the columns, so a version with it"
                            + " cannot be compared with one without it; publish with --force");
        }
    }

    private static List<Scored> scored(
            JobContext context,
            SavedModel challenger,
            Optional<SavedModel> champion,
            ScoreColumn measure) {
        JobConfiguration configuration = context.configuration();
        DataSection data = configuration.data();
        Dataset<Row> table =
                new TableReader(context.spark(), data).read(challenger.model().numFeatures());
        StructType schema = table.schema();
        FeatureColumns own = TableSettings.columns(schema, data);
        Dataset<Row> gate =
                table.filter(TableSettings.inGate(schema, configuration))
                        .withColumn(
                                HASH,
                                RowRoles.hash(schema, own, TableSettings.whole(configuration)))
                        .withColumn(
                                WEIGHT,
                                RowRoles.weight(schema, TableSettings.whole(configuration)));
        long rows = gate.count();
        double share = configuration.gate().maxRows() / (double) Math.max(1, rows);
        Dataset<Row> both =
                with(
                        gate.filter(RowRoles.sampled(col(HASH), share)),
                        challenger,
                        measure,
                        CHALLENGER,
                        data);
        both =
                champion.isPresent()
                        ? with(both, champion.get(), measure, CHAMPION, data)
                        : both.withColumn(CHAMPION, lit(Double.NaN));
        return both.select(HASH, WEIGHT, CHALLENGER, CHAMPION).collectAsList().stream()
                .map(
                        row ->
                                new Scored(
                                        row.getLong(0),
                                        row.getDouble(1),
                                        row.getDouble(2),
                                        row.getDouble(3)))
                .filter(row -> row.weight() > 0)
                .sorted(
                        Comparator.comparingLong(Scored::hash)
                                .thenComparingDouble(Scored::challenger)
                                .thenComparingDouble(Scored::champion)
                                .thenComparingDouble(Scored::weight))
                .toList();
    }

    /** Adds the score of a model in the units of the table. */
    private static Dataset<Row> with(
            Dataset<Row> rows,
            SavedModel saved,
            ScoreColumn measure,
            String name,
            DataSection data) {
        FeatureColumns columns = TableSettings.columns(saved, rows.schema(), data);
        Dataset<Row> scored =
                new Scores(saved, List.of(measure), false).of(rows, columns, data.invalid());
        Column score = SchemaColumns.column(measure.toString());
        Column higherIsBetter = measure == ScoreColumn.ANOMALY ? score.multiply(-1) : score;
        return scored.withColumn(name, higherIsBetter.plus(logJacobian(saved, columns)))
                .drop(measure.toString());
    }

    /** Returns the change of the log density of a row by the scaling of its observed values. */
    private static Column logJacobian(SavedModel saved, FeatureColumns columns) {
        Scaling scaling = saved.scaling();
        if (scaling.kind() == Scale.NONE
                || scaling.kind() == Scale.UNIT
                || !saved.model().offers(ScoreColumn.LOG_DENSITY)) {
            return lit(0.0);
        }
        double[] factor = scaling.factor();
        UDF1<scala.collection.Seq<Double>, Double> sum =
                numbers -> {
                    double logs = 0;
                    for (int j = 0; j < factor.length; j++) {
                        boolean observed = Double.isFinite(numbers.apply(j));
                        logs += observed ? Math.log(Math.abs(factor[j])) : 0;
                    }
                    return logs;
                };
        return udf(sum, DataTypes.DoubleType).apply(columns.numbers());
    }

    private static Comparison summary(
            List<Scored> scored,
            ScoreColumn measure,
            boolean compared,
            double championLow,
            JobConfiguration configuration) {
        int keys = (int) scored.stream().mapToLong(Scored::hash).distinct().count();
        double[] sums = new double[keys];
        double[] weights = new double[keys];
        double mean = 0;
        double championMean = 0;
        double weight = 0;
        long below = 0;
        int key = -1;
        for (int i = 0; i < scored.size(); i++) {
            Scored row = scored.get(i);
            key += i == 0 || row.hash() != scored.get(i - 1).hash() ? 1 : 0;
            double challenger = bounded(row.challenger());
            double champion = bounded(row.champion());
            sums[key] += row.weight() * (challenger - champion);
            weights[key] += row.weight();
            mean += row.weight() * challenger;
            championMean += row.weight() * champion;
            weight += row.weight();
            below += champion < championLow ? 1 : 0;
        }
        double[] scores = scored.stream().mapToDouble(Scored::challenger).sorted().toArray();
        return new Comparison(
                measure.toString(),
                scored.size(),
                mean / weight,
                compared ? championMean / weight : Double.NaN,
                compared ? (mean - championMean) / weight : Double.NaN,
                compared
                        ? PairedBootstrap.lower(
                                sums,
                                weights,
                                configuration.gate().confidence(),
                                configuration.train().seed())
                        : Double.NaN,
                scores[(int) (LOW * scores.length)],
                compared && !Double.isNaN(championLow)
                        ? (double) below / scored.size()
                        : Double.NaN);
    }

    /** Returns a score that is finite: a density that underflows counts as the lowest one. */
    private static double bounded(double score) {
        return Double.isNaN(score) ? FLOOR : Math.max(FLOOR, Math.min(-FLOOR, score));
    }

    /** Returns whether the challenger is better than the champion by the margin. */
    boolean isBetter(GateSection gate) {
        return Double.isNaN(gain) || lower > gate.margin();
    }

    /** Returns the result of the comparison as a sentence. */
    String sentence(GateSection gate) {
        return Double.isNaN(gain)
                ? text("there is no champion; the mean score is %.4f on %d rows", mean, rows)
                : text(
                        "the mean gain is %.4f, with %.0f%% confidence above %.4f, which is %s"
                                + " gate.margin = %s (%d rows)",
                        gain,
                        100 * gate.confidence(),
                        lower,
                        isBetter(gate) ? "above" : "not above",
                        gate.margin(),
                        rows);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
