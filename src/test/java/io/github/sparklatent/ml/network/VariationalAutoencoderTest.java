package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
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
                .setLatentCol("latent")
                .setEncoder("5")
                .setMaxEpochs(4)
                .setRoundsPerEpoch(2)
                .setBatchSize(16)
                .setNumPartitions(2)
                .setLearningRate(1e-2);
    }

    @BeforeAll
    static void fit() {
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
        assertThat(fit.measures()).containsExactly("elbo", "reconstruction", "kl", "activeUnits", "meanSquaredError");
        assertThat(fit.rounds()).isEqualTo(8);
        List<Double> losses = fit.last().lossHistory();
        assertThat(losses).hasSize(8);
        assertThat(fit.holdout()).hasSize(5);
        assertThat(losses.get(7)).as("training has made the loss smaller").isLessThan(losses.get(0));
    }

    /**
     * (z − μ)² / σ² of n draws has the mean 1 and the variance 2 / n; five deviations are allowed. The seed is fixed.
     */
    @Test
    void aDrawnCodeFollowsFromTheRowAlone() {
        VariationalAutoencoderModel drawing =
                model.copy(ParamMap.empty()).setLatentVarianceCol("variance").setLatentSampleCol("z");
        List<Row> drawn = drawn(drawing.transform(table.repartition(1)));
        assertThat(drawn(drawing.transform(table.repartition(5)))).isEqualTo(drawn);
        assertThat(drawn(drawing.setSeed(2).transform(table))).isNotEqualTo(drawn);
        double squares = drawn.stream()
                .mapToDouble(row -> IntStream.range(0, 2)
                        .mapToDouble(j -> {
                            double z = ((Vector) row.getAs("z")).apply(j) - ((Vector) row.getAs("latent")).apply(j);
                            return z * z / ((Vector) row.getAs("variance")).apply(j);
                        })
                        .sum())
                .sum();
        int n = 2 * drawn.size();
        assertThat(squares / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
    }

    private static List<Row> drawn(Dataset<Row> scored) {
        return scored.orderBy("id").select("latent", "variance", "z").collectAsList();
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
}
