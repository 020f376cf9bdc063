package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatFunctions;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Columns that are 0 or 1, each by its own logit a. For values between them this is minus the
 * cross-entropy, an unnormalised density:
 *
 * <pre>
 *   log p(x | a) = x log σ(a) + (1 − x) log(1 − σ(a)) = x a − log(1 + eᵃ)
 *   ∂/∂a         = x − σ(a)
 * </pre>
 *
 * @param width columns
 */
public record Bernoulli(int width) implements Likelihood {
    public Bernoulli {
        Check.that(width >= 1, "bernoulli has %d columns, expected at least 1", width);
    }

    @Override
    public int outputs() {
        return width;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public void initialize(float[] parameters, int offset) {}

    @Override
    public String flaw(double[] row, IntUnaryOperator place) {
        for (int j = 0; j < width; j++) {
            double value = row[place.applyAsInt(j)];
            if (!(value >= 0 && value <= 1)) {
                return "column %d is %s, bernoulli expects values within [0, 1]"
                        .formatted(place.applyAsInt(j), Columns.shown(value));
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "bernoulli";
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker(new float[maxRows * width]);
    }

    private record Worker(float[] scratch) implements Likelihood.Worker {
        @Override
        public void logDensity(
                float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            FloatFunctions.softplus(outputs.data, 0, scratch, 0, x.numRows * width);
            for (int i = 0; i < x.numRows; i++) {
                int at = i * width;
                density[i] =
                        Columns.dot(x.data, at, outputs.data, at, width)
                                - Columns.sum(scratch, at, width);
            }
        }

        @Override
        public void gradient(
                float[] parameters,
                FMatrixRMaj outputs,
                FMatrixRMaj x,
                float[] scale,
                FMatrixRMaj outputGradient,
                float[] gradient) {
            int width = x.numCols;
            outputGradient.reshape(x.numRows, width);
            float[] to = outputGradient.data;
            FloatFunctions.sigmoid(outputs.data, 0, to, 0, x.numRows * width);
            for (int i = 0; i < x.numRows; i++) {
                scaledDifference(x.data, scale[i], to, i * width, width);
            }
        }

        private static void scaledDifference(
                float[] x, float scale, float[] to, int from, int width) {
            for (int j = from; j < from + width; j++) {
                to[j] = scale * (x[j] - to[j]);
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            mean.reshape(outputs.numRows, outputs.numCols);
            FloatFunctions.sigmoid(outputs.data, 0, mean.data, 0, outputs.getNumElements());
        }

        @Override
        public void sample(
                float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            mean(parameters, outputs, x);
            for (int i = 0; i < x.getNumElements(); i++) {
                x.data[i] = random.nextDouble() < x.data[i] ? 1f : 0f;
            }
        }
    }
}
