package io.github.sparklatent.nn.likelihood;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.linalg.FloatFunctions;
import io.github.sparklatent.nn.Check;
import io.github.sparklatent.nn.Missing;
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
 * <p>A further category may have no column, as in encoded tables: all columns are 0 if the row has it. Its a is 0 and
 * adds exp 0 to the sum.
 *
 * @param width number of columns of the group: categories that have one
 * @param hasReference whether there is a category without a column
 */
public record Categorical(
        int width, @JsonProperty("reference") boolean hasReference) implements Likelihood {
    public Categorical {
        int least = hasReference ? 1 : 2;
        Check.that(width >= least, "categorical has %d columns, expected at least %d", width, least);
    }

    @Override
    public int values() {
        return 1;
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
        return ones == 1 || ones == 0 && (missing || hasReference)
                ? null
                : "column %d to column %d hold %d ones, categorical expects %s"
                        .formatted(
                                place.applyAsInt(0),
                                place.applyAsInt(width - 1),
                                ones,
                                hasReference ? "at most one" : "one");
    }

    private boolean isMissing(double[] row, IntUnaryOperator place) {
        return IntStream.range(0, width).anyMatch(j -> Double.isNaN(row[place.applyAsInt(j)]));
    }

    /**
     * Chooses the category that is observed as 1, or else the most probable of those that are not observed as 0, the
     * first one of several.
     */
    @Override
    public void complete(double[] row, double[] mean, IntUnaryOperator place) {
        if (!isMissing(row, place)) {
            return;
        }
        int chosen = -1;
        double most = hasReference ? 1 - sum(mean, place) : Double.NEGATIVE_INFINITY;
        for (int j = 0; j < width; j++) {
            double value = row[place.applyAsInt(j)];
            if (value == 1) {
                chosen = j;
                break;
            }
            if (Double.isNaN(value) && mean[place.applyAsInt(j)] > most) {
                chosen = j;
                most = mean[place.applyAsInt(j)];
            }
        }
        for (int j = 0; j < width; j++) {
            row[place.applyAsInt(j)] = j == chosen ? 1 : 0;
        }
    }

    private double sum(double[] mean, IntUnaryOperator place) {
        return IntStream.range(0, width)
                .mapToDouble(j -> mean[place.applyAsInt(j)])
                .sum();
    }

    @Override
    public String toString() {
        return "categorical";
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker(hasReference, new float[maxRows * width]);
    }

    private record Worker(boolean hasReference, float[] scratch) implements Likelihood.Worker {
        /** Returns the largest a of a row, that of the reference included. */
        private float largest(FMatrixRMaj outputs, int row) {
            int from = row * outputs.numCols;
            float largest = hasReference ? 0f : outputs.data[from];
            for (int j = 0; j < outputs.numCols; j++) {
                largest = Math.max(largest, outputs.data[from + j]);
            }
            return largest;
        }

        /** Returns what the reference adds to the sum of a row: exp(a − largest), where a is 0. */
        private double ofReference(float largest) {
            return hasReference ? StrictMath.exp(-largest) : 0;
        }

        /** Writes exp(a − largest of its row), n × width. */
        private void exponentials(FMatrixRMaj outputs, float[] to) {
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
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            int width = x.numCols;
            exponentials(outputs, scratch);
            for (int i = 0; i < x.numRows; i++) {
                float largest = largest(outputs, i);
                double sum = RowSums.sum(scratch, i * width, width) + ofReference(largest);
                density[i] = Missing.any(x.data, i * width, width)
                        ? 0
                        : RowSums.dot(x.data, i * width, outputs.data, i * width, width)
                                - (largest + StrictMath.log(sum));
            }
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            int width = x.numCols;
            shares(outputs, outputGradient);
            float[] to = outputGradient.data;
            for (int i = 0; i < x.numRows; i++) {
                boolean missing = Missing.any(x.data, i * width, width);
                for (int j = i * width; j < (i + 1) * width; j++) {
                    to[j] = missing ? 0 : scale[i] * (x.data[j] - to[j]);
                }
            }
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            shares(outputs, mean);
        }

        private void shares(FMatrixRMaj outputs, FMatrixRMaj mean) {
            int width = outputs.numCols;
            mean.reshape(outputs.numRows, width);
            exponentials(outputs, mean.data);
            for (int i = 0; i < outputs.numRows; i++) {
                double sum = RowSums.sum(mean.data, i * width, width);
                float share = (float) (1 / (sum + ofReference(largest(outputs, i))));
                for (int j = i * width; j < (i + 1) * width; j++) {
                    mean.data[j] *= share;
                }
            }
        }

        /** Keeps softmax((a + g) / τ) in the scratch array, for the derivative. */
        @Override
        public void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
            int width = outputs.numCols;
            rows.reshape(outputs.numRows, width);
            for (int i = 0; i < outputs.numRows; i++) {
                int from = i * width;
                float reference = hasReference ? (float) StraightThrough.gumbel(random[i]) : Float.NEGATIVE_INFINITY;
                float largest = reference;
                int chosen = -1;
                for (int j = from; j < from + width; j++) {
                    double noise = StraightThrough.gumbel(random[i]);
                    rows.data[j] = (float) (outputs.data[j] + noise);
                    if (rows.data[j] > largest) {
                        chosen = j;
                        largest = rows.data[j];
                    }
                }
                relax(rows.data, from, reference, largest, width);
                Arrays.fill(rows.data, from, from + width, 0f);
                if (chosen >= 0) {
                    rows.data[chosen] = 1f;
                }
            }
        }

        /** Writes softmax of a row divided by τ to the scratch array. */
        private void relax(float[] row, int from, float reference, float largest, int width) {
            for (int j = from; j < from + width; j++) {
                scratch[j] = (row[j] - largest) / StraightThrough.TEMPERATURE;
            }
            FloatFunctions.exp(scratch, from, scratch, from, width);
            double rest = StrictMath.exp((reference - largest) / StraightThrough.TEMPERATURE);
            float share = (float) (1 / (RowSums.sum(scratch, from, width) + rest));
            for (int j = from; j < from + width; j++) {
                scratch[j] *= share;
            }
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            int width = rows.numCols;
            outputGradient.reshape(rows.numRows, width);
            for (int i = 0; i < rows.numRows; i++) {
                int from = i * width;
                float along = (float) RowSums.dot(scratch, from, slope.data, from, width);
                for (int j = from; j < from + width; j++) {
                    outputGradient.data[j] = scratch[j] * (slope.data[j] - along) / StraightThrough.TEMPERATURE;
                }
            }
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            int width = outputs.numCols;
            mean(parameters, outputs, x);
            for (int i = 0; i < outputs.numRows; i++) {
                int from = i * width;
                double all = hasReference ? 1 : RowSums.sum(x.data, from, width);
                double left = random.nextDouble() * all;
                int chosen = hasReference ? -1 : 0; // if rounding leaves a remainder, the last
                // category of positive probability
                for (int j = 0; j < width && left >= 0; j++) {
                    if (x.data[from + j] > 0) {
                        chosen = j;
                    }
                    left -= x.data[from + j];
                }
                if (hasReference && left >= 0) {
                    chosen = -1;
                }
                for (int j = 0; j < width; j++) {
                    x.data[from + j] = j == chosen ? 1f : 0f;
                }
            }
        }
    }
}
