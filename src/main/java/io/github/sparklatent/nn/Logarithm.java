package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Takes logarithms of some columns and copies the others; has no parameters. It is the first layer
 * of an encoder if columns are counts. Counts cannot be scaled like other numbers, and large counts
 * would make the first codes, and the exponentials behind them, overflow.
 *
 * <pre>
 *   f(x) = sign(x) log(1 + |x|),   f′(x) = 1 / (1 + |x|)
 * </pre>
 *
 * @param width number of columns of a row
 * @param columns indices of the columns whose logarithms are taken
 */
public record Logarithm(int width, List<Integer> columns) implements Layer {
    public Logarithm {
        columns = List.copyOf(columns);
        for (int column : columns) {
            Check.that(
                    column >= 0 && column < width,
                    "a logarithm is of column %d, expected 0 to %d",
                    column,
                    width - 1);
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
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {}

    @Override
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        return new Worker(
                columns.stream().mapToInt(Integer::intValue).toArray(),
                new FMatrixRMaj(maxRows, width));
    }

    private static final class Worker implements Layer.Worker {
        private final int[] columns;
        private final FMatrixRMaj output;
        private final FMatrixRMaj inputGradient = new FMatrixRMaj(0, 0);
        private FMatrixRMaj input;

        Worker(int[] columns, FMatrixRMaj output) {
            this.columns = columns;
            this.output = output;
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj rows) {
            input = rows;
            output.setTo(rows);
            for (int i = 0; i < rows.numRows; i++) {
                for (int column : columns) {
                    int at = i * rows.numCols + column;
                    double x = rows.data[at];
                    output.data[at] = (float) Math.copySign(StrictMath.log1p(Math.abs(x)), x);
                }
            }
            return output;
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters,
                FMatrixRMaj outputGradient,
                Gradient gradient,
                boolean wantsInput) {
            if (!wantsInput) {
                return null;
            }
            inputGradient.setTo(outputGradient);
            for (int i = 0; i < input.numRows; i++) {
                for (int column : columns) {
                    int at = i * input.numCols + column;
                    inputGradient.data[at] /= 1f + Math.abs(input.data[at]);
                }
            }
            return inputGradient;
        }
    }
}
