package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatFunctions;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Independent counts, each with the logarithm a of its rate.
 *
 * <pre>
 *   log p(x | a) = x a − eᵃ − log x!
 *   ∂/∂a         = x − eᵃ
 * </pre>
 *
 * @param width columns
 */
public record Poisson(int width) implements Likelihood {
    /** The largest count up to which a float holds every whole number. */
    private static final double LARGEST = 1 << 24;

    public Poisson {
        Check.that(width >= 1, "poisson has %d columns, expected at least 1", width);
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
    public List<Integer> counts() {
        return IntStream.range(0, width).boxed().toList();
    }

    @Override
    public String flaw(double[] row, IntUnaryOperator place) {
        for (int j = 0; j < width; j++) {
            double value = row[place.applyAsInt(j)];
            if (!(value >= 0 && value <= LARGEST && value == Math.rint(value))) {
                return "column %d is %s, poisson expects a whole number from 0 to %d"
                        .formatted(place.applyAsInt(j), RowSums.shown(value), (int) LARGEST);
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "poisson";
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker(new float[maxRows * width]);
    }

    /**
     * The buffers of one task.
     *
     * @param rates rates of the rows whose density was computed last
     */
    private record Worker(float[] rates) implements Likelihood.Worker {
        @Override
        public void logDensity(
                float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            FloatFunctions.exp(outputs.data, 0, rates, 0, x.numRows * width);
            for (int i = 0; i < x.numRows; i++) {
                int at = i * width;
                double factorials = 0;
                for (int j = at; j < at + width; j++) {
                    factorials += LogFactorial.of(x.data[j]);
                }
                density[i] =
                        RowSums.dot(x.data, at, outputs.data, at, width)
                                - RowSums.sum(rates, at, width)
                                - factorials;
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
            for (int i = 0; i < x.numRows; i++) {
                RowSums.scaledDifference(
                        x.data, rates, scale[i], outputGradient.data, i * width, width);
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            mean.reshape(outputs.numRows, outputs.numCols);
            FloatFunctions.exp(outputs.data, 0, mean.data, 0, outputs.getNumElements());
        }

        @Override
        public void meanGradient(FMatrixRMaj mean, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            outputGradient.reshape(mean.numRows, mean.numCols);
            for (int i = 0; i < mean.getNumElements(); i++) {
                outputGradient.data[i] = slope.data[i] * mean.data[i];
            }
        }

        @Override
        public void sample(
                float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            mean(parameters, outputs, x);
            for (int i = 0; i < x.getNumElements(); i++) {
                x.data[i] = (float) PoissonSampler.draw(x.data[i], random);
            }
        }
    }
}
