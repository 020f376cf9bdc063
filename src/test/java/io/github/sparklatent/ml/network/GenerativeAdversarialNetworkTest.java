package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Estimator of generative adversarial networks. */
@Tag("slow")
class GenerativeAdversarialNetworkTest {
    private static final int ROWS = 60;

    private static Dataset<Row> table;
    private static GenerativeAdversarialNetworkModel model;

    @BeforeAll
    static void fit() {
        LocalSpark.session();
        table = Tables.rows(ROWS);
        model = estimator().fit(table);
    }

    private static GenerativeAdversarialNetwork estimator() {
        return Tables.small(new GenerativeAdversarialNetwork("gan"))
                .setDecoder("4")
                .setDiscriminator("3")
                .setDiscriminatorLearningRate(2e-2)
                .setLabelSmoothing(0.1)
                .setSpectralNormalization(true)
                .setMaxEpochs(2);
    }

    @Test
    void theDiscriminatorStepsByItsOwnRate() {
        float[] found = model.network().parameters();
        float[] other = estimator()
                .setDiscriminatorLearningRate(1e-2)
                .fit(table)
                .network()
                .parameters();
        assertThat(other).isNotEqualTo(found);
    }

    @Test
    void aPenaltyChangesTheGame() {
        float[] found = model.network().parameters();
        float[] other = estimator().setGradientPenalty(0.1).fit(table).network().parameters();
        assertThat(other).isNotEqualTo(found);
    }
}
