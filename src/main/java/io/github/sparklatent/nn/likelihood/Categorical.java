package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.nn.Check;
import io.github.sparklatent.nn.RowSums;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * A category as a one-hot group of columns: one is 1 and the others are 0.
 *
 * <pre>
 *   log p(x | a) = Σ_j x_j a_j − log Σ_j exp a_j     (largest a subtracted first)
 *   ∂/∂a_j       = x_j − softmax(a)_j
 * </pre>
 *
 * @param width number of columns of the group: categories
 */
public record Categorical(int width) implements Likelihood {
    public Categorical {
        Check.that(width >= 2, "categorical has %d columns, expected at least 2", width);
    }

    @Override
    public int outputs() {
        return width;
    }

    @Override
    public String flaw(double[] row, IntUnaryOperator place) {
        boolean missing = isMissing(row, place);
        int ones = 0;
        for (int j = 0; j < width; j++) {
            double value = row[place.applyAsInt(j)];
            if (value != 0 && value != 1 && !Double.isNaN(value)) {
                return "column %d is %s, categorical expects 0 or 1"
                        .formatted(place.applyAsInt(j), RowSums.shown(value));
            }
            ones += value == 1 ? 1 : 0;
        }
        return ones == 1 || missing && ones == 0
                ? null
                : "column %d to column %d hold %d ones, categorical expects one"
                        .formatted(place.applyAsInt(0), place.applyAsInt(width - 1), ones);
    }

    private boolean isMissing(double[] row, IntUnaryOperator place) {
        return IntStream.range(0, width).anyMatch(j -> Double.isNaN(row[place.applyAsInt(j)]));
    }

    /**
     * Chooses the category that is observed as 1, or else the most probable of those that are not
     * observed as 0, the first one of several.
     */
    @Override
    public void complete(double[] row, double[] mean, IntUnaryOperator place) {
        if (!isMissing(row, place)) {
            return;
        }
        int chosen = -1;
        for (int j = 0; j < width; j++) {
            double value = row[place.applyAsInt(j)];
            if (value == 1) {
                chosen = j;
                break;
            }
            if (Double.isNaN(value)
                    && (chosen < 0 || mean[place.applyAsInt(j)] > mean[place.applyAsInt(chosen)])) {
                chosen = j;
            }
        }
        for (int j = 0; j < width; j++) {
            row[place.applyAsInt(j)] = j == chosen ? 1 : 0;
        }
    }

    @Override
    public String toString() {
        return "categorical";
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new ObservedCells(new Worker(new float[maxRows * width]), width, true);
    }

    private record Worker(float[] scratch) implements Likelihood.Worker {
        private static float largest(FMatrixRMaj outputs, int row) {
            int from = row * outputs.numCols;
            float largest = outputs.data[from];
            for (int j = 1; j < outputs.numCols; j++) {
                largest = Math.max(largest, outputs.data[from + j]);
            }
            return largest;
        }

        /** Writes exp(a − largest of its row), n × width. */
        private static void exponentials(FMatrixRMaj outputs, float[] to) {
            int width = outputs.numCols;
            for (int i = 0; i < outputs.numRows; i++) {
                float largest = largest(outputs, i);
                for (int j = i * width; j < (i + 1) * width; j++) {
                    to[j] = outputs.data[j] - largest;
                }
            }
            FloatFunctions.exp(to, 0, to, 0, outputs.numRows * width);
        }

        @Override
        public void logDensity(
                float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            exponentials(outputs, scratch);
            for (int i = 0; i < x.numRows; i++) {
                double sum = RowSums.sum(scratch, i * width, width);
                density[i] =
                        RowSums.dot(x.data, i * width, outputs.data, i * width, width)
                                - (largest(outputs, i) + StrictMath.log(sum));
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
            mean(parameters, outputs, outputGradient);
            float[] to = outputGradient.data;
            for (int i = 0; i < x.numRows; i++) {
                for (int j = i * width; j < (i + 1) * width; j++) {
                    to[j] = scale[i] * (x.data[j] - to[j]);
                }
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            int width = outputs.numCols;
            mean.reshape(outputs.numRows, width);
            exponentials(outputs, mean.data);
            for (int i = 0; i < outputs.numRows; i++) {
                float share = (float) (1 / RowSums.sum(mean.data, i * width, width));
                for (int j = i * width; j < (i + 1) * width; j++) {
                    mean.data[j] *= share;
                }
            }
        }

        /** Keeps softmax((a + g) / τ) in the scratch array, for the derivative. */
        @Override
        public void generate(
                float[] parameters,
                FMatrixRMaj outputs,
                RandomGenerator[] random,
                FMatrixRMaj rows) {
            int width = outputs.numCols;
            rows.reshape(outputs.numRows, width);
            for (int i = 0; i < outputs.numRows; i++) {
                int from = i * width;
                int chosen = from;
                for (int j = from; j < from + width; j++) {
                    double noise = StraightThrough.gumbel(random[i]);
                    rows.data[j] = (float) (outputs.data[j] + noise);
                    chosen = rows.data[j] > rows.data[chosen] ? j : chosen;
                }
                relax(rows.data, from, rows.data[chosen], width);
                Arrays.fill(rows.data, from, from + width, 0f);
                rows.data[chosen] = 1f;
            }
        }

        /** Writes softmax of a row divided by τ to the scratch array. */
        private void relax(float[] row, int from, float largest, int width) {
            for (int j = from; j < from + width; j++) {
                scratch[j] = (row[j] - largest) / StraightThrough.TEMPERATURE;
            }
            FloatFunctions.exp(scratch, from, scratch, from, width);
            float share = (float) (1 / RowSums.sum(scratch, from, width));
            for (int j = from; j < from + width; j++) {
                scratch[j] *= share;
            }
        }

        @Override
        public void generatedGradient(
                FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            int width = rows.numCols;
            outputGradient.reshape(rows.numRows, width);
            for (int i = 0; i < rows.numRows; i++) {
                int from = i * width;
                float along = (float) RowSums.dot(scratch, from, slope.data, from, width);
                for (int j = from; j < from + width; j++) {
                    outputGradient.data[j] =
                            scratch[j] * (slope.data[j] - along) / StraightThrough.TEMPERATURE;
                }
            }
        }

        @Override
        public void sample(
                float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            int width = outputs.numCols;
            mean(parameters, outputs, x);
            for (int i = 0; i < outputs.numRows; i++) {
                int from = i * width;
                double left = random.nextDouble() * RowSums.sum(x.data, from, width);
                int chosen = 0; // the last category of positive probability, if rounding leaves a
                // remainder
                for (int j = 0; j < width && left >= 0; j++) {
                    if (x.data[from + j] > 0) {
                        chosen = j;
                    }
                    left -= x.data[from + j];
                }
                for (int j = 0; j < width; j++) {
                    x.data[from + j] = j == chosen ? 1f : 0f;
                }
            }
        }
    }
}
