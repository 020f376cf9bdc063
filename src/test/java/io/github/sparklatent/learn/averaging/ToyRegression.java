package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Least squares: a row is inputs and, last, its target; the loss is half the squared error, the second measure its
 * absolute value. Each prediction is disturbed by noise from the position's key.
 *
 * @param inputs number of them; as many parameters
 * @param noise deviation of the disturbance
 */
public record ToyRegression(int inputs, double noise) implements StochasticObjective {
    /** Rows of a plane and a little noise: n × (inputs + 1). */
    public static FMatrixRMaj rows(int n, int inputs, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(n, inputs + 1);
        for (int i = 0; i < n; i++) {
            double target = 0.1 * random.nextGaussian();
            for (int j = 0; j < inputs; j++) {
                double x = random.nextGaussian();
                rows.set(i, j, (float) x);
                target += (j + 1) * x;
            }
            rows.set(i, inputs, (float) target);
        }
        return rows;
    }

    @Override
    public int parameterCount() {
        return inputs;
    }

    @Override
    public List<String> measures() {
        return List.of("loss", "error");
    }

    @Override
    public Worker worker(int maxRows) {
        return new ToyWorker(
                (parameters, rows, weights, position, gradient, sums) -> {
                    requireHeight(rows, maxRows);
                    double[] exact = new double[inputs];
                    double weight = go(parameters, rows, weights, position, exact, sums);
                    for (int j = 0; j < inputs; j++) {
                        gradient[j] = (float) (exact[j] / weight);
                    }
                },
                (parameters, rows, weights, sums) -> {
                    requireHeight(rows, maxRows);
                    long content = Float.floatToIntBits(rows.get(0, 0));
                    go(parameters, rows, weights, new Position(content, 0, 0), new double[inputs], sums);
                });
    }

    private static void requireHeight(FMatrixRMaj rows, int maxRows) {
        if (rows.numRows < 1 || rows.numRows > maxRows) {
            throw new IllegalStateException(rows.numRows + " rows, at most " + maxRows);
        }
    }

    private double go(
            float[] parameters,
            FMatrixRMaj rows,
            float[] weights,
            Position position,
            double[] gradient,
            double[] sums) {
        RandomGenerator random = RandomStreams.of(position.key(), Purpose.NOISE);
        double weight = 0;
        for (int i = 0; i < rows.numRows; i++) {
            double error = noise * random.nextGaussian() - rows.get(i, inputs);
            for (int j = 0; j < inputs; j++) {
                error += (double) parameters[j] * rows.get(i, j);
            }
            for (int j = 0; j < inputs; j++) {
                gradient[j] += weights[i] * error * rows.get(i, j);
            }
            sums[0] += weights[i] * error * error / 2;
            sums[1] += weights[i] * Math.abs(error);
            weight += weights[i];
        }
        return weight;
    }
}
