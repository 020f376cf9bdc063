package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.bayes.InferenceOptions.ElboGradient;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.em.WeightedResponsibilities;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.ejml.data.DMatrixRMaj;

/**
 * Black-box variational inference over the parameters of a Gaussian mixture. It maximises the evidence lower bound
 * E_q[log p(X | θ) + log p(θ) − log q(θ)] over a Gaussian q. Unlike {@link VariationalBayes}, it does not take the
 * components of the rows as independent of the parameters, so its deviations are right also if components overlap. The
 * objective is the bound's estimate in nats per row.
 *
 * <p>A round draws S mixtures from q, which depend on the seed and the round only. One traversal of the rows gives log
 * p(X | θ_s) of all of them and, for the reparameterised estimator, the statistics of an E-step under each, from which
 * {@link LogJoint} has the gradient. Adam then takes a step. It moves the mean in deviations of q, so that the scales
 * of the parameters may differ by orders of magnitude.
 *
 * <p>The fit starts at the posterior of variational Bayes. It has {@value #STAGES} stages, each with a quarter of the
 * learning rate of the one before: around the optimum, the steps follow the noise of the gradients back and forth, and
 * the last ones are too small for that. The smoothed bound is its mean over a window of {@value #WINDOW} rounds. A
 * stage ends if the last window does not gain more than the tolerance over the window before, where twice the standard
 * error of their difference counts as nothing. The spread of the rounds within the windows gives the error, so it
 * includes the noise of the draws and that of the steps.
 */
public final class VariationalInference implements ExpectationMaximization<VariationalInference.InferenceState> {
    static final int WINDOW = 25;
    static final int STAGES = 4;
    private static final double RATE_FACTOR = 0.25;

    /** Gain of the whole bound in nats that is worth no more rounds, however many rows there are. */
    private static final double LEVEL = 0.1;

    /** Number of draws that describe the posterior; the error of a deviation is then 2% of it. */
    private static final int SUMMARY_DRAWS = 1000;

    /** Greatest number of values of these draws, unless there are fewer than 100 draws. */
    private static final int SUMMARY_VALUES = 1 << 24;

    /**
     * Adam, which forgets gradients after some 100 rounds because of its second decay of 0.99. So a stage can be as
     * short as two windows; 0.999 would need 1,000 rounds.
     */
    private static final Optimizer ADAM = Optimizer.DEFAULT.withBetas(0.9, 0.99);

    private final StatisticsLayout layout;
    private final LogJoint joint;
    private final InferenceOptions options;
    private final double rowsPerWeight;
    private final double tolerance;
    private final long seed;

    /**
     * Creates the problem.
     *
     * @param reference mixture around which θ has its coordinates
     * @param tolerance gain of the bound at which a stage ends, in nats per row; 0: the last stage does not end
     */
    public VariationalInference(
            MixtureParameters reference,
            VariationalPrior prior,
            InferenceOptions options,
            double tolerance,
            long seed) {
        this.layout = StatisticsLayout.of(reference);
        this.joint = new LogJoint(reference, prior);
        this.options = options;
        this.rowsPerWeight = prior.rowsPerWeight();
        this.tolerance = tolerance;
        this.seed = seed;
    }

    /**
     * Returns the state to start from: the mean is the reference, and the deviations are those of means if the rows are
     * distributed evenly and the components do not overlap.
     */
    public InferenceState start(double rows) {
        double deviation = 1 / Math.sqrt(1 + rows / layout.components());
        ParameterPosterior q = ParameterPosterior.of(options.posterior(), LogJoint.parameters(layout), deviation);
        return new InferenceState(q, 0, 0, 0, new float[ADAM.vectors() * q.phi().length], new double[0]);
    }

    @Override
    public String description() {
        return "variational inference, %s, GMM %s K=%d"
                .formatted(options.posterior(), layout.type(), layout.components());
    }

    @Override
    public Traversal traversal(InferenceState state) {
        return state.moments() == null ? Traversal.ENDS : Traversal.ESTIMATES;
    }

    private boolean hasGradients(InferenceState state) {
        return state.moments() != null && options.gradient() == ElboGradient.REPARAMETERIZED;
    }

