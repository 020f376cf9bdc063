package io.github.sparklatent.ml.network;

import static org.apache.spark.sql.functions.avg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.evaluation.AnomalyEvaluator;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.ScoringOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Estimators of autoencoders as stages of spark.ml. */
@Tag("slow")
class VariationalAutoencoderTest {
    private static Dataset<Row> table;
    private static VariationalAutoencoderModel model;

    private static VariationalAutoencoder small() {
        return new VariationalAutoencoder("vae")
                .setLatent(2)
                .setEncoder("5")
                .setMaxEpochs(4)
                .setRoundsPerEpoch(2)
                .setBatchSize(16)
                .setNumPartitions(2)
                .setLearningRate(1e-2);
    }

    @BeforeAll
    static void fit() {
        LocalSpark.session();
        table = Tables.rows(128);
        model = small().setHoldoutFraction(0.2).fit(table);
    }

    @Test
    void theModelIsTheEstimators() {
        assertThat(model.uid()).isEqualTo("vae");
        assertThat(model.hasParent()).isTrue();
        assertThat(model.getEncoder()).containsExactly("5");
        assertThat(model.numFeatures()).isEqualTo(2);
        NetworkFit fit = model.fitRecord().orElseThrow();
        assertThat(fit.measures()).containsExactly("elbo", "reconstruction", "kl", "meanSquaredError");
        assertThat(fit.rounds()).isEqualTo(8);
        assertThat(fit.lossHistory()).hasSize(8);
        assertThat(fit.holdout()).hasSize(4);
        assertThat(fit.lossHistory().get(7))
                .as("training has made the loss smaller")
                .isLessThan(fit.lossHistory().get(0));
    }

    @Test
    void columnsAreThoseThatAreNamed() {
        Dataset<Row> all = model.copy(ParamMap.empty())
                .setLatentVarianceCol("variance")
                .setReconstructionCol("back")
                .setReconstructionErrorCol("error")
                .transform(table);
        assertThat(all.columns())
                .containsExactly("id", "features", "weight", "latent", "variance", "back", "error", "anomalyScore");
        Row row = all.first();
        Vector features = row.getAs("features");
        Vector back = row.getAs("back");
        double error = 0;
        for (int j = 0; j < 2; j++) {
            error += Math.pow((float) features.apply(j) - back.apply(j), 2) / 2;
        }
        // One float's rounding of numbers up to ten, squared: far under 1e-4.
        assertThat(row.<Double>getAs("error")).isCloseTo(error, within(1e-4));
        Vector variance = row.getAs("variance");
        assertThat(Arrays.stream(variance.toArray()).filter(value -> value > 0).count())
                .isEqualTo(2);
        Dataset<Row> none = model.copy(ParamMap.empty())
                .setLatentCol("")
                .setAnomalyScoreCol("")
                .transform(table);
        assertThat(none.columns()).isEqualTo(table.columns());
        assertThat(all.schema())
                .isEqualTo(model.copy(ParamMap.empty())
                        .setLatentVarianceCol("variance")
                        .setReconstructionCol("back")
                        .setReconstructionErrorCol("error")
                        .transformSchema(table.schema()));
    }

    /**
     * Counts near 1,000 and near 3: a learning rate of 1e-9 leaves the decoder where it starts. The outputs beside the
     * biases are of codes near 0.
     */
    @Test
    void countsStartAtTheCentresOfTheirColumns() {
        List<Row> rows = IntStream.range(0, 64)
                .mapToObj(i -> RowFactory.create((long) i, Vectors.dense(990 + i % 21, i % 7), 1.0))
                .toList();
        Dataset<Row> counts = LocalSpark.session().createDataFrame(rows, Tables.SCHEMA);
        VariationalAutoencoderModel started = small().setLikelihood("poisson")
                .setMaxEpochs(1)
                .setLearningRate(1e-9)
                .fit(counts);
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        started.network().scorer(1, ScoringOptions.DEFAULT).decode(new FMatrixRMaj(1, 2), mean);
        assertThat((double) mean.get(0, 0)).isCloseTo(1000, within(5.0));
        assertThat((double) mean.get(0, 1)).isBetween(2.0, 4.0);
    }

    @Test
    void aCrossValidatorChooses() {
        VariationalAutoencoder vae = small().setMaxEpochs(1);
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(vae.learningRate(), new double[] {1e-6, 3e-2})
                .build();
        var chosen = new CrossValidator()
                .setEstimator(vae)
                .setEvaluator(new AnomalyEvaluator())
                .setEstimatorParamMaps(grid)
                .setNumFolds(2)
                .setSeed(1)
                .fit(table);
        VariationalAutoencoderModel best = (VariationalAutoencoderModel) chosen.bestModel();
        assertThat(best.getLearningRate()).as("the other has hardly moved").isEqualTo(3e-2);
        assertThat(Arrays.stream(chosen.avgMetrics()).min().orElseThrow()).isEqualTo(chosen.avgMetrics()[1]);
    }

    @Test
    void theEvaluatorIsTheMeanOfTheScores() {
        Dataset<Row> scored = model.transform(table);
        assertThat(new AnomalyEvaluator().evaluate(scored))
                .isCloseTo(scored.agg(avg("anomalyScore")).first().getDouble(0), within(1e-9));
    }

    @Test
    void samplesFollowFromTheirIndex() {
        List<Row> few = model.sample(3, 5, true).collectAsList();
        List<Row> more = model.sample(40, 5, true).collectAsList();
        assertThat(more.subList(0, 3)).isEqualTo(few);
        assertThat(model.sample(3, 5, false).collectAsList()).isNotEqualTo(few);
    }

    @Test
    void aPlainAutoencoder() {
        AutoencoderModel plain = new Autoencoder()
                .setLatent(1)
                .setEncoder()
                .setActivation("linear")
                .setMaxEpochs(1)
                .setNumPartitions(1)
                .setCorruption("gaussian")
                .setCorruptionLevel(0.1)
                .fit(table);
        assertThat(plain.transform(table).columns()).contains("latent", "anomalyScore");
        assertThat(plain.fitRecord().orElseThrow().measures()).containsExactly("loss", "meanSquaredError");
        assertThat(plain.explainParams()).contains("corruption").doesNotContain("betaWarmUp");
    }

    /** Some of the rows are held out. */
    @Test
    void morePartitionsThanTrainingRowsAreRefused() {
        assertThatThrownBy(() ->
                        small().setHoldoutFraction(0.2).setNumPartitions(128).fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("numPartitions is 128, but there are \\d+ training rows; expected at most"
                        + " as many partitions as rows, because each partition trains on its"
                        + " own rows");
    }

    @Test
    void whatDoesNotFitIsTold() {
        assertThatThrownBy(() -> small().setLikelihood("bernoulli").fit(table))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bernoulli expects values within [0, 1]");
        assertThatThrownBy(() -> small().setEncoder("wide"))
                .hasMessage("encoder has a layer that is \"wide\", must be an integer >= 1");
        assertThatThrownBy(() -> small().setFeaturesCol("nothing").fit(table))
                .hasMessageContaining("features column \"nothing\" does not exist");
        assertThatThrownBy(() -> small().setLatentCol("weight").fit(table))
                .hasMessageContaining("the table has a column \"weight\" already");
        assertThatThrownBy(() -> small().setLatent(0)).hasMessage("latent is 0, must be an integer >= 1");
    }
}
