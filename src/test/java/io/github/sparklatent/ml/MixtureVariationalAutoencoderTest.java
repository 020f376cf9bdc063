package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.vae.cluster.ClusterSearch;
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
                .setPretrainingPasses(2)
                .setEncoderPasses(1)
                .setDecoderPasses(2)
                .setJointPasses(1)
                .setAdversarialWeight(0.1)
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
                "probability", "prediction", "latent", "variance", "back", "error", "anomaly");
    }

    @Override
    List<String> measures() {
        return List.of("elbo", "reconstruction", "kl", "meanSquaredError");
    }

    @Override
    List<String> stages() {
        return List.of("autoencoder", "encoder", "decoder", "joint");
    }

    @Test
    void aStageOfNoPassesIsLeftOut() {
        NetworkFit fit =
                estimator()
                        .setPretrainingPasses(0)
                        .setEncoderPasses(0)
                        .setDecoderPasses(0)
                        .setAdversarialWeight(0)
                        .fit(table())
                        .fitRecord()
                        .orElseThrow();
        assertThat(fit.stages()).hasSize(1);
        assertThat(fit.stages().get(0).name()).isEqualTo("joint");
        assertThat(model().fitRecord().orElseThrow().rounds()).isEqualTo(6);
    }

    /** As in a job: the recipe of an autoencoder's codes has weights of its own. */
    @Test
    void weightsStartAsTheStagesAsk() {
        assertThat(estimator().getInitialization()).isEqualTo("xavier-uniform");
        assertThat(model().network().architecture().initialization())
                .isEqualTo(Initialization.XAVIER_UNIFORM);
        MixtureVariationalAutoencoder alone = estimator().setPretrainingPasses(0);
        assertThat(alone.getInitialization()).isEqualTo("he-uniform");
        assertThat(alone.fit(table()).network().architecture().initialization())
                .isEqualTo(Initialization.HE_UNIFORM);
        assertThat(alone.setInitialization("xavier-uniform").getInitialization())
                .isEqualTo("xavier-uniform");
    }

    @Test
    void howTheComponentsAreFoundIsAChoice() {
        assertThat(estimator().setStart("mixture").fit(table()).network().parameters())
                .isNotEqualTo(model().network().parameters());
        MixtureVariationalAutoencoder asked = estimator().setRestarts(3).setStartRows(7);
        ClusteringRecipe recipe = ParamOptions.recipe(asked.setStart("mixture"));
        assertThat(recipe.start()).isEqualTo(ClusterSearch.MIXTURE);
        assertThat(recipe.restarts()).isEqualTo(3);
        assertThat(recipe.startRows()).isEqualTo(7);
        assertThat(asked.fit(table()).network().parameters())
                .isNotEqualTo(estimator().setStart("mixture").fit(table()).network().parameters());
        assertThat(ParamOptions.recipe(new MixtureVariationalAutoencoder("plain")))
                .isEqualTo(ClusteringRecipe.DEFAULT);
        assertThatThrownBy(() -> estimator().setStart("anyhow"))
                .hasMessageContaining("start given invalid value");
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
                        model().withColumns(Map.of(NetworkColumn.PREDICTION, "cluster"))
                                .transform(table())
                                .columns())
                .containsExactly("id", "features", "weight", "cluster");
    }

    @Test
    void whatDoesNotFitIsTold() {
        assertThatThrownBy(() -> estimator().setK(1)).hasMessageContaining("k given invalid value");
        assertThatThrownBy(() -> estimator().setAdversarialWeight(-1))
                .hasMessageContaining("adversarialWeight given invalid value");
        assertThatThrownBy(() -> estimator().setDecoderPasses(0).fit(table()))
                .hasMessage("adversarialWeight is 0.1, expected 0 where decoderPasses are 0");
        assertThatThrownBy(
                        () ->
                                estimator()
                                        .setAdversarialWeight(0)
                                        .setEncoderPasses(0)
                                        .setDecoderPasses(0)
                                        .setJointPasses(0)
                                        .fit(table()))
                .hasMessageContaining("are 0, expected one above 0");
        assertThatThrownBy(() -> estimator().setK(100).fit(table()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("expected at least 100, one for each component");
    }
}
