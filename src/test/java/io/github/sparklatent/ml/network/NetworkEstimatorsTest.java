package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.scoring.StageFit;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Settings that one network estimator has alone. */
@Tag("slow")
class NetworkEstimatorsTest {
    private final Dataset<Row> table = Tables.rows(60);

    @Test
    void theFixedStageOfAnEmbeddingMayBeLeftOutAndTheStartIsAChoice() {
        VariationalDeepEmbedding estimator = Tables.small(new VariationalDeepEmbedding("vade"))
                .setEncoder("4")
                .setK(3)
                .setStages("[{ name = autoencoder, maxEpochs = 2 }, { name = fixed, maxEpochs = 1 },"
                        + " { name = clustering, maxEpochs = 1 }]")
                .setRestarts(2);
        float[] whole = estimator.fit(table).network().parameters();
        VariationalDeepEmbeddingModel paper = estimator
                .setStages("[{ name = autoencoder, maxEpochs = 2 }, { name = clustering, maxEpochs = 1 }]")
                .setStart("mixture")
                .setInformationWeight(0)
                .fit(table);
        assertThat(paper.fitRecord().orElseThrow().stages().stream().map(StageFit::name))
                .containsExactly("autoencoder", "clustering");
        assertThat(paper.network().parameters()).isNotEqualTo(whole);
        assertThat(paper.sample(3, 1, false, 2).count()).isEqualTo(3);
    }

    @Test
    void theStepSizeOfADeepLatentGaussianModelIsTrained() {
        float[] adapted = Tables.small(new DeepLatentGaussian("dlgm"))
                .setEncoder("4")
                .setMaxEpochs(4)
                .setChainSteps(2)
                .setLeapfrogSteps(3)
                .setImportanceSamples(20)
                .fit(table)
                .network()
                .parameters();
        assertThat(adapted[adapted.length - 1]).isNotZero();
    }

    private static GenerativeAdversarialNetwork gan() {
        return Tables.small(new GenerativeAdversarialNetwork("gan"))
                .setDecoder("4")
                .setDiscriminator("3")
                .setDiscriminatorLearningRate(2e-2)
                .setLabelSmoothing(0.1)
                .setSpectralNormalization(true)
                .setMaxEpochs(2);
    }

    @Test
    void theDiscriminatorsRateAndAPenaltyChangeTheGame() {
        float[] found = gan().fit(table).network().parameters();
        for (var other : List.of(gan().setDiscriminatorLearningRate(1e-2), gan().setGradientPenalty(0.1))) {
            assertThat(other.fit(table).network().parameters())
                    .as(other.explainParams())
                    .isNotEqualTo(found);
        }
    }
}
