package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Composite.Group;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalOptions.Bound;
import io.github.sparklatent.vae.objective.VariationalOptions.GradientEstimator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the options do, and that nothing but key, rows and parameters does anything else. */
class VariationalObjectiveTest {
    private static final int ROWS = 5;
    private static final int WIDTH = 6;
    private static final VariationalOptions PLAIN = VariationalOptions.DEFAULT;
    private static final Architecture SMALL = Samples.architecture(2, 4, new Bernoulli(WIDTH));
    private static final FMatrixRMaj TABLE = Samples.rows(ROWS, WIDTH, 1);
    private static final float[] START = Samples.parameters(SMALL, Kind.VARIATIONAL, 0.3);
    private static final float[] WEIGHTS = {1, 2, 0.5f, 3, 1};

    static Stream<VariationalOptions> estimators() {
        VariationalOptions four = PLAIN.withSamples(4).withBeta(0.8);
        return Stream.of(
                four,
                four.withGradient(GradientEstimator.SCORE_FUNCTION),
                four.withBound(Bound.IWAE),
                four.withBinarize(true).withCorruption(new Corruption(Corruption.Type.MASKING, 0.3)));
    }

    @ParameterizedTest
    @MethodSource("estimators")
    void sameKeySameBits(VariationalOptions options) {
        assertThat(gradient(options, 7, 0)).isEqualTo(gradient(options, 7, 0));
        assertThat(gradient(options, 7, 0)).isNotEqualTo(gradient(options, 8, 0));
    }

    /** A worker's buffers keep nothing of the batch before. */
    @ParameterizedTest
    @MethodSource("estimators")
    void batchesDoNotTouchOneAnother(VariationalOptions options) {
        StochasticObjective.Worker worker = new VariationalObjective(SMALL, options).worker(9);
        float[] gradient = new float[START.length];
        FMatrixRMaj other = Samples.rows(9, WIDTH, 2);
        worker.gradient(START, other, Samples.ones(9), new Position(1, 3, 0), gradient, new double[3]);
        worker.gradient(START, TABLE, WEIGHTS, new Position(7, 0, 0), gradient, new double[3]);
        assertThat(gradient).containsExactly(gradient(options, 7, 0), within(1e-5f));
    }

    /** With buffers for 4096 rows two samples do not go through the decoder together. */
    @ParameterizedTest
    @MethodSource("estimators")
    void passesThroughTheDecoderAddUp(VariationalOptions options) {
        float[] gradient = new float[START.length];
        double[] sums = new double[3];
        new VariationalObjective(SMALL, options)
                .worker(4000)
                .gradient(START, TABLE, WEIGHTS, new Position(7, 0, 0), gradient, sums);
        assertThat(gradient).containsExactly(gradient(options, 7, 0), within(1e-5f));
        assertThat(sums).containsExactly(sums(options, 7), within(1e-12));
    }

    /**
     * Of a batch with weights (1 + k, 1, 1, 1, 1) the sum of weighted gradients is linear in k at the same noise: what
     * a row adds is k times what it adds once.
     */
    @ParameterizedTest
    @MethodSource("estimators")
    void rowOfWeightThreeCountsThreeTimes(VariationalOptions options) {
        float[][] total = new float[4][];
        for (int k = 0; k < 4; k++) {
            float[] weights = Samples.ones(ROWS);
            weights[0] += k;
            total[k] = gradient(options, weights, new Position(7, 0, 0));
            for (int i = 0; i < total[k].length; i++) {
                total[k][i] *= ROWS + k;
            }
        }
        float[] thrice = new float[START.length];
        for (int i = 0; i < thrice.length; i++) {
            thrice[i] = total[0][i] + 3 * (total[1][i] - total[0][i]);
        }
        assertThat(total[1]).isNotEqualTo(total[0]);
        assertThat(total[3]).containsExactly(thrice, within(1e-4f));
    }

