package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The Estimator of variational autoencoders with a classifier of their codes. */
class ClusteringVariationalAutoencoderTest
        extends NetworkContract<
                ClusteringVariationalAutoencoder, ClusteringVariationalAutoencoderModel> {
    @Override
    ClusteringVariationalAutoencoder estimator() {
        return small(new ClusteringVariationalAutoencoder("cluster-vae"))
                .setEncoder("4")
                .setK(3)
                .setClassifier("3")
                .setStages(
                        "[{ name = autoencoder, maxEpochs = 2 }, { name = fixed, maxEpochs = 1 },"
                                + " { name = clustering, maxEpochs = 1 }]")
                .setRestarts(2);
    }

    @Override
    ClusteringVariationalAutoencoderModel load(String path) {
        return ClusteringVariationalAutoencoderModel.load(path);
    }

    @Override
    List<String> columns() {
        return List.of("probability", "prediction", "latent", "anomalyScore");
    }

    @Override
    List<String> measures() {
        return List.of("elbo", "reconstruction", "kl", "meanSquaredError");
    }

    @Override
    List<String> stages() {
        return List.of("autoencoder", "fixed", "clustering");
    }

    @Test
    void drawsFromOneComponent() {
        List<Row> first = model().sample(4, 5, true, 0).collectAsList();
        assertThat(model().sample(4, 5, true, 2).collectAsList()).isNotEqualTo(first);
        assertThatThrownBy(() -> model().sample(4, 5, true, -1))
                .hasMessage("component is -1, expected 0 to 2");
    }
}
