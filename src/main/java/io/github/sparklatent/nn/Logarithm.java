package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * Takes logarithms of large values and copies the others; has no parameters. It is the first layer of a network that
 * reads rows with counts or unbounded numbers. Such a row can have values that are far above all others. They would
 * make the first codes, and the exponentials behind them, overflow, and one row would have a gradient far above that of
 * all others.
 *
 * <pre>
 *   f(x) = x                                |x| ≤ c
 *   f(x) = sign(x) (c + log(1 + |x| − c))   |x| > c
 *   f′(x) = 1 / (1 + max(0, |x| − c))
 * </pre>
 *
 * <p>The knee c is 0 for counts, which cannot be scaled like other numbers, and 16 for numbers, so that ordinary values
 * of scaled columns keep their bits.
 *
 * @param width columns of a row
 * @param counts places of the counts
 * @param numbers places of the numbers
 */
public record Logarithm(int width, List<Integer> counts, List<Integer> numbers) implements Layer {
    /** The knee c of numbers. */
    public static final float NUMBER_KNEE = 16;

    public Logarithm {
        counts = List.copyOf(counts);
        numbers = List.copyOf(numbers);
        requireColumns(counts, width);
        requireColumns(numbers, width);
    }

    /** Returns f(x). */
    public static float of(float x, float knee) {
        double excess = Math.abs(x) - knee;
        return excess > 0 ? (float) Math.copySign(knee + StrictMath.log1p(excess), x) : x;
    }

    private static void requireColumns(List<Integer> columns, int width) {
        for (int column : columns) {
            Check.that(
                    column >= 0 && column < width, "a logarithm is of column %d, expected 0 to %d", column, width - 1);
        }
    }

    @Override
    public int inputs() {
        return width;
    }

    @Override
    public int outputs() {
        return width;
    }

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        float[] knees = new float[width];
        Arrays.fill(knees, Float.POSITIVE_INFINITY);
        counts.forEach(column -> knees[column] = 0);
        numbers.forEach(column -> knees[column] = NUMBER_KNEE);
        return new Worker(knees, new FMatrixRMaj(maxRows, width));
    }

    private static final class Worker implements Layer.Worker {
        private final float[] knees;
        private final FMatrixRMaj output;
        private final FMatrixRMaj inputGradient = new FMatrixRMaj(0, 0);
        private FMatrixRMaj input;

        Worker(float[] knees, FMatrixRMaj output) {
            this.knees = knees;
            this.output = output;
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj rows) {
            input = rows;
            output.setTo(rows);
            for (int i = 0; i < rows.numRows; i++) {
                for (int j = 0; j < knees.length; j++) {
                    int at = i * rows.numCols + j;
                    float x = rows.data[at];
                    output.data[at] = of(x, knees[j]);
                }
            }
            return output;
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            if (!wantsInput) {
                return null;
            }
            inputGradient.setTo(outputGradient);
            for (int i = 0; i < input.numRows; i++) {
                for (int j = 0; j < knees.length; j++) {
                    int at = i * input.numCols + j;
                    inputGradient.data[at] /= 1f + Math.max(0f, Math.abs(input.data[at]) - knees[j]);
                }
            }
            return inputGradient;
        }
    }
}