    /** A stage computes the derivatives of what it moves, with the bits of the joint stage, and no others. */
    @ParameterizedTest
    @MethodSource("estimators")
    void aStageComputesTheDerivativesOfWhatItMoves(VariationalOptions options) {
        float[] all = gradient(options, 7, 0);
        for (BoundStage stage : BoundStage.values()) {
            StochasticObjective objective = new VariationalObjective(Kind.VARIATIONAL, SMALL, options, stage);
            assertThat(Samples.derivatives(objective, START, TABLE, WEIGHTS, 0))
                    .isEqualTo(Samples.within(objective.parameterGroups().get(0), all));
        }
    }

    @Test
    void aStageOfMixturesComputesTheDerivativesOfWhatItMoves() {
        Architecture mixture = SMALL.withComponents(3);
        float[] start = Samples.parameters(mixture, Kind.MIXTURE, 0.3);
        float[] all = Samples.derivatives(
                new VariationalObjective(Kind.MIXTURE, mixture, PLAIN, BoundStage.JOINT), start, TABLE, WEIGHTS, 0);
        for (BoundStage stage : BoundStage.values()) {
            StochasticObjective objective = new VariationalObjective(Kind.MIXTURE, mixture, PLAIN, stage);
            assertThat(Samples.derivatives(objective, start, TABLE, WEIGHTS, 0))
                    .isEqualTo(Samples.within(objective.parameterGroups().get(0), all));
        }
    }

    /** Numbers that are given reach encoder, decoder and the weights of components through logarithms. */
    @ParameterizedTest
    @EnumSource(names = {"VARIATIONAL", "MIXTURE"})
    void anOutlierAmongTheConditionsLeavesTheDerivativesFinite(Kind kind) {
        Likelihood given = new Composite(List.of(
                Group.from(0, new Bernoulli(WIDTH - 1)), Group.from(WIDTH - 1, new Conditions.Given(1, false))));
        Architecture architecture = Samples.architecture(2, List.of(new LayerSpec.Width(4)), Activation.RELU, given);
        architecture = kind.hasComponents() ? architecture.withComponents(3) : architecture;
        FMatrixRMaj rows = TABLE.copy();
        rows.set(0, WIDTH - 1, 1e30f);
        rows.set(1, WIDTH - 1, -1e30f);
        StochasticObjective objective = kind == Kind.MIXTURE
                ? new VariationalObjective(Kind.MIXTURE, architecture, PLAIN, BoundStage.JOINT)
                : new VariationalObjective(architecture, PLAIN);
        float[] start = Samples.parameters(architecture, kind, 0.3);
        for (float slope : Samples.derivatives(objective, start, rows, WEIGHTS, 0)) {
            assertThat(Math.abs(slope)).isLessThan(1e9f);
        }
    }

    @Test
    void warmUpRaisesBetaFromNothingToAll() {
        VariationalOptions warm = PLAIN.withBeta(2).withBetaWarmUpEpochs(8);
        assertThat(gradient(warm, 7, 0)).isEqualTo(gradient(PLAIN.withBeta(0), 7, 0));
        assertThat(gradient(warm, 7, 2)).isEqualTo(gradient(PLAIN.withBeta(0.5), 7, 2));
        assertThat(gradient(warm, 7, 8)).isEqualTo(gradient(PLAIN.withBeta(2), 7, 8));
        assertThat(gradient(warm, 7, 20)).isEqualTo(gradient(PLAIN.withBeta(2), 7, 20));
    }

    /** The decoder sees nothing of z here, so without the divergence the encoder has no pull. */
    @Test
    void withoutBetaTheDivergenceDoesNotPull() {
        float[] deaf = START.clone();
        int decoder = SMALL.networks(Kind.VARIATIONAL).decoderOffset();
        Arrays.fill(deaf, decoder, decoder + 2 * 4, 0); // the first layer's weights
        float[] gradient = new float[START.length];
        StochasticObjective.Worker free = new VariationalObjective(SMALL, PLAIN.withBeta(0)).worker(ROWS);
        free.gradient(deaf, TABLE, WEIGHTS, new Position(7, 0, 0), gradient, new double[3]);
        assertThat(Arrays.copyOf(gradient, decoder)).containsOnly(0);
        StochasticObjective.Worker pressed = new VariationalObjective(SMALL, PLAIN).worker(ROWS);
        pressed.gradient(deaf, TABLE, WEIGHTS, new Position(7, 0, 0), gradient, new double[3]);
        assertThat(Arrays.copyOf(gradient, decoder)).doesNotContain(0);
    }

