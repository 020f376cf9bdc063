package io.github.sparklatent.gmm.stochastic;

import io.github.sparklatent.gmm.em.MaximizationStep;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A rule that improves a mixture by the statistics of a batch of rows. The state of an improvement is a vector. The
 * driver averages the vectors of the tasks, by the weights of their rows.
 *
 * @param <M> the mixture
 */
interface LocalRule<M> extends Serializable {
    /** Returns the length of the vector. */
    int length();

    /**
     * Begins a traversal in one task.
     *
     * @param start mixture at the beginning of the traversal, the same in all tasks
     * @param memory empty in the first traversal, or what {@link #finished} has returned. Not modified.
     */
    Improvement<M> begin(M start, double[] memory);

    /**
     * Ends a traversal on the driver.
     *
     * @param start mixture at the beginning of the traversal
     * @param average mean of the vectors of all tasks. Not modified.
     * @return mixture and memory for the next traversal
     */
    Finished<M> finished(M start, double[] average);

    /**
     * The result of a traversal.
     *
     * @param mixture the improved mixture
     * @param memory for {@link #begin} of the next traversal
     * @param warnings sentences about repairs
     */
    record Finished<M>(M mixture, double[] memory, List<String> warnings) {}

    /** The improvement of a mixture in one task. Used by one thread. */
    interface Improvement<M> {
        M mixture();

        /**
         * Improves the mixture.
         *
         * @param statistics statistics of a batch, centred at {@link #mixture}, and scaled to the weight of all rows.
         *     Modified.
         * @param step size of the step, in (0, 1)
         */
        void add(double[] statistics, double step);

        /**
         * Adds the vector times the weight of the task's rows.
         *
         * @param sums receives the vector from an entry on. Modified.
         */
        void write(double ofTask, double[] sums, int from);
    }

    /**
     * Stepwise EM (Cappé and Moulines 2009; Liang and Klein 2009): s ← (1 − ρ) s + ρ s_batch, then an M-step. The
     * vector is s, the sufficient statistics of all rows, centred at the mixture of the start of the traversal. So
     * statistics are averaged, not parameters.
     *
     * @param problem E-step and M-step
     * @param weight total weight of all rows
     * @param <M> the mixture
     */
    record StepwiseRule<M>(LocalProblem<M> problem, double weight) implements LocalRule<M> {
        @Override
        public int length() {
            return problem.length();
        }

        @Override
        public Improvement<M> begin(M start, double[] memory) {
            return new Statistics(start, memory);
        }

        @Override
        public Finished<M> finished(M start, double[] average) {
            double[] statistics = average.clone();
            List<String> warnings = new ArrayList<>();
            M mixture = maximized(statistics, start, warnings);
            return new Finished<>(mixture, statistics, warnings);
        }

        /**
         * Returns the M-step.
         *
         * @param statistics centred at a mixture; then at the returned one. Modified.
         * @param warnings receives a sentence for each repair. Modified.
         */
        private M maximized(double[] statistics, M centred, List<String> warnings) {
            M mixture = problem.maximize(statistics, centred, warnings);
            problem.moveCentres(statistics, centred, mixture);
            return mixture;
        }

        private final class Statistics implements Improvement<M> {
            private final M start;
            private final double[] statistics;
            private M mixture;

            Statistics(M start, double[] memory) {
                this.start = start;
                this.mixture = start;
                // Empty, or from a version with other statistics: the mixture stands for them.
                this.statistics = memory.length == problem.length() ? memory.clone() : problem.expected(start, weight);
            }

            @Override
            public M mixture() {
                return mixture;
            }

            @Override
            public void add(double[] batch, double size) {
                for (int i = 0; i < statistics.length; i++) {
                    statistics[i] += size * (batch[i] - statistics[i]);
                }
                mixture = maximized(statistics, mixture, new ArrayList<>());
            }

