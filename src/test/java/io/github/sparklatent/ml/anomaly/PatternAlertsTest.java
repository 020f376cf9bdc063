package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.columns.ScoreColumn;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.linear.ProbabilisticPca;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.grouped.GroupedMixture;
import io.github.sparklatent.ml.mixture.mixed.Mixture;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import io.github.sparklatent.scoring.KnownScores;
import io.github.sparklatent.scoring.PatternDistributions;
import io.github.sparklatent.scoring.PatternDistributions.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The share of alerts is the alert rate among the rows of each pattern of missing cells. */
@Tag("slow")
class PatternAlertsTest {
    private static final int ROWS = 20_000;
    private static final double RATE = 0.01;

    /**
     * Three standard errors. Each of the known rows, the fresh rows and the drawn rows has an error of √(0.01 · 0.99 /
     * n), with n of 20,000, 20,000 and 8,192.
     */
    private static final double ERROR = 3 * Math.sqrt(RATE * (2.0 / ROWS + 1.0 / 8192));

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("features", SQLDataTypes.VectorType())
            .add("weight", DataTypes.DoubleType)
            .add("shop", DataTypes.StringType);

    /** A row of a group, 0 or 1. */
    private interface Draw {
        double[] row(Random random, int group);
    }

    /** Two groups, in which two columns have the correlation 0.9999. */
    private static double[] precise(Random random, int group) {
        double x = random.nextGaussian();
        double y = 0.9999 * x + Math.sqrt(1 - 0.9999 * 0.9999) * random.nextGaussian();
        return new double[] {x + 6 * group, y - 6 * group, random.nextGaussian()};
    }

    /** A number, another that follows from it, a category and a count. */
    private static double[] mixed(Random random, int group) {
        double x = random.nextGaussian();
        double level = random.nextDouble() < 0.8 ? group : 2;
        return new double[] {
            x + 6 * group, 2 * x - 6 * group + 0.02 * random.nextGaussian(), level, poisson(random, 3 + 9 * group)
        };
    }

    private static double poisson(Random random, double mean) {
        int count = -1;
        for (double time = 0; time < mean; count++) {
            time -= Math.log(1 - random.nextDouble());
        }
        return count;
    }

