package io.github.sparklatent.mixture.stochastic;

import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A rule that improves a mixture by the statistics of a batch of rows. The state of an improvement is a vector. The
 * driver averages the vectors of the tasks, by the weights of their rows.
 */
interface LocalRule extends Serializable {
    /** Returns the length of the vector. */
    int length();

    /**
     * Begins a traversal in one task.
     *
     * @param start mixture at the beginning of the traversal, the same in all tasks
     * @param memory empty in the first traversal, or what {@link #finished} has returned. Not modified.
     */
    Improvement begin(MixedMixture start, double[] memory);

    /**
     * Ends a traversal on the driver.
     *
     * @param start mixture at the beginning of the traversal
     * @param average mean of the vectors of all tasks. Not modified.
     * @return mixture and memory for the next traversal
     */
    Finished finished(MixedMixture start, double[] average);

    /**
     * The result of a traversal.
     *
     * @param mixture the improved mixture
     * @param memory for {@link #begin} of the next traversal
     * @param warnings sentences about repairs
     */
    record Finished(MixedMixture mixture, double[] memory, List<String> warnings) {}

    /** The improvement of a mixture in one task. Used by one thread. */
    interface Improvement {
        MixedMixture mixture();

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
     * @param em the M-step
     * @param weight total weight of all rows
     * @param rows number of all rows
     */
    record StepwiseRule(MixtureEm em, double weight, double rows) implements LocalRule {
        @Override
        public int length() {
            return em.layout().length();
        }

        @Override
        public Improvement begin(MixedMixture start, double[] memory) {
            return new Statistics(start, memory);
        }

        @Override
        public Finished finished(MixedMixture start, double[] average) {
            double[] statistics = average.clone();
            List<String> warnings = new ArrayList<>();
            MixedMixture mixture = maximized(statistics, start, warnings);
            return new Finished(mixture, statistics, warnings);
        }

        /**
         * Returns the M-step.
         *
         * @param statistics centred at a mixture; then at the returned one. Modified.
         * @param warnings receives a sentence for each repair. Modified.
         */
        private MixedMixture maximized(double[] statistics, MixedMixture centred, List<String> warnings) {
            MixedMixture mixture = em.maximize(statistics, centred, warnings);
            em.layout().moveCentres(statistics, centred, mixture);
            return mixture;
        }

        private final class Statistics implements Improvement {
            private final MixedMixture start;
            private final double[] statistics;
            private MixedMixture mixture;

            Statistics(MixedMixture start, double[] memory) {
                this.start = start;
                this.mixture = start;
                // Empty, or from a version with other statistics: the mixture stands for them.
                this.statistics = memory.length == em.layout().length()
                        ? memory.clone()
                        : em.layout().expected(start, weight, rows);
            }

            @Override
            public MixedMixture mixture() {
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
                em.layout().moveCentres(moved, mixture, start);
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
     * @param em the M-step of Gaussian columns, of which the gradient is zero where it changes nothing
     * @param learningRate η, which the size of a step multiplies
     */
    record GradientRule(MixtureEm em, double learningRate) implements LocalRule {
        private static final Optimizer ADAM = Optimizer.of(Optimizer.Type.ADAM);
        private static final double GREATEST = 1e6;

        private int parameters() {
            return LogCholesky.length(em.layout().gaussian());
        }

        private int moments() {
            return ADAM.vectors() * parameters();
        }

        @Override
        public int length() {
            return parameters() + moments() + 1;
        }

        @Override
        public Improvement begin(MixedMixture start, double[] memory) {
            return new Ascent(start, memory);
        }

        @Override
        public Finished finished(MixedMixture start, double[] average) {
            double[] memory = new double[moments() + 1];
            System.arraycopy(average, parameters(), memory, 0, memory.length);
            List<String> warnings = new ArrayList<>();
            MixedMixture mixture = start.with(
                    new LogCholesky(start.gaussian()).at(doubles(floats(average, 0, parameters())), warnings));
            return new Finished(mixture, memory, warnings);
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

        private final class Ascent implements Improvement {
            private final LogCholesky coordinates;
            private final float[] parameters = new float[parameters()];
            private final float[] gradient = new float[parameters.length];
            private final OptimizerSteps steps;
            private MixedMixture mixture;

            Ascent(MixedMixture start, double[] memory) {
                this.coordinates = new LogCholesky(start.gaussian());
                this.mixture = start;
                this.steps = memory.length == 0
                        ? ADAM.steps(parameters.length, new float[moments()], 0)
                        : ADAM.steps(parameters.length, floats(memory, 0, moments()), Math.round(memory[moments()]));
            }

            @Override
            public MixedMixture mixture() {
                return mixture;
            }

            @Override
            public void add(double[] statistics, double size) {
                for (int k = 0; k < em.layout().components(); k++) {
                    int at = StatisticsLayout.SIZES + k;
                    statistics[at] = Math.max(statistics[at], Double.MIN_NORMAL);
                }
                double[] derivatives =
                        coordinates.gradient(doubles(parameters), mixture.gaussian(), statistics, em.step());
                for (int i = 0; i < gradient.length; i++) {
                    // The square of a derivative must be a float: else one outlier would stop Adam's steps for ever.
                    gradient[i] = (float) Math.max(-GREATEST, Math.min(GREATEST, derivatives[i]));
                }
                // Adam moves each of the d numbers of a mean alike.
                steps.take(
                        parameters,
                        gradient,
                        learningRate * size / Math.sqrt(em.layout().columns().size()));
                mixture = mixture.with(coordinates.at(doubles(parameters)));
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
