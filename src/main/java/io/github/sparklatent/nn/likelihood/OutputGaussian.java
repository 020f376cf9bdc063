package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.nn.Check;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.RowSums;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Gaussian columns whose means and variances are outputs: first all means m, then all r.
 *
 * <pre>
 *   v_j          = bound + log(1 + exp r_j)
 *   log p(x)     = −½ Σ_j (t(e_j) + log 2πv_j),   e_j = (x_j − m_j)² / v_j
 *   ∂/∂m_j       = t′(e_j) (x_j − m_j) / v_j
 *   ∂/∂r_j       = ½ (t′(e_j) e_j − 1) / v_j · σ(r_j)
 * </pre>
 *
 * <p>t is the identity up to 10 standard deviations and a logarithm beyond, as in {@link Gaussian}.
 *
 * <p>The variance is always above its bound, with a gradient that leads away from it. Without a bound, a column that
 * the means reproduce exactly would have an infinite density.
 *
 * @param width number of columns
 * @param lowerBound lower bound of the variances
 */
public record OutputGaussian(int width, double lowerBound) implements EqualColumns {
    public OutputGaussian {
        Check.that(
                lowerBound >= Float.MIN_NORMAL && lowerBound <= Float.MAX_VALUE,
                "lower bound of gaussian's variances is %s, expected a positive number within single precision",
                lowerBound);
    }

    @Override
    public int outputs() {
        return 2 * width;
    }

    @Override
    public Support support() {
        return Support.NUMBERS;
    }

    @Override
    public String name() {
        return "gaussian";
    }

    @Override
    public String toString() {
        return "gaussian (a variance for each output)";
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker((float) lowerBound, new float[width], new float[width]);
    }

    private record Worker(float lowerBound, float[] variance, float[] other) implements Likelihood.Worker {
        private void variances(FMatrixRMaj outputs, int row) {
            int width = outputs.numCols / 2;
            FloatFunctions.softplus(outputs.data, (2 * row + 1) * width, variance, 0, width);
            for (int j = 0; j < width; j++) {
                variance[j] += lowerBound;
            }
        }

        @Override
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            for (int i = 0; i < x.numRows; i++) {
                variances(outputs, i);
                FloatFunctions.log(variance, 0, other, 0, width);
                for (int j = 0; j < width; j++) {
                    other[j] = Missing.is(x.data[i * width + j]) ? 0 : other[j];
                }
                double logarithms = RowSums.sum(other, 0, width);
                for (int j = 0; j < width; j++) {
                    float error = RowSums.difference(x.data[i * width + j], outputs.data[2 * i * width + j]);
                    float square = error * error / variance[j];
                    other[j] = square > Gaussian.TAIL // the square itself may be above all floats
                            ? (float) RowSums.tailed(1.0 * error * error / variance[j], Gaussian.TAIL)
                            : square;
                }
                double errors = RowSums.sum(other, 0, width);
                int observed = Missing.observed(x.data, i * width, width);
                density[i] = -0.5 * (errors + logarithms + observed * Gaussian.LOG_TWO_PI);
            }
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            int width = x.numCols;
            outputGradient.reshape(x.numRows, 2 * width);
            for (int i = 0; i < x.numRows; i++) {
                variances(outputs, i);
                int at = 2 * i * width;
                FloatFunctions.sigmoid(outputs.data, at + width, other, 0, width);
                for (int j = 0; j < width; j++) {
                    float error = RowSums.difference(x.data[i * width + j], outputs.data[at + j]);
                    float slope = error / variance[j];
                    float square = error * slope;
                    if (square > Gaussian.TAIL) {
                        square = Gaussian.TAIL;
                        slope = Gaussian.TAIL / error;
                    }
                    outputGradient.data[at + j] = scale[i] * slope;
                    float observed = Missing.is(x.data[i * width + j]) ? 0f : 1f;
                    outputGradient.data[at + width + j] =
                            scale[i] * 0.5f * (square - observed) / variance[j] * other[j];
                }
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            int width = outputs.numCols / 2;
            mean.reshape(outputs.numRows, width);
            for (int i = 0; i < outputs.numRows; i++) {
                System.arraycopy(outputs.data, 2 * i * width, mean.data, i * width, width);
            }
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            int width = rows.numCols;
            outputGradient.reshape(rows.numRows, 2 * width);
            outputGradient.zero(); // the variances do not move the mean
            for (int i = 0; i < rows.numRows; i++) {
                int to = 2 * i * width;
                System.arraycopy(slope.data, i * width, outputGradient.data, to, width);
            }
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            mean(parameters, outputs, x);
            int width = x.numCols;
            for (int i = 0; i < outputs.numRows; i++) {
                variances(outputs, i);
                for (int j = 0; j < width; j++) {
                    double deviation = Math.sqrt(variance[j]);
                    x.data[i * width + j] += (float) (deviation * random.nextGaussian());
                }
            }
        }
    }
}
