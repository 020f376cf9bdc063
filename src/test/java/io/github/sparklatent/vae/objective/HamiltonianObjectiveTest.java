package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.objective.StochasticObjective.Position;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalOptions.Bound;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The gradients and the measures of the loss with chains. */
class HamiltonianObjectiveTest {
    private static final int ROWS = 5;
    private static final int WIDTH = 6;
    private static final int ACCEPTANCE = 3;
    private static final int STEP_SIZE = 4;
    private static final int DIVERGENT = 5;
    private static final int EFFECTIVE_SIZE = 6;
    private static final int MEASURES = 7;

    private static final HamiltonianOptions PLAIN = HamiltonianOptions.DEFAULT;
    private static final Architecture SMALL = Samples.architecture(2, 4, new Bernoulli(WIDTH));
    private static final FMatrixRMaj TABLE = Samples.rows(ROWS, WIDTH, 1);
    private static final float[] START = Samples.parameters(SMALL, Kind.DEEP_LATENT_GAUSSIAN, 0.3);
    private static final float[] WEIGHTS = {1, 2, 0.5f, 3, 1};
    private static final int THETA = START.length - 1;
    private static final double TOTAL = 7.5;

    /** The results of a training batch. */
    private record Batch(float[] gradient, double[] sums) {
        static Batch of(HamiltonianOptions options, float[] parameters, long key, double epochs) {
            Batch batch = new Batch(new float[parameters.length], new double[MEASURES]);
            batch.run(new HamiltonianObjective(SMALL, options).worker(ROWS), parameters, key, epochs);
            return batch;
        }

        void run(StochasticObjective.Worker worker, float[] parameters, long key, double epochs) {
            worker.gradient(parameters, TABLE, WEIGHTS, new Position(key, epochs, 0), gradient, sums);
        }
    }

    private static double[] evaluation(HamiltonianOptions options, FMatrixRMaj rows, float[] parameters) {
        double[] sums = new double[MEASURES];
        new HamiltonianObjective(SMALL, options).worker(ROWS).evaluate(parameters, rows, Samples.ones(ROWS), sums);
        return sums;
    }

    /** Evaluates chains whose step size is a multiple of that at the start of a training. */
    private static double[] ofStepSize(double times) {
        float[] parameters = START.clone();
        parameters[THETA] = (float) (Math.log(times) / 10);
        return evaluation(PLAIN, TABLE, parameters);
    }

    @Test
    void sameKeySameBits() {
        Batch first = Batch.of(PLAIN, START, 7, 0);
        assertThat(Batch.of(PLAIN, START, 7, 0).gradient()).isEqualTo(first.gradient());
        assertThat(Batch.of(PLAIN, START, 8, 0).gradient()).isNotEqualTo(first.gradient());
    }

    /** It is no derivative of the loss: a limit of the gradient's length slows the networks, not the chains. */
    @Test
    void theStepSizeIsNotClipped() {
        AveragingOptions options = AveragingOptions.DEFAULT
                .withMaxEpochs(1)
                .withRoundsPerEpoch(1)
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
                .withOptimizer(
                        Optimizer.of(Optimizer.Type.SGD).withLearningRate(1).withClipNorm(1e-6));
        float[] end = Averaging.run(
                        new HamiltonianObjective(SMALL, PLAIN), InMemoryShards.of(TABLE, 1), null, START, options)
                .kept()
                .parameters();
        assertThat(Math.abs(end[0] - START[0])).isLessThan(1e-5f);
        assertThat(Math.abs(end[THETA] - START[THETA])).isGreaterThan(1e-3f);
    }

    /** A worker's buffers keep nothing of the batch before. */
    @Test
    void batchesDoNotTouchOneAnother() {
        StochasticObjective.Worker worker = new HamiltonianObjective(SMALL, PLAIN).worker(9);
        FMatrixRMaj other = Samples.rows(9, WIDTH, 2);
        float[] gradient = new float[START.length];
        double[] sums = new double[MEASURES];
        worker.gradient(START, other, Samples.ones(9), new Position(1, 3, 0), gradient, sums);
        worker.evaluate(START, other, Samples.ones(9), sums);
        Batch batch = new Batch(gradient, new double[MEASURES]);
        batch.run(worker, START, 7, 0);
        assertThat(batch.gradient()).isEqualTo(Batch.of(PLAIN, START, 7, 0).gradient());
        assertThat(batch.sums()).isEqualTo(Batch.of(PLAIN, START, 7, 0).sums());
    }

