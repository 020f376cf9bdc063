package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.vae.latent.Corruption;
import io.github.sparklatent.vae.latent.EffectiveSize;
import io.github.sparklatent.vae.latent.HamiltonianChains;
import io.github.sparklatent.vae.latent.LogMeanExp;
import io.github.sparklatent.vae.latent.RowBatch;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import io.github.sparklatent.vae.objective.PriorTerm.StandardNormalTerm;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The loss of a deep latent Gaussian model that is trained by Monte-Carlo EM (Hoffman, Learning Deep Latent Gaussian
 * Models with Markov Chain Monte Carlo, ICML 2017). In each step, the chain of a row starts at a draw of the encoder's
 * q(z|x) and makes some transitions towards p(z|x), see {@link HamiltonianChains}. The end z of the chain gives the
 * gradient of the decoder, and the evidence lower bound gives the gradient of the encoder:
 *
 * <pre>
 *   decoder: ∂ −log p(x|z),  z ~ p(z|x) approximately
 *   encoder: ∂ (E_q[−log p(x|z)] + KL(q(z|x) || N(0, I)))
 * </pre>
 *
 * The first is the gradient of −log p(x) by Fisher's identity, if the chain has converged. The decoder then does not
 * depend on how well q(z|x) fits the posterior, as it does under the bound.
 *
 * <p>The step size ε is a parameter, so that it is averaged, stored and resumed with the others. Its parameter θ starts
 * at 0, and its descent direction is the stochastic approximation of the target acceptance (Andrieu and Thoms, A
 * tutorial on adaptive MCMC, 2008, section 4.2):
 *
 * <pre>
 *   ε = stepSize exp(10 θ),   "gradient" = target − mean acceptance probability
 * </pre>
 *
 * <p>{@code loss} is minus the importance-weighted bound of L draws from q(z|x), which is −ELBO for L = 1.
 * {@code reconstruction} and {@code kl} are the parts of −ELBO. The other measures are of the chains:
 * {@code acceptance}, the mean acceptance probability; {@code stepSize}, ε; {@code divergent}, the share of divergent
 * transitions; {@code effectiveSize}, the effective sample size of one transition. In training, they are of the chains
 * of all rows, and chains are too short for the last one, which is NaN. An evaluation runs longer chains for some rows
 * of each batch, so these measures depend on the rows that are in a batch together.
 *
 * <p>Memory of a worker: that of {@link VariationalObjective}, and once more the decoder's buffers for a batch.
 */
public final class HamiltonianObjective extends NetworkObjective {
    /** Name of the measure of the mean acceptance probability. */
    public static final String ACCEPTANCE = "acceptance";

    /** Name of the measure of the step size. */
    public static final String STEP_SIZE = "stepSize";

    /** Name of the measure of the share of divergent transitions. */
    public static final String DIVERGENT = "divergent";

    /** Name of the measure of the effective sample size of one transition. */
    public static final String EFFECTIVE_SIZE = "effectiveSize";

    /** The mean acceptance probability below which a chain stays near the encoder's draw. */
    private static final double MIN_ACCEPTANCE = 0.05;

    /** Size of a leapfrog step at the start, in deviations of q(z|x). */
    static final double FIRST_STEP_SIZE = 0.5;

    /**
     * Mean acceptance probability towards which the step size is adapted, the best for long trajectories in many
     * dimensions (Neal 2011, section 5.4.4).
     */
    static final double TARGET_ACCEPTANCE = 0.65;

    /** Rows of a batch whose chains an evaluation runs. */
    private static final int EVALUATED_ROWS = 16;

    /** Transitions of these chains whose effective sample size is computed. */
    private static final int EVALUATED_STEPS = 32;

    /**
     * Change of log ε by a change of 1 of the parameter. An optimiser of the Adam family moves the parameter by about
     * the learning rate, 0.001, and so ε by 1%, in a step.
     */
    private static final double RATE = 10;

    /** Largest |log ε / stepSize|, so that ε is a finite number above 0. */
    private static final double BOUND_OF_LOG = 20;

    private final HamiltonianOptions options;

    public HamiltonianObjective(Architecture architecture, HamiltonianOptions options) {
        super(
                Kind.DEEP_LATENT_GAUSSIAN,
                architecture,
                options.binarize(),
                Corruption.NONE,
                List.of(BOUND.get(0), BOUND.get(1), BOUND.get(2), ACCEPTANCE, STEP_SIZE, DIVERGENT, EFFECTIVE_SIZE));
        this.options = options;
    }

    /** Returns a warning if the chains of the last round of a stage did not move; empty for a stage without chains. */
    public static List<String> warnings(StageRecord stage) {
        int at = stage.measures().indexOf(ACCEPTANCE);
        if (at < 0 || stage.rounds().isEmpty()) {
            return List.of();
        }
        double acceptance =
                stage.rounds().get(stage.rounds().size() - 1).measures().get(at);
        return acceptance >= MIN_ACCEPTANCE
                ? List.of()
                : List.of(
                        "the chains of the last round have hardly moved: a transition was accepted with a probability of %.2g, expected at least %s; the size of a step is adapted in each training step: use more epochs, or scale the columns"
                                .formatted(acceptance, MIN_ACCEPTANCE));
    }

    /** Returns all parameters but that of the step size, whose descent direction is no derivative of the loss. */
    @Override
    public List<Range> clipped() {
        int stepSize = networks().stepSizeOffset();
        return List.of(new Range(0, stepSize), new Range(stepSize + 1, parameterCount() - stepSize - 1));
    }

