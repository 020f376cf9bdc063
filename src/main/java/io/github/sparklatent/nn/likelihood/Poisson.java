package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.RowSums;
import io.github.sparklatent.nn.SoftBound;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Independent counts, each with the logarithm a of its rate.
 *
 * <pre>
 *   log p(x | a) = x b(a) − exp b(a) − log x!
 *   ∂/∂a         = (x − exp b(a)) b′(a)
 * </pre>
 *
 * <p>b is a {@link SoftBound} of ±20, the identity up to 17: rates beyond e¹⁷ are above the largest count.
 *
 * @param width number of columns
 */
public record Poisson(int width) implements EqualColumns {
    @Override
    public Support support() {
        return Support.COUNTS;
    }

    @Override
    public String toString() {
        return "poisson";
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker(new float[maxRows * width], new float[maxRows * width]);
    }

    /**
     * The buffers of one task.
     *
     * @param logRates b(a) of the rows whose density was computed, or which were generated, last
     * @param rates exp b(a) of these rows
     */
    private record Worker(float[] logRates, float[] rates) implements Likelihood.Worker {
        private void computeRates(FMatrixRMaj outputs) {
            int length = outputs.getNumElements();
            System.arraycopy(outputs.data, 0, logRates, 0, length);
            SoftBound.LOG_RATE.apply(logRates, 0, length);
            FloatFunctions.exp(logRates, 0, rates, 0, length);
        }

        @Override
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            computeRates(outputs);
            for (int i = 0; i < x.numRows; i++) {
                density[i] = 0;
                for (int j = i * width; j < (i + 1) * width; j++) {
                    if (!Missing.is(x.data[j])) {
                        double count = x.data[j];
                        density[i] += count * logRates[j] - rates[j] - GammaFunctions.logFactorial(count);
                    }
                }
            }
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            int width = x.numCols;
            outputGradient.reshape(x.numRows, width);
            for (int i = 0; i < x.numRows; i++) {
                RowSums.scaledDifference(x.data, rates, scale[i], outputGradient.data, i * width, width);
            }
            for (int i = 0; i < outputGradient.getNumElements(); i++) {
                outputGradient.data[i] *= SoftBound.LOG_RATE.slope(logRates[i]);
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            mean.reshape(outputs.numRows, outputs.numCols);
            int length = outputs.getNumElements();
            System.arraycopy(outputs.data, 0, mean.data, 0, length);
            SoftBound.LOG_RATE.apply(mean.data, 0, length);
            FloatFunctions.exp(mean.data, 0, mean.data, 0, length);
        }

        /** Draws counts; their derivative is taken to be the derivative of their rates. */
        @Override
        public void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
            int width = outputs.numCols;
            computeRates(outputs);
            rows.reshape(outputs.numRows, width);
            for (int at = 0; at < rows.getNumElements(); at++) {
                rows.data[at] = (float) PoissonSampler.draw(rates[at], random[at / width]);
            }
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            outputGradient.reshape(rows.numRows, rows.numCols);
            for (int i = 0; i < rows.getNumElements(); i++) {
                outputGradient.data[i] = slope.data[i] * rates[i] * SoftBound.LOG_RATE.slope(logRates[i]);
            }
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            mean(parameters, outputs, x);
            for (int i = 0; i < x.getNumElements(); i++) {
                x.data[i] = (float) PoissonSampler.draw(x.data[i], random);
            }
        }
    }
}