    private DMatrixRMaj noise(InferenceState state) {
        return ParameterPosterior.noise(
                options.draws(), state.posterior().parameters(), seed, Purpose.PARAMETER_DRAW, state.round());
    }

    @Override
    public Expectation expectation(InferenceState state) {
        DMatrixRMaj noise = noise(state);
        List<Expectation> draws = new ArrayList<>();
        for (int s = 0; s < options.draws(); s++) {
            MixedDensity density = new MixedDensity(
                    MixedMixture.of(joint.at(state.posterior().draw(noise, s)).mixture()));
            draws.add(
                    hasGradients(state)
                            ? MixtureExpectation.under(density)
                            : WeightedResponsibilities.head(density, density.components()));
        }
        return new DrawnMixtures(draws);
    }

    /** The expectations under all drawn mixtures in one traversal of the rows: their sums, one after the other. */
    private record DrawnMixtures(List<Expectation> draws) implements Expectation {
        @Override
        public int length() {
            return draws.size() * draws.get(0).length();
        }

        @Override
        public Accumulator accumulator() {
            List<Accumulator> each =
                    draws.stream().map(Expectation::accumulator).toList();
            return Accumulator.of(
                    () -> each.stream()
                            .flatMapToDouble(accumulator -> Arrays.stream(accumulator.statistics()))
                            .toArray(),
                    block -> each.forEach(accumulator -> accumulator.add(block)));
        }
    }

    @Override
    public double objective(double[] sums) {
        throw new UnsupportedOperationException("the bound needs the state with q");
    }

    @Override
    public double objective(InferenceState state, double[] sums) {
        return StatUtils.mean(densities(state, sums)) / rows(sums);
    }

    @Override
    public double error(InferenceState state, double[] sums) {
        return Math.sqrt(StatUtils.variance(densities(state, sums)) / options.draws()) / rows(sums);
    }

    /** Returns the number of rows that the row weights count as. */
    private double rows(double[] sums) {
        return rowsPerWeight * weight(sums);
    }

    /** Returns f_s = log p(X, θ_s) − log q(θ_s) of each draw. */
    private double[] densities(InferenceState state, double[] sums) {
        DMatrixRMaj noise = noise(state);
        double[] densities = new double[options.draws()];
        Arrays.setAll(
                densities,
                s -> rowsPerWeight * sums[s * (sums.length / options.draws()) + StatisticsLayout.LOG_LIKELIHOOD]
                        + joint.logPrior(joint.at(state.posterior().draw(noise, s)))
                        - state.posterior().logDensity(noise, s));
        return densities;
    }

    /** Returns the sums under one draw, with weights that count rows. */
    private double[] statistics(double[] sums, int s) {
        int length = sums.length / options.draws();
        return Arrays.stream(sums, s * length, (s + 1) * length)
                .map(sum -> sum * rowsPerWeight)
                .toArray();
    }

    @Override
    public Update<InferenceState> update(
            InferenceState state, double[] sums, RowBlocks data, int reinitialized, boolean last) {
        double[] densities = densities(state, sums);
        double[] bounds = Arrays.copyOf(state.bounds(), state.bounds().length + 1);
        bounds[bounds.length - 1] = StatUtils.mean(densities);
        boolean level = gainsNothing(bounds, rows(sums));
        boolean lastStage = state.stage() + 1 == STAGES;
        boolean ends = last || level && lastStage && tolerance > 0;
        DMatrixRMaj noise = noise(state);
        double[][] gradients = new double[hasGradients(state) ? densities.length : 0][];
        for (int s = 0; s < gradients.length; s++) {
            LogJoint.Point point = joint.at(state.posterior().draw(noise, s));
            gradients[s] = joint.gradient(point, statistics(sums, s));
        }
        double[] gradient = options.gradient().estimate(state.posterior(), noise, densities, gradients);
        OptimizerSteps steps = ADAM.steps(gradient.length, state.moments(), state.steps());
        ParameterPosterior moved = state.posterior().moved(step(state, steps, gradient));
        float[] moments = new float[state.moments().length];
        steps.copyMoments(moments, 0);
        int round = state.round() + 1;
        return new Update<>(
                level && !lastStage && !last
                        ? new InferenceState(
                                moved, round, state.stage() + 1, 0, new float[moments.length], new double[0])
                        : new InferenceState(
                                moved, round, state.stage(), state.steps() + 1, ends ? null : moments, bounds),
                0,
                List.of());
    }

