package io.github.sparklatent.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gan.AdversarialTerm.DiscriminatorLoss;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.LayerSpec;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class GameObjectiveTest {
    private static final List<LayerSpec> HIDDEN = List.of(new LayerSpec.Width(16));
    private static final AdversarialOptions PLAIN = AdversarialOptions.DEFAULT;
    private static final int ROWS = 20;
    private static final double ACROSS = 1e-6 * ROWS; // sums of floats in another order

    private final Games game = Games.of(3, 2, HIDDEN, PLAIN);
    private final FMatrixRMaj rows = Games.normal(ROWS, 3, 1);

    private static double[] evaluated(Games game, FMatrixRMaj rows) {
        float[] weights = new float[rows.numRows];
        Arrays.fill(weights, 1f);
        double[] sums = new double[5];
        game.objective().worker(ROWS).evaluate(game.start(1), rows, weights, sums);
        return sums;
    }

    /** −(1 − s) log D − s log(1 − D) = −log D + s a: nothing of it is of generated rows. */
    @Test
    void smoothedLabelsAreThoseOfRealRows() {
        double[] plain = evaluated(game, rows);
        double[] smoothed = evaluated(Games.of(3, 2, HIDDEN, PLAIN.withLabelSmoothing(0.2)), rows);
        Discriminator.Worker worker = game.discriminator().worker(ROWS, game.offset(), new FloatProducts());
        double logits = 0;
        double real = 0;
        for (double logit : worker.logits(game.start(1), rows).data) {
            logits += logit;
            real += logit > StrictMath.log(0.8 / 1.2) ? 1 : 0;
        }
        assertThat(Math.abs(logits)).isGreaterThan(1);
        assertThat(smoothed[1] - plain[1]).isCloseTo(0.2 * logits, within(ACROSS));
        assertThat(smoothed[0]).isEqualTo(plain[0]);
        assertThat(smoothed[2]).isCloseTo(real, within(ACROSS));
        assertThat(smoothed[4]).isEqualTo(plain[4]);
    }

    /**
     * −(1 − s) p log D − (s p + q) log(1 − D) is least at D = (1 − s) p / (p + q), so a discriminator that is right
     * says (1 − s) / 2 where p = q, a = log((1 − s) / (1 + s)). With a = that + x_1 half of the rows are called real,
     * be they of the table or G(z) = z.
     */
    @Test
    void aJudgeOfSmoothedLabelsIsHeldAgainstWhatTheyLeaveUndecided() {
        double smoothing = 0.1;
        Games even = Games.of(2, 2, List.of(), PLAIN.withLabelSmoothing(smoothing));
        float undecided = (float) StrictMath.log((1 - smoothing) / (1 + smoothing));
        AdversarialTerm term = new AdversarialTerm(even.discriminator(), 4, even.offset(), new FloatProducts());
        float[] parameters = even.start(1);
        System.arraycopy(new float[] {1, 0, undecided}, 0, parameters, even.offset(), 3);
        FMatrixRMaj near = FMatrixRMaj.wrap(4, 2, new float[] {0.05f, 1, -0.05f, 1, 0.1f, 0, -0.1f, 0});
        DiscriminatorLoss verdict = term.discriminator(parameters, near, Games.shares(4), null, near);
        assertThat(verdict.realAccuracy()).isEqualTo(0.5);
        assertThat(verdict.generatedAccuracy()).isEqualTo(0.5);
    }

    @Test
    void evaluationDoesNotDependOnWhichRowsLieTogether() {
        double[] together = evaluated(game, rows);
        double[] apart = new double[4];
        for (int from = 0; from < ROWS; from += 7) {
            int count = Math.min(7, ROWS - from);
            FMatrixRMaj few = new FMatrixRMaj(count, 3);
            System.arraycopy(rows.data, 3 * from, few.data, 0, 3 * count);
            double[] part = evaluated(game, few);
            Arrays.setAll(apart, j -> apart[j] + part[j]);
        }
        for (int j = 0; j < 4; j++) {
            assertThat(apart[j]).isCloseTo(together[j], within(ACROSS));
        }
    }

    /** The generator's derivatives are of rows: what the discriminator has kept for its own step stays. */
    @Test
    void theGeneratorsTurnComputesNoDerivativesOfTheDiscriminator() {
        AdversarialTerm term = new AdversarialTerm(game.discriminator(), ROWS, game.offset(), new FloatProducts());
        float[] parameters = game.start(1);
        float[] kept = new float[parameters.length];
        term.discriminator(parameters, rows, Games.shares(ROWS), kept, Games.normal(ROWS, 3, 2));
        FMatrixRMaj rowGradient = new FMatrixRMaj(ROWS, 3);
        term.generator(parameters, Games.normal(ROWS, 3, 4), Games.shares(ROWS), 1, rowGradient);
        float[] after = new float[parameters.length];
        term.discriminator().gradient(after);
        assertThat(after).isEqualTo(kept);
        assertThat(rowGradient.data).doesNotContain(0f);
    }

    @Test
    void eachPlayerMovesItsOwnNetwork() {
        assertThat(game.objective().parameterGroups())
                .extracting(player -> player.name() + " " + player.ranges())
                .containsExactly("discriminator [Range[from=99, length=81]]", "generator [Range[from=0, length=99]]");
        assertThat(game.objective().parameterCount()).isEqualTo(180);
        assertThat(game.objective().isComparable()).isFalse();
    }

    /**
     * G(z) = z and rows of N(0, I). Of 2000 held-out rows of each kind a discriminator that cannot separate them has a
     * mean accuracy of ½ with a deviation of ½ / √4000, four of which are 0.032.
     */
    @Test
    void discriminatorCannotTellEqualDistributions() {
        Games even = Games.of(2, 2, List.of(), PLAIN.withLabelSmoothing(0.1));
        float[] start = even.start(3);
        System.arraycopy(new float[] {1, 0, 0, 1, 0, 0}, 0, start, 0, 6);
        Optimizer adam = Optimizer.of(Optimizer.Type.ADAM).withLearningRate(0.01);
        AveragingResult result = Averaging.run(
                even.objective(),
                InMemoryShards.of(Games.normal(4000, 2, 5), 1),
                InMemoryShards.of(Games.normal(2000, 2, 6), 1),
                start,
                AveragingOptions.DEFAULT
                        .withMaxEpochs(4)
                        .withOptimizers(List.of(adam, adam.withLearningRate(1e-9)))
                        .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE)));
        List<Double> heldOut = last(result);
        assertThat((heldOut.get(2) + heldOut.get(3)) / 2).isCloseTo(0.5, within(0.032));
        assertThat(heldOut.get(1)).isCloseTo(2 * StrictMath.log(2), within(0.01));
    }

    private static List<Double> last(AveragingResult result) {
        return result.state().history().get(result.state().rounds() - 1).heldOut();
    }
}