            @Override
            public void write(double ofTask, double[] sums, int from) {
                double[] moved = statistics.clone();
                problem.moveCentres(moved, mixture, start);
                for (int i = 0; i < moved.length; i++) {
                    sums[from + i] += ofTask * moved[i];
                }
            }
        }
    }

    /**
     * Stochastic gradient ascent on the log-likelihood by Adam, in the parameters of {@link LogCholesky} around the
     * mixture at the start of the traversal. The vector holds the parameters, the moments of Adam and its number of
     * steps.
     *
     * @param layout layout of the statistics
     * @param step M-step, of which the gradient is zero where it changes nothing
     * @param learningRate η, which the size of a step multiplies
     */
    record GradientRule(StatisticsLayout layout, MaximizationStep step, double learningRate)
            implements LocalRule<MixtureParameters> {
        private static final Optimizer ADAM = Optimizer.of(Optimizer.Type.ADAM);
        private static final double GREATEST = 1e6;

        private int parameters() {
            return LogCholesky.length(layout);
        }

        private int moments() {
            return ADAM.vectors() * parameters();
        }

        @Override
        public int length() {
            return parameters() + moments() + 1;
        }

        @Override
        public Improvement<MixtureParameters> begin(MixtureParameters start, double[] memory) {
            return new Ascent(start, memory);
        }

        @Override
        public Finished<MixtureParameters> finished(MixtureParameters start, double[] average) {
            double[] memory = new double[moments() + 1];
            System.arraycopy(average, parameters(), memory, 0, memory.length);
            List<String> warnings = new ArrayList<>();
            MixtureParameters mixture = new LogCholesky(start).at(doubles(floats(average, 0, parameters())), warnings);
            return new Finished<>(mixture, memory, warnings);
        }

        private static float[] floats(double[] values, int from, int length) {
            float[] floats = new float[length];
            for (int i = 0; i < length; i++) {
                floats[i] = (float) values[from + i];
            }
            return floats;
        }

        private static double[] doubles(float[] values) {
            return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
        }

        private final class Ascent implements Improvement<MixtureParameters> {
            private final LogCholesky coordinates;
            private final float[] parameters = new float[parameters()];
            private final float[] gradient = new float[parameters.length];
            private final OptimizerSteps steps;
            private MixtureParameters mixture;

            Ascent(MixtureParameters start, double[] memory) {
                this.coordinates = new LogCholesky(start);
                this.mixture = start;
                this.steps = memory.length == 0
                        ? ADAM.steps(parameters.length, new float[moments()], 0)
                        : ADAM.steps(parameters.length, floats(memory, 0, moments()), Math.round(memory[moments()]));
            }

            @Override
            public MixtureParameters mixture() {
                return mixture;
            }

            @Override
            public void add(double[] statistics, double size) {
                for (int k = 0; k < layout.components(); k++) {
                    int at = StatisticsLayout.SIZES + k;
                    statistics[at] = Math.max(statistics[at], Double.MIN_NORMAL);
                }
                double[] derivatives = coordinates.gradient(doubles(parameters), mixture, statistics, step);
                for (int i = 0; i < gradient.length; i++) {
                    // The square of a derivative must be a float: else one outlier would stop Adam's steps for ever.
                    gradient[i] = (float) Math.max(-GREATEST, Math.min(GREATEST, derivatives[i]));
                }
                // Adam moves each of the d numbers of a mean alike.
                steps.take(parameters, gradient, learningRate * size / Math.sqrt(layout.dimension()));
                mixture = coordinates.at(doubles(parameters));
            }

            @Override
            public void write(double ofTask, double[] sums, int from) {
                float[] moments = new float[moments()];
                steps.copyMoments(moments, 0);
                for (int i = 0; i < parameters.length; i++) {
                    sums[from + i] += ofTask * parameters[i];
                }
                for (int i = 0; i < moments.length; i++) {
                    sums[from + parameters.length + i] += ofTask * moments[i];
                }
                sums[from + parameters.length + moments.length] += ofTask * steps.steps();
            }
        }
    }
}
