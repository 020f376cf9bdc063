package io.github.sparklatent.nn.likelihood;

import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Missing;
import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * The columns of a row that are given: c in p(x | z, c). A network reads outliers through a {@link Logarithm}, 0 in
 * place of a missing cell and, if rows may miss cells, a 1 for each of them.
 *
 * @param places indices of the columns in a row. Not modified.
 * @param mask whether rows may have missing cells, which are NaN
 */
public record Conditions(int[] places, boolean mask) implements Serializable {
    /** A row without conditions. */
    public static final Conditions NONE = new Conditions(new int[0], false);

    /** Returns the number of inputs that a network has for the conditions. */
    public int inputs() {
        return mask ? 2 * places.length : places.length;
    }

    public boolean isEmpty() {
        return places.length == 0;
    }

    /** Returns whether a column is given. */
    public boolean contains(int place) {
        return IntStream.of(places).anyMatch(given -> given == place);
    }

    /** Writes the inputs of a network for one row from an index on. */
    public void read(FMatrixRMaj rows, int row, float[] inputs, int at) {
        int count = places.length;
        for (int j = 0; j < count; j++) {
            float cell = rows.data[row * rows.numCols + places[j]];
            inputs[at + j] = Missing.is(cell) ? 0 : Logarithm.of(cell, Logarithm.NUMBER_KNEE);
            if (mask) {
                inputs[at + count + j] = Missing.is(cell) ? 1 : 0;
            }
        }
    }

    /**
     * Returns rows whose other cells are 0; one row of zeros if there are none.
     *
     * @param cells the given cells, row after row. Not modified.
     * @param width d
     */
    public FMatrixRMaj rows(float[] cells, int width) {
        int count = places.length;
        FMatrixRMaj rows = new FMatrixRMaj(Math.max(1, cells.length / Math.max(1, count)), width);
        for (int at = 0; at < cells.length; at++) {
            rows.data[at / count * width + places[at % count]] = cells[at];
        }
        return rows;
    }

    /**
     * Returns the rows that have given values, or, if there are none, all rows with these values instead of theirs.
     *
     * @param rows m × d. Not modified.
     * @param values d numbers, NaN where none is given. Not modified.
     */
    public FMatrixRMaj fixed(FMatrixRMaj rows, double[] values) {
        int width = rows.numCols;
        int[] fixed = IntStream.of(places)
                .filter(place -> !Double.isNaN(values[place]))
                .toArray();
        int[] having = IntStream.range(0, rows.numRows)
                .filter(i ->
                        IntStream.of(fixed).allMatch(place -> rows.data[i * width + place] == (float) values[place]))
                .toArray();
        int[] kept =
                having.length > 0 ? having : IntStream.range(0, rows.numRows).toArray();
        FMatrixRMaj result = new FMatrixRMaj(kept.length, width);
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(rows.data, kept[i] * width, result.data, i * width, width);
            for (int place : fixed) {
                result.data[i * width + place] = (float) values[place];
            }
        }
        return result;
    }

    /** Writes the mean of the conditions that are not missing into the first row. */
    public void mean(FMatrixRMaj rows, FMatrixRMaj to) {
        for (int place : places) {
            to.data[place] = (float) IntStream.range(0, rows.numRows)
                    .mapToDouble(i -> rows.data[i * rows.numCols + place])
                    .filter(cell -> !Double.isNaN(cell))
                    .average()
                    .orElse(0);
        }
    }

    /** Returns how many of the conditions of a row are not missing. */
    public int observed(FMatrixRMaj rows, int row) {
        int count = 0;
        for (int place : places) {
            count += Missing.is(rows.data[row * rows.numCols + place]) ? 0 : 1;
        }
        return count;
    }

    /** Returns codes with the conditions of their rows beside them; code r is of row r mod n. */
    FMatrixRMaj beside(FMatrixRMaj codes, FMatrixRMaj rows, FMatrixRMaj buffer) {
        int latent = codes.numCols;
        buffer.reshape(codes.numRows, latent + inputs());
        for (int i = 0; i < codes.numRows; i++) {
            System.arraycopy(codes.data, i * latent, buffer.data, i * buffer.numCols, latent);
            read(rows, i % rows.numRows, buffer.data, i * buffer.numCols + latent);
        }
        return buffer;
    }

    /** Copies the given cells of row {@code from}, and of the rows after it, modulo n, into other rows. */
    void copy(FMatrixRMaj rows, int from, FMatrixRMaj to) {
        for (int i = 0; i < to.numRows && !isEmpty(); i++) {
            int row = (from + i) % rows.numRows;
            for (int place : places) {
                to.data[i * to.numCols + place] = rows.data[row * rows.numCols + place];
            }
        }
    }

    /** The part of a likelihood for columns that are given: they have the density 1 and no outputs. */
    public record Given(int width, boolean mask) implements Likelihood {
        @Override
        public int outputs() {
            return 0;
        }

        @Override
        public Conditions conditions() {
            return new Conditions(IntStream.range(0, width).toArray(), mask);
        }

        @Override
        public String flaw(double[] row, IntUnaryOperator place) {
            return null;
        }

        @Override
        public String toString() {
            return "given";
        }

        @Override
        public Worker worker(int maxRows, int offset) {
            return new Unchanged(width);
        }
    }

    /** Computes nothing: a {@link Decoder} copies the given cells. */
    private record Unchanged(int width) implements Likelihood.Worker {
        @Override
        public void logDensity(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj x, double[] density) {
            Arrays.fill(density, 0, x.numRows, 0);
        }

        @Override
        public void gradient(
                FMatrixRMaj outputs, FMatrixRMaj x, float[] scale, FMatrixRMaj outputGradient, float[] gradient) {
            outputGradient.reshape(x.numRows, 0);
        }

        @Override
        public void mean(float[] parameters, FMatrixRMaj outputs, FMatrixRMaj mean) {
            mean.reshape(outputs.numRows, width);
        }

        @Override
        public void generatedGradient(FMatrixRMaj rows, FMatrixRMaj slope, FMatrixRMaj outputGradient) {
            outputGradient.reshape(rows.numRows, 0);
        }

        @Override
        public void sample(float[] parameters, FMatrixRMaj outputs, RandomGenerator random, FMatrixRMaj x) {
            x.reshape(outputs.numRows, width);
        }
    }
}
