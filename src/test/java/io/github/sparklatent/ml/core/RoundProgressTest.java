package io.github.sparklatent.ml.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How a round is printed, and what trainings report of their rounds. */
@Tag("slow")
class RoundProgressTest {
    private static final int ROWS = 60;

    /** Relative: three roundings. */
    private static final double ROUNDING = 1e-12;

    @Test
    void theTimeLeftIsThatOfTheLastRoundsThatHaveEveryKindOfWork() {
        double[] seconds = {100, 1, 2, 3, 10};
        assertThat(RoundProgress.secondsLeft(seconds, 1, 7)).isEqualTo(7 * 5);
        assertThat(RoundProgress.secondsLeft(seconds, 4, 7)).isEqualTo(7 * 4);
        assertThat(RoundProgress.secondsLeft(seconds, 6, 7)).isNaN();
        assertThat(RoundProgress.secondsLeft(new double[] {1, 2}, 1, 7)).isNaN();
    }

    /** Nobody can count the rounds of the fits to come. */
    @Test
    void onlyTheLastOfSeveralFitsHasATimeLeft() {
        List<RoundProgress> rounds = rounds(
                new GaussianMixture("mixture").setK(2).setMaxIter(4).setTol(0).setRestarts(2));
        assertThat(rounds).hasSize(8);
        assertThat(rounds.subList(0, 4)).allMatch(round -> Double.isNaN(round.secondsLeft()));
        assertThat(rounds.get(7).secondsLeft()).isPositive();
    }

    @Test
    void aMixtureReportsEachOfItsRounds() {
        List<RoundProgress> rounds =
                rounds(new GaussianMixture("mixture").setK(2).setMaxIter(4).setTol(0));
        assertThat(rounds)
                .extracting(RoundProgress::position)
                .containsExactly("round 0 of 4", "round 1 of 4", "round 2 of 4", "round 3 of 4");
        for (int i = 0; i < rounds.size(); i++) {
            RoundProgress round = rounds.get(i);
            assertThat(round.description()).isEqualTo("GMM full K=2");
            assertThat(round.heldOut()).isNaN();
            if (i == 0) {
                assertThat(round.change()).isNaN();
            } else {
                assertThat(round.change())
                        .isEqualTo(round.objective() - rounds.get(i - 1).objective());
            }
            if (i < 2) {
                assertThat(round.secondsLeft()).as("a guess").isNaN();
            } else {
                double seconds = 0;
                for (int j = i - 2; j <= i; j++) {
                    seconds += ROWS / rounds.get(j).rowsPerSecond() / 3;
                }
                assertThat(round.secondsLeft()).isCloseTo(seconds * (4 - i), within(ROUNDING * 4 * seconds));
            }
        }
    }

    @Test
    void aNetworkReportsEachOfItsRounds() {
        List<RoundProgress> rounds = rounds(Tables.small(new VariationalAutoencoder("vae"))
                .setEncoder("3")
                .setHoldoutFraction(0.2)
                .setMaxEpochs(1.5)
                .setRoundsPerEpoch(2));
        assertThat(rounds)
                .extracting(RoundProgress::position)
                .hasSize(3)
                .contains("round 2, epoch 1.00 of 1.50")
                .allMatch(position -> position.matches("round \\d, epoch \\d\\.\\d\\d of 1\\.50"));
        assertThat(rounds).allMatch(round -> round.description().startsWith("VAE"));
        assertThat(rounds.get(0).change()).isNaN();
        assertThat(rounds.get(1).change())
                .isEqualTo(rounds.get(1).objective() - rounds.get(0).objective());
        assertThat(rounds.get(0).heldOut()).as("measured once an epoch").isNaN();
        assertThat(rounds.get(1).heldOut()).isFinite();
        assertThat(rounds).allMatch(round -> round.rowsPerSecond() > 0);
        assertThat(rounds.get(1).secondsLeft()).isNaN();
        assertThat(rounds.get(2).secondsLeft()).isNotNegative();
    }

    private static List<RoundProgress> rounds(LatentEstimator<?, ?> estimator) {
        LocalSpark.session();
        List<RoundProgress> rounds = new ArrayList<>();
        TrainingContext plain = TrainingContext.of(estimator, Tables.rows(ROWS), List.of());
        estimator
                .training(new TrainingContext(
                        plain.settings(), plain.title(), plain.tables(), plain.reported(), new TrainingMonitor() {
                            @Override
                            public void afterRound(RoundProgress round, Object state) {
                                rounds.add(round);
                            }
                        }))
                .run(trained -> trained);
        return rounds;
    }
}