    /**
     * Takes a step of Adam from 0; the float precision is that of the step, not that of q.
     *
     * <p>Adam gives each entry of T about the same size. Row i of a full factor has i of them below the diagonal, so it
     * is divided by √i: the step of each row is then as long as that of the mean. Without this, the factor of many
     * parameters moves at random until draws overflow.
     */
    private float[] step(InferenceState state, OptimizerSteps steps, double[] gradient) {
        float[] descent = new float[gradient.length];
        for (int i = 0; i < descent.length; i++) {
            descent[i] = (float) -gradient[i];
        }
        float[] step = new float[gradient.length];
        steps.take(step, descent, options.learningRate() * StrictMath.pow(RATE_FACTOR, state.stage()));
        ParameterPosterior q = state.posterior();
        for (int i = 1; i < q.parameters(); i++) {
            for (int j = q.first(i); j < i; j++) {
                step[q.at(i, j)] *= (float) (1 / Math.sqrt(i));
            }
        }
        return step;
    }

    /** Returns whether the last window of a stage is full and gains nothing over the one before. */
    private boolean gainsNothing(double[] bounds, double rows) {
        int from = bounds.length - 2 * WINDOW;
        if (from < 0 || bounds.length % WINDOW > 0) {
            return false;
        }
        double squares = StatUtils.variance(bounds, from, WINDOW) + StatUtils.variance(bounds, from + WINDOW, WINDOW);
        return StatUtils.mean(bounds, from + WINDOW, WINDOW) - StatUtils.mean(bounds, from, WINDOW)
                < Math.min(LEVEL, tolerance * rows) + 2 * Math.sqrt(squares / WINDOW);
    }

    /** Returns the mixture at the mean of q. */
    public MixtureParameters mixture(InferenceState state) {
        return joint.at(state.posterior().mean()).mixture();
    }

    /**
     * Describes the posterior of weights, means and standard deviations of the columns.
     *
     * @return a column for each weight, then for each mean, then for each deviation, component by component; 4 rows:
     *     posterior mean, posterior deviation, and the ends of the interval that has 95% of the probability, and 2.5%
     *     on either side
     */
    public DMatrixRMaj summary(InferenceState state) {
        int k = layout.components();
        int d = layout.dimension();
        ParameterPosterior q = state.posterior();
        int count = k * (1 + 2 * d);
        int draws = Math.min(SUMMARY_DRAWS, Math.max(100, SUMMARY_VALUES / count));
        DMatrixRMaj noise = ParameterPosterior.noise(draws, q.parameters(), seed, Purpose.POSTERIOR_DRAW, 0);
        double[][] values = new double[count][draws];
        for (int s = 0; s < draws; s++) {
            MixtureParameters mixture = joint.at(q.draw(noise, s)).mixture();
            for (int i = 0; i < values.length; i++) {
                int cell = i - k;
                values[i][s] = cell < 0
                        ? mixture.weight(i)
                        : cell < k * d
                                ? mixture.means().data[cell]
                                : Math.sqrt(mixture.variance(cell / d - k, cell % d));
            }
        }
        DMatrixRMaj summary = new DMatrixRMaj(4, values.length);
        for (int i = 0; i < values.length; i++) {
            DescriptiveStatistics statistics = new DescriptiveStatistics(values[i]);
            summary.set(0, i, statistics.getMean());
            summary.set(1, i, statistics.getStandardDeviation());
            summary.set(2, i, statistics.getPercentile(2.5));
            summary.set(3, i, statistics.getPercentile(97.5));
        }
        return summary;
    }

    /**
     * The state of {@link VariationalInference} between two rounds.
     *
     * @param posterior current q
     * @param round number of updates made
     * @param stage number of times that the learning rate was lowered
     * @param steps number of steps of Adam in this stage
     * @param moments moments of Adam; null after the last update. Not to be modified.
     * @param bounds estimates of the bound in the rounds of this stage, in nats. Not to be modified.
     */
    public record InferenceState(
            ParameterPosterior posterior, int round, int stage, int steps, float[] moments, double[] bounds) {}
}
