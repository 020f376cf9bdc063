package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The round that is kept is the best for the objective that is trained. */
class BestRoundTest {
    private static final int WIDTH = 6;
    private static final int EPOCHS = 30;

    /**
     * Rows of small variance beside the noise of the likelihood: at β = 1 the best codes carry nothing, so training at
     * a small β makes −ELBO worse from the first epoch on.
     */
    @Test
    void aSmallBetaIsTrainedToTheEnd() {
        Architecture architecture = Samples.architecture(2, 16, Gaussian.fixed(WIDTH, 1));
        VariationalObjective objective =
                new VariationalObjective(architecture, VariationalOptions.DEFAULT.withBeta(0.02));
        AveragingOptions options =
                AveragingOptions.DEFAULT.withMaxEpochs(EPOCHS).withBatchSize(8).withPatience(3);
        AveragingResult result = Averaging.run(
                objective,
                InMemoryShards.of(rows(200, 1), 1),
                InMemoryShards.of(rows(100, 2), 1),
                architecture.initialize(Kind.VARIATIONAL, 3),
                options);
        List<NetworkRound> evaluated = result.history().stream()
                .filter(round -> !round.heldOut().isEmpty())
                .toList();
        NetworkRound first = evaluated.get(0);
        NetworkRound kept = result.history().get(result.kept().round() - 1);
        assertThat(kept.epochs()).isGreaterThan(EPOCHS / 2.0);
        assertThat(kept.heldOut().get(0)).isLessThan(first.heldOut().get(0));
        assertThat(kept.heldOut().get(1) + kept.heldOut().get(2))
                .as("-ELBO, which would have kept the first round")
                .isGreaterThan(first.heldOut().get(1) + first.heldOut().get(2));
    }

    /** Two factors of variance 0.3 each for three columns: eigenvalues 0.9, below the noise 1. */
    private static FMatrixRMaj rows(int count, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(count, WIDTH);
        for (int i = 0; i < count; i++) {
            float[] factors = {(float) random.nextGaussian(), (float) random.nextGaussian()};
            for (int j = 0; j < WIDTH; j++) {
                rows.set(i, j, (float) Math.sqrt(0.3) * factors[j % 2]);
            }
        }
        return rows;
    }
}
