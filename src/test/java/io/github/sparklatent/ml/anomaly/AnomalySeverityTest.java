package io.github.sparklatent.ml.anomaly;

import static org.apache.spark.sql.functions.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.scoring.ReferenceScores;
import io.github.sparklatent.scoring.ScoreDistribution;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class AnomalySeverityTest {
    private final SparkSession spark = LocalSpark.session();

    @TempDir
    Path directory;

    private Dataset<Row> scores(Double... scores) {
        return spark.createDataset(List.of(scores), Encoders.DOUBLE()).toDF("anomalyScore");
    }

    private Dataset<Row> thousand(int partitions) {
        return scores(DoubleStream.iterate(1, x -> x + 1).limit(1000).boxed().toArray(Double[]::new))
                .repartition(partitions);
    }

    private static ScoreDistribution known(Dataset<Row> scores) {
        return CountedScores.of(scores).with(ReferenceScores.of(), 0.01);
    }

    @Test
    void rowsAboveTheAlertRateAreAnomalies() {
        AnomalySeverity stage = new AnomalySeverity("severity", known(thousand(3)));

        List<Row> rows = stage.transform(scores(0.0, 500.5, 989.0, 992.0, 2000.0, Double.NaN))
                .collectAsList();

        assertThat(rows.get(0).getDouble(1)).isZero();
        assertThat(rows.get(1).getDouble(1)).isBetween(49.9, 50.1);
        assertThat(rows.get(4).getDouble(1)).isEqualTo(100);
        assertThat(rows).extracting(row -> row.getBoolean(2)).containsExactly(false, false, false, true, true, false);
        assertThat(stage.setThreshold(500).transform(scores(499.0, 501.0)).collectAsList())
                .extracting(row -> row.getBoolean(2))
                .containsExactly(false, true);
    }

    @Test
    void theDistributionDoesNotDependOnPartitions() {
        ScoreDistribution one = known(thousand(1));
        ScoreDistribution eight = known(thousand(8));

        assertThat(one.scores()).isEqualTo(eight.scores());
        assertThat(one.shares()).isEqualTo(eight.shares());
    }

    @Test
    void aSavedStageGivesTheSameColumns() throws Exception {
        AnomalySeverity stage = new AnomalySeverity(
                        "severity", ReferenceScores.of().with(CountedScores.of(thousand(2)), 0.01))
                .setAlertRate(0.05)
                .setSeverityCol("percent");
        String path = directory.resolve("stage").toString();
        stage.write().save(path);

        AnomalySeverity loaded = AnomalySeverity.load(path);

        assertThat(loaded.getThreshold()).isEqualTo(stage.getThreshold());
        assertThat(loaded.referenceRows().scores().rows()).isEqualTo(1000);
        assertThat(loaded.referenceRows().scores().heldOut()).isTrue();
        Dataset<Row> table = scores(3.0, 950.0, 951.0);
        assertThat(loaded.transform(table).collectAsList())
                .isEqualTo(stage.transform(table).collectAsList());
        assertThat(loaded.transform(table).schema()).isEqualTo(loaded.transformSchema(table.schema()));
    }

    /** Weights between 1 and 4 have two exponents, so 5 scores give 10 sums at most. */
    @Test
    void weightsOfManyDigitsAreSummedOnTheWorkers() {
        Dataset<Row> rows = spark.range(2000)
                .selectExpr("double(id % 5) anomaly", "double(1 + 3 * (id * 0.6180339887 % 1)) weight");
        assertThat(CountedScores.count(rows).size()).isEqualTo(10);
        ReferenceScores one = CountedScores.of(rows.repartition(1));
        ReferenceScores many = CountedScores.of(rows.repartition(7));
        assertThat(many.rows())
                .isEqualTo(one.rows())
                .isCloseTo(rows.agg(sum("weight")).first().getDouble(0), within(1e-5));
    }

    @Test
    void scoresThatAreMissingAreRefused() {
        assertThatThrownBy(() -> known(scores(Double.NaN)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no row has an anomaly score");
        assertThatThrownBy(() -> new AnomalySeverity("severity", known(thousand(1)))
                        .transform(spark.range(1).toDF("id")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("anomalyScore");
    }

    /**
     * Rows have a scale each, so many cells are far out together: a normal distribution expects fewer. Tied components
     * overlap, the more the fewer cells there are.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void rowsWithHalfOfTheirCellsHaveAsManyAlerts(int components) {
        int d = 12;
        GaussianMixtureModel model = new GaussianMixture()
                .setK(components)
                .setCovariance("tied")
                .setMaxIter(20)
                .setHandleInvalid("keep")
                .setIsAnomalyCol("isAnomaly")
                .fit(scaled(1, 6_000, d, d));
        for (int cells : new int[] {d, d - 1, d / 2, d / 3}) {
            Dataset<Row> scored = model.transform(scaled(2, 20_000, d, cells));
            assertThat(scored.where("isAnomaly").count() / 20_000.0)
                    .as("%d cells", cells)
                    .isBetween(0.005, 0.02);
        }
    }

    /** Draws rows that have some of their cells. */
    private Dataset<Row> scaled(long seed, int rows, int width, int cells) {
        Random random = new Random(seed);
        return LocalSpark.table(
                spark,
                new StructType().add("features", SQLDataTypes.VectorType()),
                IntStream.range(0, rows)
                        .mapToObj(i -> {
                            double scale = Math.exp(0.5 * random.nextGaussian());
                            double[] row = random.doubles(width)
                                    .map(x -> scale * random.nextGaussian())
                                    .toArray();
                            for (int j = cells; j < row.length; j++) {
                                row[(i + 5 * j) % row.length] = Double.NaN;
                            }
                            return new Object[] {Vectors.dense(row)};
                        })
                        .toArray(Object[][]::new));
    }
}
