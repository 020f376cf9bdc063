package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.scoring.NetworkFit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Estimator of variational autoencoders with mixtures. */
@Tag("slow")
class MixtureVariationalAutoencoderTest {
    private static final int ROWS = 60;

    private static Dataset<Row> table;
    private static MixtureVariationalAutoencoderModel model;

    @BeforeAll
    static void fit() {
        table = Tables.rows(ROWS);
        model = estimator().fit(table);
    }

    private static MixtureVariationalAutoencoder estimator() {
        return Tables.small(new MixtureVariationalAutoencoder("mog-vae"))
                .setEncoder("4")
                .setK(3)
                .setStages("[{ name = autoencoder, maxEpochs = 2 }, { name = encoder, maxEpochs = 1 },"
                        + " { name = decoder, maxEpochs = 2, adversarialWeight = 0.1 },"
                        + " { name = joint, maxEpochs = 1 }]")
                .setDiscriminator("3")
                .setLatentVarianceCol("variance")
                .setReconstructionCol("back")
                .setReconstructionErrorCol("error");
    }

    /** Without the stages before it, nobody asks the discriminator. */
    private MixtureVariationalAutoencoder jointAlone() {
        MixtureVariationalAutoencoder estimator = estimator().setStages("{ name = joint, maxEpochs = 1 }");
        estimator.clear(estimator.discriminator());
        return estimator;
    }

    @Test
    void onlyTheStagesThatAreNamedAreRun() {
        NetworkFit fit = jointAlone().fit(table).fitRecord().orElseThrow();
        assertThat(fit.stages()).hasSize(1);
        assertThat(fit.stages().get(0).name()).isEqualTo("joint");
        assertThat(model.fitRecord().orElseThrow().rounds()).isEqualTo(6);
    }

    /** The recipe of an autoencoder's codes has weights of its own. */
    @Test
    void weightsStartAsTheStagesAsk() {
        assertThat(model.network().architecture().initialization()).isEqualTo(Initialization.XAVIER_UNIFORM);
        assertThat(jointAlone().fit(table).network().architecture().initialization())
                .isEqualTo(Initialization.HE_UNIFORM);
    }
}
