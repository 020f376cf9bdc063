package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Two groups: a follower θ that goes to the rows' mean less half of φ, disturbed by noise from the position's key, and
 * a hunter φ that goes to 0.3 θ. Between them lies a number that nobody moves.
 *
 * <pre>
 *   follower  ½ Σ_j (θ_j − x_j + φ_j / 2 + noise ε)²,   hunter  ½ Σ_j (φ_j − 0.3 θ_j)²
 *   parameters  θ of width entries, the unmoved one, φ of width entries
 * </pre>
 *
 * <p>The follower's ranges are given last entry first. What a group does not move is NaN in its gradient: it must not
 * be read.
 */
public record ToyGame(int width, double noise) implements StochasticObjective {
    /** Rows around (1, 2, ...): n × width. */
    public static FMatrixRMaj rows(int n, int width, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(n, width);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < width; j++) {
                rows.set(i, j, (float) (j + 1 + 0.5 * random.nextGaussian()));
            }
        }
        return rows;
    }

    @Override
    public int parameterCount() {
        return 2 * width + 1;
    }

    @Override
    public List<String> measures() {
        return List.of("follower loss", "hunter loss");
    }

    @Override
    public List<ParameterGroup> parameterGroups() {
        return List.of(
                new ParameterGroup("follower", List.of(new Range(width - 1, 1), new Range(0, width - 1))),
                new ParameterGroup("hunter", List.of(new Range(width + 1, width))));
    }

    @Override
    public Worker worker(int maxRows) {
        return new ToyWorker(
                (parameters, rows, weights, position, gradient, sums) -> {
                    Arrays.fill(gradient, Float.NaN);
                    if (position.group() == 0) {
                        follow(parameters, rows, weights, position.key(), gradient, sums);
                    } else {
                        hunt(parameters, rows, weights, gradient, sums);
                    }
                },
                (parameters, rows, weights, sums) -> {
                    float[] unused = new float[parameters.length];
                    long content = Float.floatToIntBits(rows.get(0, 0));
                    follow(parameters, rows, weights, content, unused, sums);
                    hunt(parameters, rows, weights, unused, sums);
                });
    }

    private void follow(
            float[] parameters, FMatrixRMaj rows, float[] weights, long key, float[] gradient, double[] sums) {
        RandomGenerator random = RandomStreams.of(key, Purpose.NOISE);
        double[] exact = new double[width];
        double weight = 0;
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < width; j++) {
                double error =
                        parameters[j] - rows.get(i, j) + parameters[width + 1 + j] / 2 + noise * random.nextGaussian();
                exact[j] += weights[i] * error;
                sums[0] += weights[i] * error * error / 2;
            }
            weight += weights[i];
        }
        for (int j = 0; j < width; j++) {
            gradient[j] = (float) (exact[j] / weight);
        }
    }

    private void hunt(float[] parameters, FMatrixRMaj rows, float[] weights, float[] gradient, double[] sums) {
        double weight = 0;
        for (int i = 0; i < rows.numRows; i++) {
            weight += weights[i];
        }
        for (int j = 0; j < width; j++) {
            double error = parameters[width + 1 + j] - 0.3 * parameters[j];
            gradient[width + 1 + j] = (float) error;
            sums[1] += weight * error * error / 2;
        }
    }
}
