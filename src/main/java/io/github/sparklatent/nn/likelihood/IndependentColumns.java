package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.Check;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.CellDensity.Learnt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Independent columns of one family. A cell has p outputs of the network; the outputs are ordered as
 * {@link OutputGaussian} orders them, first the first one of all columns. Each column learns q parameters of its own.
 *
 * @param family distribution of each column
 * @param width number of columns
 */
public record IndependentColumns(ColumnFamily family, int width) implements Likelihood {
    public IndependentColumns {
        Check.that(width >= 1, "%s has %d columns, expected at least 1", family, width);
    }

    @Override
    public int outputs() {
        return width * family.cell().outputs();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (Learnt learnt : family.cell().learnt()) {
            all.add(new Parameter(learnt.name(), all.size() * width, 1, width));
        }
        return all;
    }

    /** Returns false: an adversarial game may leave the parameters as they are. */
    @Override
    public boolean learnsVariance() {
        return false;
    }

    @Override
    public void initialize(float[] parameters, int offset) {
        int from = offset;
        for (Learnt learnt : family.cell().learnt()) {
            Arrays.fill(parameters, from, from + width, (float) learnt.start());
            from += width;
        }
    }

    @Override
    public void start(double[] centres, float[] outputs, int at) {
        for (int j = 0; j < width; j++) {
            outputs[at + j] = (float) family.cell().start(centres[j]);
        }
    }

    @Override
    public List<Integer> counts() {
        return columnsIf(Support.COUNTS);
    }

    @Override
    public List<Integer> numbers() {
        return columnsIf(Support.NUMBERS);
    }

    @Override
    public List<Integer> amounts() {
        return columnsIf(Support.AMOUNTS);
    }

    private List<Integer> columnsIf(Support support) {
        int columns = family.support() == support ? width : 0;
        return IntStream.range(0, columns).boxed().toList();
    }

    @Override
    public String flaw(double[] row, IntUnaryOperator place) {
        return family.support().flaw(row, width, place, family);
    }

    @Override
    public double nearest(double number) {
        return family.support().nearest(number);
    }

    @Override
    public String toString() {
        return family.toString();
    }

    @Override
    public Likelihood.Worker worker(int maxRows, int offset) {
        return new Worker(family, maxRows, width, offset);
    }

    /** The buffers of one task. */
    private static final class Worker implements Likelihood.Worker {
        private final CellDensity cell;
        private final boolean draws;
        private final int width;
        private final int offset;
        private final double[] outputs;
        private final double[] learnt;
        private final double[] slopes;

        /** Derivatives of the last log densities, p + q of each cell. */
        private final double[] densitySlopes;

        /** Derivatives of the means of the rows that were generated last, p of each cell. */
        private final double[] meanSlopes;

        Worker(ColumnFamily family, int maxRows, int width, int offset) {
            this.cell = family.cell();
            this.draws = family.support() == Support.COUNTS;
            this.width = width;
            this.offset = offset;
            this.outputs = new double[cell.outputs()];
            this.learnt = new double[cell.learnt().size()];
            this.slopes = new double[outputs.length + learnt.length];
            this.densitySlopes = new double[maxRows * width * slopes.length];
            this.meanSlopes = new double[maxRows * width * outputs.length];
        }

        private void readColumn(float[] parameters, int column) {
            for (int k = 0; k < learnt.length; k++) {
                learnt[k] = parameters[offset + k * width + column];
            }
            cell.column(learnt);
        }

        private void readOutputs(FMatrixRMaj from, int row, int column) {
            for (int k = 0; k < outputs.length; k++) {
                outputs[k] = from.data[outputAt(row, k, column)];
            }
        }

        private int outputAt(int row, int output, int column) {
            return (row * outputs.length + output) * width + column;
        }

        @Override
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            Arrays.fill(density, 0, x.numRows, 0.0);
            for (int j = 0; j < width; j++) {
                readColumn(parameters, j);
                for (int i = 0; i < x.numRows; i++) {
                    int at = i * width + j;
                    if (Missing.is(x.data[at])) {
                        int from = at * slopes.length;
                        Arrays.fill(densitySlopes, from, from + slopes.length, 0);
                        continue;
                    }
                    readOutputs(outputs, i, j);
                    density[i] += cell.logDensity(x.data[at], this.outputs, slopes);
                    System.arraycopy(slopes, 0, densitySlopes, at * slopes.length, slopes.length);
                }
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
            int rows = x.numRows;
            outputGradient.reshape(rows, width * this.outputs.length);
            for (int j = 0; j < width; j++) {
                for (int k = 0; k < this.outputs.length; k++) {
                    for (int i = 0; i < rows; i++) {
                        outputGradient.data[outputAt(i, k, j)] = (float) (scale[i] * densitySlope(i, j, k));
                    }
                }
                for (int k = 0; k < learnt.length; k++) {
                    double sum = 0;
                    for (int i = 0; i < rows; i++) {
                        sum += scale[i] * densitySlope(i, j, this.outputs.length + k);
                    }
                    gradient[offset + k * width + j] += (float) sum;
                }
            }
        }

        private double densitySlope(int row, int column, int k) {
            return densitySlopes[(row * width + column) * slopes.length + k];
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            mean.reshape(outputs.numRows, width);
            for (int j = 0; j < width; j++) {
                readColumn(parameters, j);
                for (int i = 0; i < outputs.numRows; i++) {
                    readOutputs(outputs, i, j);
                    mean.data[i * width + j] = (float) cell.mean(this.outputs, slopes);
                }
            }
        }

        /** Draws counts; their derivative is taken to be the derivative of their means. */
        @Override
        public void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
            rows.reshape(outputs.numRows, width);
            int p = this.outputs.length;
            for (int j = 0; j < width; j++) {
                readColumn(parameters, j);
                for (int i = 0; i < outputs.numRows; i++) {
                    int at = i * width + j;
                    readOutputs(outputs, i, j);
                    double mean = cell.mean(this.outputs, slopes);
                    System.arraycopy(slopes, 0, meanSlopes, at * p, p);
                    rows.data[at] = (float) (draws ? count(cell.generate(this.outputs, random[i])) : mean);
                }
            }
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            int p = outputs.length;
            outputGradient.reshape(rows.numRows, width * p);
            for (int i = 0; i < rows.numRows; i++) {
                for (int j = 0; j < width; j++) {
                    int at = i * width + j;
                    for (int k = 0; k < p; k++) {
                        outputGradient.data[outputAt(i, k, j)] = (float) (slope.data[at] * meanSlopes[at * p + k]);
                    }
                }
            }
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            x.reshape(outputs.numRows, width);
            for (int j = 0; j < width; j++) {
                readColumn(parameters, j);
                for (int i = 0; i < outputs.numRows; i++) {
                    readOutputs(outputs, i, j);
                    double draw = cell.draw(this.outputs, random);
                    x.data[i * width + j] = (float) (draws ? count(draw) : draw);
                }
            }
        }

        /** Bounds a drawn count, so that a drawn row is one that training accepts. */
        private static double count(double draw) {
            return Math.min(draw, Support.LARGEST_COUNT);
        }
    }
}
