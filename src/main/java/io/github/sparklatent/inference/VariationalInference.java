package io.github.sparklatent.inference;

import io.github.sparklatent.inference.VariationalState.Progress;
import io.github.sparklatent.inference.VariationalState.Window;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.UserCodeException;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Maximises the evidence lower bound E_q[log p(X | θ) + log p(θ) − log q(θ)] over a Gaussian q. The objective is its
 * estimate in nats per row.
 *
 * <p>A round draws S parameter vectors, which depend on the seed and the round only. One traversal of the rows gives
 * log p(X | θ_s) of all of them, a {@link GradientEstimator} the gradient, and Adam a step.
 *
 * <p>The fit has {@value #STAGES} stages. In the first one, the mean of q moves by up to the learning rate, so that it
 * gets anywhere from its start. In the others, it moves in units of the deviations of q, with a quarter of the rate of
 * the stage before; the scales of the parameters may then differ by orders of magnitude. The moments of Adam begin at 0
 * in each stage, because the gradients on the way to the posterior are far greater than those around it.
 *
 * <p>The smoothed ELBO is its mean over a window of {@value #WINDOW} rounds. A stage ends if the last window does not
 * gain more than the tolerance over the window before, where twice the standard error of their difference counts as
 * nothing. The spread of the rounds within the windows gives the error, so it includes the noise of the draws and that
 * of the steps.
 *
 * <p>The result has the mean of φ over the last two windows. Around the optimum, the steps follow the noise of the
 * gradients back and forth, which the mean removes for the most part (Polyak and Juditsky 1992; Dhaka et al. 2020).
 * {@value #STORED_DRAWS} draws of it give its ELBO in a last traversal.
 *
 * <p>A draw counts only if its density and its gradient are finite numbers. The others are left out, as if q were 0
 * there; an event says so. With fewer than two draws left, the fit has diverged.
 */
public final class VariationalInference implements ExpectationMaximization<VariationalState> {
    /** Number of parameter vectors that a fit draws from its result, and that a model keeps. */
    public static final int STORED_DRAWS = 100;

    static final int WINDOW = 50;
    static final int STAGES = 3;

    private static final double START_DEVIATION = 0.1;
    private static final double RATE_FACTOR = 0.25;

    /** Largest derivative given to Adam, whose square must be a float. */
    private static final double GREATEST = 1e15;

    /**
     * Adam, which forgets gradients after some 100 rounds because of its second decay of 0.99. So a stage can be as
     * short as two windows; 0.999 would need 1,000 rounds.
     */
    private static final Optimizer ADAM = Optimizer.DEFAULT.withBetas(0.9, 0.99);

    private final BayesianModel model;
    private final InferenceOptions options;
    private final double rowsPerWeight;

    /**
     * Creates the problem.
     *
     * @param rowsPerWeight number of rows that a row weight of 1 counts as
     * @throws IllegalArgumentException if the model cannot be fitted with the options
     */
    public VariationalInference(BayesianModel model, InferenceOptions options, double rowsPerWeight) {
        options.require(model);
        this.model = model;
        this.options = options;
        this.rowsPerWeight = rowsPerWeight;
    }

    /**
     * Returns the state to start from.
     *
     * @param mean mean of q, p finite numbers
     */
    public VariationalState start(double[] mean) {
        GaussianPosterior q = GaussianPosterior.of(options.posterior(), mean, START_DEVIATION);
        return new VariationalState(q, 0, Progress.start(0, q.pack().length, ADAM.vectors()));
    }

    @Override
    public String description() {
        return "variational inference, %s, p=%d"
                .formatted(options.posterior(), model.parameters().free());
    }

    @Override
    public Traversal traversal(VariationalState state) {
        return state.progress() == null ? Traversal.ENDS : Traversal.ESTIMATES;
    }

    @Override
    public Expectation expectation(VariationalState state) {
        return sums(state, noise(state));
    }

    private DrawsExpectation sums(VariationalState state, DMatrixRMaj noise) {
        boolean hasGradients = state.progress() != null && options.estimator() == GradientEstimator.REPARAMETERIZED;
        return new DrawsExpectation(model, state.posterior().draws(noise), hasGradients);
    }

    private DMatrixRMaj noise(VariationalState state) {
        int p = state.posterior().parameters();
        return state.progress() == null
                ? storedNoise(p, options.seed())
                : GaussianPosterior.noise(options.draws(), p, options.seed(), Purpose.PARAMETER_DRAW, state.round());
    }

    private static DMatrixRMaj storedNoise(int parameters, long seed) {
        return GaussianPosterior.noise(STORED_DRAWS, parameters, seed, Purpose.POSTERIOR_DRAW, 0);
    }

    /** Returns the draws of a fitted q that are kept with the model, {@value #STORED_DRAWS} × p. */
    public static DMatrixRMaj storedDraws(GaussianPosterior q, long seed) {
        return q.draws(storedNoise(q.parameters(), seed));
    }

    @Override
    public double objective(double[] sums) {
        throw new UnsupportedOperationException("the ELBO needs the state with q");
    }

    @Override
    public double objective(VariationalState state, double[] sums) {
        return elbo(state, sums).mean() / rows(sums);
    }

    @Override
    public double error(VariationalState state, double[] sums) {
        return elbo(state, sums).error() / rows(sums);
    }

    @Override
    public double weight(double[] sums) {
        return sums[DrawsExpectation.WEIGHT];
    }

    /** Returns the number of rows that the row weights count as. */
    private double rows(double[] sums) {
        return rowsPerWeight * weight(sums);
    }

    private LogJointDensities elbo(VariationalState state, double[] sums) {
        return requireDraws(state, evaluate(state, sums).densities());
    }

    private static LogJointDensities requireDraws(VariationalState state, double[] densities) {
        LogJointDensities found = new LogJointDensities(densities);
        if (found.count() < 2) {
            throw new DivergedException(
                    "round %d: the log density is a finite number for %d of %d draws of the parameters, expected at least 2: check the density, scale the columns, or use a smaller train.learningRate"
                            .formatted(state.round(), found.count(), densities.length));
        }
        return found;
    }

    /**
     * The log joint densities of a round.
     *
     * @param densities f of each draw; NaN if the draw is left out
     * @param gradients S × p derivatives of log p(X, θ_s); empty without gradients
     */
    private record Evaluation(DMatrixRMaj noise, double[] densities, double[] gradients) {}

    private Evaluation evaluate(VariationalState state, double[] sums) {
        DMatrixRMaj noise = noise(state);
        DrawsExpectation expectation = sums(state, noise);
        int p = noise.numCols;
        double[] densities = new double[noise.numRows];
        double[] gradients = new double[expectation.hasGradients() ? noise.numRows * p : 0];
        double[] prior = expectation.hasGradients() ? new double[p] : null;
        for (int s = 0; s < densities.length; s++) {
            double[] theta = Arrays.copyOfRange(expectation.draws().data, s * p, (s + 1) * p);
            if (prior != null) {
                Arrays.fill(prior, 0);
            }
            double logPrior = UserCodeException.calling(model, "logPrior", () -> model.logPrior(theta, prior));
            double logLikelihood = rowsPerWeight * sums[DrawsExpectation.LOG_LIKELIHOODS + s];
            double check = logLikelihood + logPrior;
            for (int i = 0; prior != null && i < p; i++) {
                int at = s * p + i;
                gradients[at] = rowsPerWeight * sums[expectation.gradients() + at] + prior[i];
                check += 0 * gradients[at]; // NaN if the derivative is no finite number
            }
            densities[s] = Double.isFinite(check)
                    ? logLikelihood + logPrior - state.posterior().logDensity(noise, s)
                    : Double.NaN;
        }
        return new Evaluation(noise, densities, gradients);
    }

    @Override
    public Update<VariationalState> update(VariationalState state, double[] sums, RowBlocks data, int reinitialized) {
        return update(state, sums, false);
    }

    @Override
    public Update<VariationalState> lastUpdate(
            VariationalState state, double[] sums, RowBlocks data, int reinitialized) {
        return update(state, sums, true);
    }

    private Update<VariationalState> update(VariationalState state, double[] sums, boolean last) {
        Evaluation found = evaluate(state, sums);
        LogJointDensities elbo = requireDraws(state, found.densities());
        List<String> events = elbo.count() == found.densities().length
                ? List.of()
                : List.of("draws of the parameters with a density that is no finite number" + " were left out");
        Progress progress = state.progress();
        Window current = progress.current().with(elbo.mean(), state.posterior().pack());
        boolean full = current.rounds() == WINDOW;
        boolean level = full && gainsNothing(progress.before(), current);
        boolean ends =
                level && progress.stage() + 1 >= STAGES && options.stopping().tolerance() > 0;
        int round = state.round() + 1;
        if (last || ends) {
            return new Update<>(
                    new VariationalState(average(state, progress.before(), current), round, null), 0, events);
        }
        double[] gradient =
                options.estimator().gradient(state.posterior(), found.noise(), found.densities(), found.gradients(), 0);
        boolean unit = progress.stage() == 0;
        if (unit && options.posterior() == PosteriorForm.FULL) {
            // of independent parameters, each step has the sign of its derivative anyway
            state.posterior().differentiateUnits(gradient);
        }
        OptimizerSteps steps = ADAM.steps(gradient.length, progress.moments(), progress.steps());
        GaussianPosterior moved = state.posterior().moved(step(steps, gradient, progress.stage()), unit);
        float[] moments = new float[progress.moments().length];
        steps.copyMoments(moments, 0);
        Progress next = level && progress.stage() + 1 < STAGES
                ? Progress.start(progress.stage() + 1, gradient.length, ADAM.vectors())
                : new Progress(
                        progress.stage(),
                        progress.steps() + 1,
                        moments,
                        full ? current : progress.before(),
                        full ? Window.EMPTY : current);
        return new Update<>(new VariationalState(moved, round, next), 0, events);
    }

    /**
     * Takes a step of Adam from 0; the float precision is that of the step, not that of q.
     *
     * <p>Adam gives each entry of T about the same size. Row i of a full factor has i of them below the diagonal, so it
     * is divided by √i: the step of each row is then as long as that of the mean. Without this, the factor of many
     * parameters moves at random until draws overflow.
     */
    private float[] step(OptimizerSteps steps, double[] gradient, int stage) {
        float[] descent = new float[gradient.length];
        for (int i = 0; i < descent.length; i++) {
            descent[i] = (float) -Math.max(-GREATEST, Math.min(GREATEST, gradient[i]));
        }
        float[] step = new float[gradient.length];
        steps.take(step, descent, options.learningRate() * StrictMath.pow(RATE_FACTOR, stage));
        PosteriorForm form = options.posterior();
        int free = model.parameters().free();
        for (int i = 1; form == PosteriorForm.FULL && i < free; i++) {
            int row = free + form.row(i);
            float factor = (float) (1 / Math.sqrt(i));
            for (int j = 0; j < i; j++) {
                step[row + j] *= factor;
            }
        }
        return step;
    }

    private boolean gainsNothing(Window before, Window current) {
        return before.rounds() == WINDOW
                && current.mean() - before.mean()
                        < options.stopping().tolerance()
                                + 2 * Math.sqrt(before.squaredError() + current.squaredError());
    }

    private GaussianPosterior average(VariationalState state, Window before, Window current) {
        double[] phi = current.phi().clone();
        for (int i = 0; i < phi.length; i++) {
            phi[i] += before.rounds() == 0 ? 0 : before.phi()[i];
            phi[i] /= before.rounds() + current.rounds();
        }
        return GaussianPosterior.unpack(options.posterior(), state.posterior().parameters(), phi);
    }
}