    /** The encoder has the same gradient as in a variational autoencoder, the decoder another. */
    @Test
    void encoderFollowsTheEvidenceLowerBound() {
        HamiltonianOptions options = PLAIN.withSamples(3).withBetaWarmUpEpochs(8);
        VariationalOptions variational =
                VariationalOptions.DEFAULT.withSamples(3).withBetaWarmUpEpochs(8);
        float[] of = Arrays.copyOf(START, THETA);
        float[] expected = new float[THETA];
        double[] sums = new double[3];
        new VariationalObjective(SMALL, variational)
                .worker(ROWS)
                .gradient(of, TABLE, WEIGHTS, new Position(7, 2, 0), expected, sums);
        Batch found = Batch.of(options, START, 7, 2);
        int decoder = SMALL.networks(Kind.DEEP_LATENT_GAUSSIAN).decoderOffset();
        assertThat(Arrays.copyOf(found.gradient(), decoder)).isEqualTo(Arrays.copyOf(expected, decoder));
        assertThat(Arrays.copyOfRange(found.gradient(), decoder, THETA))
                .isNotEqualTo(Arrays.copyOfRange(expected, decoder, THETA));
        assertThat(Arrays.copyOfRange(found.sums(), 1, 3)).isEqualTo(Arrays.copyOfRange(sums, 1, 3));
    }

    @Test
    void lossIsTheBoundOfTheImportanceWeightedSamples() {
        double[] one = evaluation(PLAIN, TABLE, START);
        assertThat(one[0]).isCloseTo(one[1] + one[2], within(1e-9));
        double[] many = evaluation(PLAIN.withSamples(50), TABLE, START);
        double[] expected = new double[3];
        new VariationalObjective(
                        SMALL, VariationalOptions.DEFAULT.withSamples(50).withBound(Bound.IWAE))
                .worker(ROWS)
                .evaluate(Arrays.copyOf(START, THETA), TABLE, Samples.ones(ROWS), expected);
        assertThat(Arrays.copyOf(many, 3)).containsExactly(expected, within(1e-9));
        assertThat(many[0]).isLessThan(many[1] + many[2]);
    }

    /** The descent direction of the step size is the target less the acceptance. */
    @Test
    void stepSizeFollowsTheAcceptance() {
        Batch batch = Batch.of(PLAIN, START, 7, 0);
        double acceptance = batch.sums()[ACCEPTANCE] / TOTAL;
        assertThat(acceptance).isBetween(0.01, 1.0);
        assertThat((double) batch.gradient()[THETA])
                .isCloseTo(HamiltonianObjective.TARGET_ACCEPTANCE - acceptance, within(1e-6));
        double logarithm = 10 * START[THETA];
        assertThat(batch.sums()[STEP_SIZE] / TOTAL)
                .isCloseTo(HamiltonianObjective.FIRST_STEP_SIZE * Math.exp(logarithm), within(1e-6));
    }

    /**
     * Robbins-Monro steps of the step size alone. The mean acceptance of the last 500 batches of 5 rows and 5
     * transitions has a standard error of about √(0.23 / 12,500) = 0.004, besides a correlation of batches by the step
     * size.
     */
    @Test
    void adaptationReachesTheTarget() {
        StochasticObjective.Worker worker = new HamiltonianObjective(SMALL, PLAIN).worker(ROWS);
        for (float start : new float[] {-0.1f, 0, 0.1f}) {
            float[] parameters = START.clone();
            parameters[THETA] = start;
            double acceptance = 0;
            for (int step = 0; step < 1000; step++) {
                Batch batch = new Batch(new float[START.length], new double[MEASURES]);
                batch.run(worker, parameters, step, 0);
                parameters[THETA] -= 0.02f * batch.gradient()[THETA];
                acceptance += step < 500 ? 0 : batch.sums()[ACCEPTANCE] / TOTAL / 500;
            }
            assertThat(acceptance).isCloseTo(HamiltonianObjective.TARGET_ACCEPTANCE, within(0.02));
        }
    }

    @Test
    void chainsAreMeasured() {
        Batch batch = Batch.of(PLAIN, START, 7, 0);
        assertThat(batch.sums()[DIVERGENT]).isZero();
        assertThat(batch.sums()[EFFECTIVE_SIZE]).isNaN();
        double[] held = evaluation(PLAIN, TABLE, START);
        assertThat(held[EFFECTIVE_SIZE] / ROWS).isBetween(0.05, 1.6);
        double[] slow = ofStepSize(1.0 / 50);
        assertThat(slow[ACCEPTANCE] / ROWS).isGreaterThan(0.99);
        assertThat(slow[EFFECTIVE_SIZE]).isLessThan(held[EFFECTIVE_SIZE] / 3);
        double[] wild = ofStepSize(1e6);
        assertThat(wild[ACCEPTANCE]).isZero();
        assertThat(wild[DIVERGENT] / ROWS).isCloseTo(1, within(1e-9));
        assertThat(wild[EFFECTIVE_SIZE] / ROWS).isCloseTo(1.0 / 32, within(1e-9));
        assertThat(Arrays.copyOf(wild, 3)).isEqualTo(Arrays.copyOf(held, 3));
    }

    /** Neither key nor neighbours change the bound of a row in an evaluation. */
    @Test
    void boundFollowsFromTheRowsAlone() {
        double[] whole = evaluation(PLAIN, TABLE, START);
        double[] pieces = Samples.inPieces(TABLE, rows -> evaluation(PLAIN, rows, START));
        assertThat(Arrays.copyOf(pieces, 3)).containsExactly(Arrays.copyOf(whole, 3), within(1e-10));
    }
}