    @Override
    Step step(int maxRows) {
        return new ChainStep(networks(), options, maxRows);
    }

    /** Computes batches with the buffers of one task. */
    static final class ChainStep extends BoundStep {
        private final HamiltonianOptions options;
        private final int stepSizeAt;
        private final HamiltonianChains chains;
        private final LogMeanExp bound;
        private final EffectiveSize sizes;
        private final float[] opposite;
        private final double[] accepted;
        private final double[] stepSizes;
        private final double[] divergent;
        private final FMatrixRMaj first;
        private final FMatrixRMaj some = new FMatrixRMaj(0, 0);
        private double stepSize;
        private double effectiveSize;

        ChainStep(Networks networks, HamiltonianOptions options, int maxRows) {
            this(networks, options, maxRows, Codes.of(Kind.DEEP_LATENT_GAUSSIAN, networks, maxRows, options.samples()));
        }

        private ChainStep(Networks networks, HamiltonianOptions options, int maxRows, Codes codes) {
            super(
                    codes,
                    new StandardNormalTerm(
                            VariationalOptions.DEFAULT.withBetaWarmUpEpochs(options.betaWarmUpEpochs()),
                            codes.posterior()),
                    BoundStage.ENCODER);
            this.options = options;
            this.stepSizeAt = networks.stepSizeOffset();
            this.chains = new HamiltonianChains(networks, maxRows, codes.products());
            this.bound = new LogMeanExp(maxRows);
            this.sizes = new EffectiveSize(Math.min(maxRows, EVALUATED_ROWS), EVALUATED_STEPS, networks.latent());
            this.opposite = new float[maxRows];
            this.accepted = new double[maxRows];
            this.stepSizes = new double[maxRows];
            this.divergent = new double[maxRows];
            this.first = new FMatrixRMaj(maxRows, networks.latent());
        }

        @Override
        public void gradient(RowBatch batch, float[] gradient) {
            super.gradient(batch, gradient);
            run(batch, batch.size(), options.chainSteps(), 0);
            double mean = 0;
            for (int i = 0; i < batch.size(); i++) {
                opposite[i] = -batch.shares()[i];
                mean += batch.shares()[i] * accepted[i];
            }
            chains.backward(opposite, gradient);
            gradient[stepSizeAt] = (float) (TARGET_ACCEPTANCE - mean);
            effectiveSize = Double.NaN;
        }

        /**
         * Runs the chains of the first rows of a batch from their first samples.
         *
         * @param transitions number of transitions before the recorded ones
         * @param recorded number of transitions whose codes are recorded
         */
        private void run(RowBatch batch, int rows, int transitions, int recorded) {
            float[] parameters = batch.parameters();
            double log = RATE * parameters[stepSizeAt];
            stepSize = FIRST_STEP_SIZE * StrictMath.exp(Math.max(-BOUND_OF_LOG, Math.min(BOUND_OF_LOG, log)));
            first.reshape(batch.size(), posterior.latent());
            posterior.copyCodes(0, first, 0);
            chains.start(parameters, firstRows(batch.target(), rows), posterior.deviation(), first);
            Arrays.fill(accepted, 0, rows, 0);
            Arrays.fill(divergent, 0, rows, 0);
            RandomGenerator[] streams = batch.streams(Purpose.CHAIN);
            int all = transitions + recorded;
            Arrays.fill(stepSizes, 0, rows, stepSize);
            for (int t = 0; t < all; t++) {
                chains.move(stepSizes, options.leapfrogSteps(), streams);
                for (int i = 0; i < rows; i++) {
                    accepted[i] += chains.acceptance(i) / all;
                    divergent[i] += chains.isDivergent(i) ? 1.0 / all : 0;
                    if (t >= transitions) {
                        sizes.set(
                                i, t - transitions, chains.codes().data, i * posterior.latent(), posterior.deviation());
                    }
                }
            }
        }

        private FMatrixRMaj firstRows(FMatrixRMaj target, int rows) {
            if (rows == target.numRows) {
                return target;
            }
            some.reshape(rows, target.numCols);
            System.arraycopy(target.data, 0, some.data, 0, some.getNumElements());
            return some;
        }

        @Override
        public void evaluate(RowBatch batch) {
            super.evaluate(batch);
            int rows = Math.min(batch.size(), EVALUATED_ROWS);
            run(batch, rows, options.chainSteps(), EVALUATED_STEPS);
            double mean = 0;
            double share = 0;
            effectiveSize = 0;
            for (int i = 0; i < rows; i++) {
                mean += accepted[i] / rows;
                share += divergent[i] / rows;
                effectiveSize += sizes.of(i) / EVALUATED_STEPS / rows;
            }
            Arrays.fill(accepted, 0, batch.size(), mean);
            Arrays.fill(divergent, 0, batch.size(), share);
        }

        @Override
        public void measure(int row, double[] measures) {
            if (row == 0) {
                bound.clear();
                term.addImportance(samples, bound);
            }
            super.measure(row, measures);
            // The closed form of the divergence varies less than the ratio of one sample.
            measures[0] = options.samples() == 1 ? measures[0] : -bound.value(row);
            measures[3] = accepted[row];
            measures[4] = stepSize;
            measures[5] = divergent[row];
            measures[6] = effectiveSize;
        }

        /** Returns the chains of the last batch. */
        HamiltonianChains chains() {
            return chains;
        }
    }
}
