package io.github.sparklatent.gmm.stochastic;

import io.github.sparklatent.gmm.em.MaximizationStep;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OptimizerSteps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Stochastic gradient ascent on the log-likelihood by Adam, in the parameters of {@link LogCholesky} around the mixture
 * at the start of the traversal. The vector holds the parameters, the moments of Adam and its number of steps.
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
        List<String> events = new ArrayList<>();
        MixtureParameters mixture = new LogCholesky(start).at(doubles(floats(average, 0, parameters())), events);
        return new Finished<>(mixture, memory, events);
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
