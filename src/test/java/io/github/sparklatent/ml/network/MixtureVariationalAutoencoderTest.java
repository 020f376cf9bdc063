package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.ScoreColumn;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.network.record.NetworkFit;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.vae.cluster.ClusteringRecipe;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The Estimator of variational autoencoders with mixtures. */
class MixtureVariationalAutoencoderTest
        extends NetworkContract<MixtureVariationalAutoencoder, MixtureVariationalAutoencoderModel> {
    @Override
    MixtureVariationalAutoencoder estimator() {
        return small(new MixtureVariationalAutoencoder("mog-vae"))
                .setEncoder("4")
                .setK(3)
                .setStages(
                        "[{ name = autoencoder, maxEpochs = 2 }, { name = encoder, maxEpochs = 1 },"
                                + " { name = decoder, maxEpochs = 2, adversarialWeight = 0.1 },"
                                + " { name = joint, maxEpochs = 1 }]")
                .setDiscriminator("3")
                .setLatentVarianceCol("variance")
                .setReconstructionCol("back")
                .setReconstructionErrorCol("error");
    }

    @Override
    MixtureVariationalAutoencoderModel load(String path) {
        return MixtureVariationalAutoencoderModel.load(path);
    }

    @Override
    List<String> columns() {
        return List.of(
                "probability", "prediction", "latent", "variance", "back", "error", "anomalyScore");
    }

    @Override
    List<String> measures() {
        return List.of("elbo", "reconstruction", "kl", "meanSquaredError");
    }

    @Override
    List<String> stages() {
        return List.of("autoencoder", "encoder", "decoder", "joint");
    }

    /** Without the stages before it, nobody asks the discriminator. */
    private MixtureVariationalAutoencoder jointAlone() {
        MixtureVariationalAutoencoder estimator =
                estimator().setStages("{ name = joint, maxEpochs = 1 }");
        estimator.clear(estimator.discriminator());
        return estimator;
    }

    @Test
    void onlyTheStagesThatAreNamedAreRun() {
        NetworkFit fit = jointAlone().fit(table()).fitRecord().orElseThrow();
        assertThat(fit.stages()).hasSize(1);
        assertThat(fit.stages().get(0).name()).isEqualTo("joint");
        assertThat(model().fitRecord().orElseThrow().rounds()).isEqualTo(6);
    }

    /** The recipe of an autoencoder's codes has weights of its own. */
    @Test
    void weightsStartAsTheStagesAsk() {
        assertThat(model().network().architecture().initialization())
                .isEqualTo(Initialization.XAVIER_UNIFORM);
        assertThat(jointAlone().fit(table()).network().architecture().initialization())
                .isEqualTo(Initialization.HE_UNIFORM);
    }

    @Test
    void howTheComponentsAreFoundIsAChoice() {
        assertThat(estimator().setStart("mixture").fit(table()).network().parameters())
                .isNotEqualTo(model().network().parameters());
        MixtureVariationalAutoencoder asked = estimator().setRestarts(3).setStartRows(7);
        assertThat(asked.setStart("mixture").fit(table()).network().parameters())
                .isNotEqualTo(estimator().setStart("mixture").fit(table()).network().parameters());
        MixtureVariationalAutoencoder plain = new MixtureVariationalAutoencoder("plain");
        assertThat(plain.getStart()).isEqualTo(ClusteringRecipe.DEFAULT.start().toString());
        assertThat(plain.getRestarts()).isEqualTo(ClusteringRecipe.DEFAULT.restarts());
        assertThat(plain.getStartRows()).isEqualTo(ClusteringRecipe.DEFAULT.startRows());
        assertThatThrownBy(() -> estimator().setStart("anyhow"))
                .hasMessage("start is \"anyhow\", must be over-clustering or mixture");
    }

    @Test
    void drawsFromOneComponent() {
        List<Row> first = model().sample(4, 5, true, 0).collectAsList();
        assertThat(model().sample(9, 5, true, 0).collectAsList().subList(0, 4)).isEqualTo(first);
        assertThat(model().sample(4, 5, true, 1).collectAsList()).isNotEqualTo(first);
        assertThat(model().sample(4, 5, true).collectAsList()).hasSize(4);
        assertThatThrownBy(() -> model().sample(4, 5, true, 3))
                .hasMessage("component is 3, expected 0 to 2");
    }

    @Test
    void columnsMayBeChosen() {
        assertThat(
                        model().withColumns(Map.of(ScoreColumn.COMPONENT, "cluster"))
                                .transform(table())
                                .columns())
                .containsExactly("id", "features", "weight", "cluster");
    }

    @Test
    void whatDoesNotFitIsTold() {
        assertThatThrownBy(() -> estimator().setK(1)).hasMessage("k is 1, must be an integer >= 2");
        assertThatThrownBy(
                        () -> estimator().setStages("{ name = decoder, adversarialWeight = -1 }"))
                .hasMessage(
                        "stages has a stage decoder whose adversarialWeight is -1, must be a number"
                                + " >= 0");
        assertThatThrownBy(() -> estimator().setStages("{ name = joint }").fit(table()))
                .hasMessageContaining(
                        "model.discriminator is set, but no stage has an adversarialWeight > 0");
        assertThatThrownBy(() -> estimator().setStages("[]"))
                .hasMessageStartingWith("stages is an empty list, must be a list of ");
        assertThatThrownBy(() -> estimator().setK(100).fit(table()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected at least 100, one for each component");
    }
}
