package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The Estimator of variational autoencoders whose decoder plays against a discriminator. */
class AdversarialVariationalAutoencoderTest
        extends NetworkContract<
                AdversarialVariationalAutoencoder, AdversarialVariationalAutoencoderModel> {
    @Override
    AdversarialVariationalAutoencoder estimator() {
        return small(new AdversarialVariationalAutoencoder("vae-gan"))
                .setEncoder("4")
                .setDiscriminator("3")
                .setMaxEpochs(2)
                .setLatentVarianceCol("variance");
    }

    @Override
    AdversarialVariationalAutoencoderModel load(String path) {
        return AdversarialVariationalAutoencoderModel.load(path);
    }

    @Override
    List<String> columns() {
        return List.of("latent", "variance", "anomalyScore");
    }

    @Override
    List<String> measures() {
        return List.of(
                "elbo",
                "reconstruction",
                "kl",
                "meanSquaredError",
                "generatorLoss",
                "discriminatorLoss",
                "realAccuracy",
                "fakeAccuracy",
                "coverage");
    }

    @Override
    List<String> stages() {
        return List.of("game");
    }

    @Test
    void theWeightOfTheReconstructionCounts() {
        assertThat(estimator().setReconstructionWeight(3).fit(table()).network().parameters())
                .isNotEqualTo(model().network().parameters());
        assertThat(model().sample(5, 2, false).count()).isEqualTo(5);
        assertThatThrownBy(() -> estimator().setReconstructionWeight(-1))
                .hasMessage("reconstructionWeight is -1.0, must be a number >= 0");
    }
}
