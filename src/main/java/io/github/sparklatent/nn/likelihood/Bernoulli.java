package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.RowSums;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Independent columns of 0 or 1, each with a logit a. For values between 0 and 1 this is minus the cross-entropy, an
 * unnormalised density:
 *
 * <pre>
 *   log p(x | a) = x log σ(a) + (1 − x) log(1 − σ(a)) = x a − log(1 + eᵃ)
 *   ∂/∂a         = x − σ(a)
 * </pre>
 *
 * @param width number of columns
 * @param binary whether a generator draws 0 or 1; otherwise it gives means, such as grey values
 */
public record Bernoulli(int width, boolean binary) implements EqualColumns {
    /** Creates columns of values from 0 to 1. */
    public Bernoulli(int width) {
        this(width, false);
    }

    @Override
    public Support support() {
        return Support.SHARES;
    }

    @Override
    public double nearest(double number) {
        double bounded = Support.SHARES.nearest(number);
        return binary ? Math.rint(bounded) : bounded;
    }

    @Override
    public String toString() {
        return "bernoulli";
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker(binary, new float[maxRows * width], new float[width]);
    }

    /**
     * The buffers of one task.
     *
     * @param binary whether a generator draws 0 or 1
     * @param probabilities σ(a) of the rows whose density was computed last
     * @param terms summands of the log density of a row
     */
    private record Worker(boolean binary, float[] probabilities, float[] terms) implements Likelihood.Worker {
        @Override
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            for (int i = 0; i < x.numRows; i++) {
                FloatFunctions.bernoulli(x.data, outputs.data, i * width, probabilities, terms, width);
                for (int j = 0; j < width; j++) {
                    terms[j] = Missing.is(x.data[i * width + j]) ? 0 : terms[j];
                }
                density[i] = RowSums.sum(terms, 0, width);
            }
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            int width = x.numCols;
            outputGradient.reshape(x.numRows, width);
            for (int i = 0; i < x.numRows; i++) {
                RowSums.scaledDifference(x.data, probabilities, scale[i], outputGradient.data, i * width, width);
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            mean.reshape(outputs.numRows, outputs.numCols);
            FloatFunctions.sigmoid(outputs.data, 0, mean.data, 0, outputs.getNumElements());
        }

        /**
         * Writes the means or, if the rows are binary, draws: 1 if the logit a plus logistic noise g is above 0, else
         * 0. After draws, {@code probabilities} holds σ((a + g) / τ) for the derivative, see {@link StraightThrough}.
         */
        @Override
        public void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
            if (!binary) {
                mean(parameters, outputs, rows);
                return;
            }
            int width = outputs.numCols;
            int length = outputs.getNumElements();
            rows.reshape(outputs.numRows, width);
            for (int at = 0; at < length; at++) {
                double noise = StraightThrough.logistic(random[at / width]);
                float noisy = (float) (outputs.data[at] + noise);
                rows.data[at] = noisy > 0 ? 1f : 0f;
                probabilities[at] = noisy / StraightThrough.TEMPERATURE;
            }
            FloatFunctions.sigmoid(probabilities, 0, probabilities, 0, length);
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            outputGradient.reshape(rows.numRows, rows.numCols);
            float[] values = binary ? probabilities : rows.data;
            float steepness = binary ? 1f / StraightThrough.TEMPERATURE : 1f;
            for (int i = 0; i < rows.getNumElements(); i++) {
                float v = values[i];
                outputGradient.data[i] = steepness * slope.data[i] * v * (1f - v);
            }
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            mean(parameters, outputs, x);
            for (int i = 0; i < x.getNumElements(); i++) {
                x.data[i] = random.nextDouble() < x.data[i] ? 1f : 0f;
            }
        }
    }
}