    /**
     * Returns rows; those of the second group have the weight 3.
     *
     * @param missing cells that are removed
     */
    private static Dataset<Row> table(Draw draw, long seed, int... missing) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int group = i % 2;
            double[] row = draw.row(random, group);
            Arrays.stream(missing).forEach(j -> row[j] = Double.NaN);
            rows.add(RowFactory.create((long) i, Vectors.dense(row), 1.0 + 2 * group, "shop " + group));
        }
        return LocalSpark.session().createDataFrame(rows, SCHEMA).repartition(2).cache();
    }

    private static Dataset<Row> scored(LatentModel<?> model, Dataset<Row> rows) {
        LatentModel<?> scorer = model.withColumns(Map.of(ScoreColumn.ANOMALY, "anomalyScore"));
        scorer.put("handleInvalid", "keep");
        return scorer.transform(rows);
    }

    /** The known rows are complete ones. */
    private static AnomalySeverity severity(LatentModel<?> model, Draw draw) {
        KnownScores known = CountedScores.of(scored(model, table(draw, 2)).select("anomalyScore", "weight"));
        return new AnomalySeverity(KnownScores.of().with(known, RATE));
    }

    private static void check(LatentModel<?> model, AnomalySeverity severity, Draw draw, int[]... patterns) {
        for (int[] pattern : patterns) {
            Row found = severity.transform(scored(model, table(draw, 3, pattern)))
                    .selectExpr("sum(if(isAnomaly, weight, 0)) / sum(weight)")
                    .first();
            assertThat(found.getDouble(0))
                    .as("alerts among rows without the columns %s", Arrays.toString(pattern))
                    .isCloseTo(RATE, within(ERROR));
        }
    }

    private static int[] of(int... columns) {
        return columns;
    }

    @Test
    void ofAMixtureOfGaussians() {
        LatentModel<?> model = new GaussianMixture()
                .setComponents(2)
                .setWeightCol("weight")
                .setNumPartitions(2)
                .fit(table(PatternAlertsTest::precise, 1));
        check(
                model,
                severity(model, PatternAlertsTest::precise),
                PatternAlertsTest::precise,
                of(),
                of(0),
                of(2),
                of(1, 2));
    }

    @Test
    void ofAMixtureOfMixedTypes() {
        LatentModel<?> model = new Mixture("mixture")
                .setK(2)
                .setWeightCol("weight")
                .setNumPartitions(2)
                .setNumbers("gaussian")
                .setPriorRows(0)
                .setCovariance("full")
                .setFamilies("{ \"features[2]\" = categorical, \"features[3]\" = poisson }")
                .fit(table(PatternAlertsTest::mixed, 1));
        check(model, severity(model, PatternAlertsTest::mixed), PatternAlertsTest::mixed, of(), of(0), of(1, 3), of(2));
    }

    @Test
    void ofAModelForEachGroup() {
        LatentModel<?> model = new GroupedMixture("grouped")
                .setEstimator(new GaussianMixture("gmm")
                        .setComponents(2)
                        .setMaxIter(20)
                        .setWeightCol("weight")
                        .setNumPartitions(2))
                .setGroupCols("shop")
                .fit(table(PatternAlertsTest::precise, 1));
        check(model, severity(model, PatternAlertsTest::precise), PatternAlertsTest::precise, of(), of(0), of(1, 2));
    }

    /** Two columns of one factor with small noise, and one of large noise. */
    private static double[] linear(Random random, int group) {
        double z = random.nextGaussian();
        return new double[] {
            z + 0.1 * random.nextGaussian(), 2 * z + 0.1 * random.nextGaussian(), 0.1 * random.nextGaussian()
        };
    }

    @Test
    void ofALinearModel() {
        LatentModel<?> model =
                new ProbabilisticPca().setLatent(1).setNumPartitions(2).fit(table(PatternAlertsTest::linear, 1));
        Draw draw = PatternAlertsTest::linear;
        check(model, severity(model, draw), draw, of(), of(0), of(2), of(0, 1));
    }

    /** A small network does not fit the table, so the rows of a pattern have their own scores. */
    @Test
    void ofANetworkThatKnowsThePatterns() {
        Draw draw = PatternAlertsTest::precise;
        LatentModel<?> model = new VariationalAutoencoder("vae")
                .put("latent", 2)
                .put("encoder", new String[] {"16"})
                .put("likelihood", "gaussian")
                .put("handleInvalid", "keep")
                .put("numPartitions", 2)
                .put("learningRate", 1e-2)
                .setMaxEpochs(5)
                .fit(table(draw, 1).union(table(draw, 4, 0)));
        Dataset<Row> known = scored(model, table(draw, 2).union(table(draw, 5, 0)));
        Dataset<Row> masked = scored(model, table(draw, 6, 2));
        PatternDistributions distributions = PatternDistributions.of(byPattern(known), byPattern(masked), RATE);
        AnomalySeverity severity = new AnomalySeverity("severity", distributions).setFeaturesCol("features");
        check(model, severity, draw, of(), of(0), of(2));
    }

    private static Map<String, Known> byPattern(Dataset<Row> scored) {
        return Known.of(
                CountedScores.byPattern(scored.withColumn("pattern", CountedScores.pattern(col("features")))
                        .select("anomalyScore", "weight", "pattern")),
                Map.of());
    }

    /** The drawn rows are the same in every process and partition. */
    @Test
    void aScoreDoesNotDependOnPartitions() {
        Draw draw = PatternAlertsTest::precise;
        LatentModel<?> model =
                new GaussianMixture().setComponents(2).setNumPartitions(2).fit(table(draw, 1));
        Dataset<Row> rows = table(draw, 3, 0).union(table(draw, 4, 1, 2)).limit(3000);
        assertThat(scored(model, rows.repartition(1)).orderBy("id", "features").collectAsList())
                .isEqualTo(scored(model, rows.repartition(5))
                        .orderBy("id", "features")
                        .collectAsList());
    }
}
