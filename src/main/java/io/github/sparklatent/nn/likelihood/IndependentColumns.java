package io.github.sparklatent.nn.likelihood;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.CellDensity.Learnt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Independent columns of one family. A cell has one output of the network, and each column learns q parameters of its
 * own.
 *
 * @param family distribution of each column
 * @param width number of columns
 */
public record IndependentColumns(@JsonProperty("type") ColumnFamily family, int width) implements EqualColumns {
    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (Learnt learnt : family.cell().learnt()) {
            all.add(new Parameter(learnt.name(), all.size() * width, 1, width));
        }
        return all;
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
    public Support support() {
        return family.support();
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
        private final double[] learnt;
        private final double[] slopes;

        /** Derivatives of the last log densities, 1 + q of each cell. */
        private final double[] densitySlopes;

        /** Derivatives of the means of the rows that were generated last. */
        private final double[] meanSlopes;

        Worker(ColumnFamily family, int maxRows, int width, int offset) {
            this.cell = family.cell();
            this.draws = family.support() == Support.COUNTS;
            this.width = width;
            this.offset = offset;
            this.learnt = new double[cell.learnt().size()];
            this.slopes = new double[1 + learnt.length];
            this.densitySlopes = new double[maxRows * width * slopes.length];
            this.meanSlopes = new double[maxRows * width];
        }

        private void readColumn(float[] parameters, int column) {
            for (int k = 0; k < learnt.length; k++) {
                learnt[k] = parameters[offset + k * width + column];
            }
            cell.column(learnt);
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
                    density[i] += cell.logDensity(x.data[at], outputs.data[at], slopes);
                    System.arraycopy(slopes, 0, densitySlopes, at * slopes.length, slopes.length);
                }
            }
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            int rows = x.numRows;
            outputGradient.reshape(rows, width);
            for (int j = 0; j < width; j++) {
                for (int i = 0; i < rows; i++) {
                    outputGradient.data[i * width + j] = (float) (scale[i] * densitySlope(i, j, 0));
                }
                for (int k = 0; k < learnt.length; k++) {
                    double sum = 0;
                    for (int i = 0; i < rows; i++) {
                        sum += scale[i] * densitySlope(i, j, 1 + k);
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
                    int at = i * width + j;
                    mean.data[at] = (float) cell.mean(outputs.data[at], slopes);
                }
            }
        }

        /** Draws counts; their derivative is taken to be the derivative of their means. */
        @Override
        public void generate(float[] parameters, FMatrixRMaj outputs, RandomGenerator[] random, FMatrixRMaj rows) {
            rows.reshape(outputs.numRows, width);
            for (int j = 0; j < width; j++) {
                readColumn(parameters, j);
                for (int i = 0; i < outputs.numRows; i++) {
                    int at = i * width + j;
                    double mean = cell.mean(outputs.data[at], slopes);
                    meanSlopes[at] = slopes[0];
                    rows.data[at] = (float) (draws ? count(cell.generate(outputs.data[at], random[i])) : mean);
                }
            }
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            outputGradient.reshape(rows.numRows, width);
            for (int at = 0; at < rows.numRows * width; at++) {
                outputGradient.data[at] = (float) (slope.data[at] * meanSlopes[at]);
            }
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            x.reshape(outputs.numRows, width);
            for (int j = 0; j < width; j++) {
                readColumn(parameters, j);
                for (int i = 0; i < outputs.numRows; i++) {
                    int at = i * width + j;
                    double draw = cell.draw(outputs.data[at], random);
                    x.data[at] = (float) (draws ? count(draw) : draw);
                }
            }
        }

        /** Bounds a drawn count, so that a drawn row is one that training accepts. */
        private static double count(double draw) {
            return Math.min(draw, Support.MAX_COUNT);
        }
    }
}