    /** The parts do not depend on how the model is trained; the loss has them with weight β. */
    @Test
    void measuresAreTheLossAndThePartsOfTheBound() {
        double[] plain = sums(PLAIN, 7);
        assertThat(plain[0]).isCloseTo(plain[1] + plain[2], within(1e-9));
        VariationalOptions weighted = PLAIN.withBeta(3).withBetaWarmUpEpochs(9);
        assertThat(sums(weighted, 7))
                .containsExactly(new double[] {plain[1] + 3 * plain[2], plain[1], plain[2]}, within(1e-9));
        double[] held = evaluation(PLAIN, TABLE);
        assertThat(evaluation(weighted, TABLE))
                .containsExactly(new double[] {held[1] + 3 * held[2], held[1], held[2]}, within(1e-9));
        VariationalOptions damaged = PLAIN.withCorruption(new Corruption(Corruption.Type.MASKING, 0.9));
        assertThat(evaluation(damaged, TABLE)).isEqualTo(evaluation(PLAIN, TABLE));
        assertThat(sums(damaged, 7)).isNotEqualTo(plain);
    }

    /** With one sample the bound is linear in β. */
    @Test
    void importanceWeightedLossHasTheWeightOfTheDivergence() {
        VariationalOptions options = PLAIN.withBound(Bound.IWAE);
        double none = evaluation(options.withBeta(0), TABLE)[0];
        double some = evaluation(options.withBeta(0.3), TABLE)[0];
        double twice = evaluation(options.withBeta(0.6), TABLE)[0];
        assertThat(none).isCloseTo(evaluation(PLAIN, TABLE)[1], within(1e-9));
        assertThat(some).isNotEqualTo(none);
        assertThat(twice - none).isCloseTo(2 * (some - none), within(1e-9));
    }

    @Test
    void importanceWeightedLossIsBelowThatOfTheElbo() {
        double[] weighted = evaluation(PLAIN.withBound(Bound.IWAE).withSamples(50), TABLE);
        assertThat(weighted[0]).isLessThan(weighted[1] + weighted[2]);
    }

    /** Neither key nor neighbours change a row's metrics in an evaluation. */
    @ParameterizedTest
    @MethodSource("estimators")
    void evaluationFollowsFromTheRowsAlone(VariationalOptions options) {
        double[] pieces = Samples.inPieces(TABLE, rows -> evaluation(options, rows));
        assertThat(pieces).containsExactly(evaluation(options, TABLE), within(1e-10));
    }

    private static float[] gradient(VariationalOptions options, long key, double epochs) {
        return gradient(options, WEIGHTS, new Position(key, epochs, 0));
    }

    private static float[] gradient(VariationalOptions options, float[] weights, Position position) {
        float[] gradient = new float[START.length];
        new VariationalObjective(SMALL, options)
                .worker(ROWS)
                .gradient(START, TABLE, weights, position, gradient, new double[3]);
        return gradient;
    }

    private static double[] sums(VariationalOptions options, long key) {
        double[] sums = new double[3];
        new VariationalObjective(SMALL, options)
                .worker(ROWS)
                .gradient(START, TABLE, WEIGHTS, new Position(key, 0, 0), new float[START.length], sums);
        return sums;
    }

    private static double[] evaluation(VariationalOptions options, FMatrixRMaj rows) {
        double[] sums = new double[3];
        new VariationalObjective(SMALL, options).worker(ROWS).evaluate(START, rows, Samples.ones(ROWS), sums);
        return sums;
    }

    @Test
    void betaRisesLinearly() {
        VariationalOptions options = PLAIN.withBeta(4).withBetaWarmUpEpochs(10);
        assertThat(options.betaAt(0)).isZero();
        assertThat(options.betaAt(2.5)).isEqualTo(1);
        assertThat(options.betaAt(10)).isEqualTo(4);
        assertThat(options.betaAt(11)).isEqualTo(4);
        assertThat(PLAIN.betaAt(0)).isEqualTo(1);
    }
}
