package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.ml.evaluation.ShownRows;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkPicturesTest {
    /** With correlated latent dimensions the divergence is no sum over them. */
    @ParameterizedTest
    @EnumSource(PosteriorCovariance.class)
    void theDivergenceOfEachDimensionIsThatOfADiagonalPosterior(PosteriorCovariance covariance) {
        Architecture architecture = Samples.linear(2, new Bernoulli(4)).withCovariance(covariance);
        TrainedNetwork network = new TrainedNetwork(
                Kind.VARIATIONAL, architecture, Samples.parameters(architecture, Kind.VARIATIONAL, 1));
        ShownRows shown = new ShownRows("rows", Samples.rows(5, 4, 1), List.of());
        double[] found = new NetworkPictures(network, ScoringOptions.DEFAULT, Scaling.none(), shown)
                .latents()
                .kl();
        assertThat(found).hasSize(covariance == PosteriorCovariance.DIAGONAL ? 2 : 0);
    }
}
