package io.github.sparklatent.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.nn.likelihood.Categorical;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Composite.Group;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class NetworkExplainerTest {
    private static final Composite MIXED =
            new Composite(List.of(Group.from(0, new Categorical(3, false)), Group.from(3, Gaussian.fixed(1, 0.25))));

    private static TrainedNetwork network() {
        Architecture architecture = Samples.architecture(2, 4, MIXED);
        return new TrainedNetwork(
                Kind.AUTOENCODER, architecture, Samples.parameters(architecture, Kind.AUTOENCODER, 0.5));
    }

    /** Three columns of the table that are the levels of one category, and one that holds all. */
    @Test
    void theLevelOfARowContributesTheErrorOfItsCategory() {
        TrainedNetwork network = network();
        double[] rows = {1, 0, 0, 0.5, 0, 1, 0, -2, 0, 0, 1, 3};
        int[][] apart = {{0}, {1}, {3}, {2}};
        NetworkExplainer separate = new NetworkExplainer(network, ScoringOptions.DEFAULT, apart);
        NetworkExplainer together = new NetworkExplainer(network, ScoringOptions.DEFAULT, new int[][] {{0, 1, 2}, {3}});
        separate.evaluate(rows, 3);
        together.evaluate(rows, 3);
        FMatrixRMaj mean = new FMatrixRMaj(0, 0);
        FMatrixRMaj batch = new FMatrixRMaj(3, 4);
        for (int i = 0; i < rows.length; i++) {
            batch.data[i] = (float) rows[i];
        }
        network.scorer(3, ScoringOptions.DEFAULT).reconstruct(batch, mean);
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double greatest = Math.max(mean.get(i, 0), Math.max(mean.get(i, 1), mean.get(i, 2)));
            double expected = Math.log(greatest / mean.get(i, i));
            assertThat(together.contribution(i, 0)).isCloseTo(expected, within(1e-4));
            for (int level = 0; level < 3; level++) {
                int group = level == 2 ? 3 : level;
                assertThat(separate.contribution(i, group)).isCloseTo(level == i ? expected : 0, within(1e-4));
            }
            assertThat(separate.contribution(i, 2)).isCloseTo(together.contribution(i, 1), within(1e-6));
            sum += expected;
        }
        assertThat(sum).isGreaterThan(0.1);
    }
}
