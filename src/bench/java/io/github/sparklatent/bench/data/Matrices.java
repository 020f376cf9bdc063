package io.github.sparklatent.bench.data;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Parts and copies of tables of floats. */
public final class Matrices {
    private Matrices() {}

    /** Returns the same numbers as doubles. */
    public static DMatrixRMaj doubles(FMatrixRMaj rows) {
        DMatrixRMaj values = new DMatrixRMaj(rows.numRows, rows.numCols);
        for (int i = 0; i < values.getNumElements(); i++) {
            values.data[i] = rows.data[i];
        }
        return values;
    }

    /** Returns the same numbers as floats. */
    public static FMatrixRMaj floats(DMatrixRMaj rows) {
        FMatrixRMaj values = new FMatrixRMaj(rows.numRows, rows.numCols);
        for (int i = 0; i < values.getNumElements(); i++) {
            values.data[i] = (float) rows.data[i];
        }
        return values;
    }

    /** Copies the rows from one index (inclusive) to another (exclusive). */
    public static FMatrixRMaj part(FMatrixRMaj rows, int from, int to) {
        int d = rows.numCols;
        return FMatrixRMaj.wrap(to - from, d, Arrays.copyOfRange(rows.data, from * d, to * d));
    }

    /** Copies the rows of one table, then those of another. */
    static FMatrixRMaj stacked(FMatrixRMaj first, FMatrixRMaj second) {
        int length = first.getNumElements();
        float[] all = Arrays.copyOf(first.data, length + second.getNumElements());
        System.arraycopy(second.data, 0, all, length, second.getNumElements());
        return FMatrixRMaj.wrap(first.numRows + second.numRows, first.numCols, all);
    }

    /** Mean over all numbers of two tables of the same shape. */
    public static double meanSquaredError(FMatrixRMaj a, FMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            double difference = a.data[i] - b.data[i];
            sum += difference * difference;
        }
        return sum / a.getNumElements();
    }

    /** Mean over the columns of their variances. */
    public static double meanVariance(FMatrixRMaj rows) {
        double sum = 0;
        for (int j = 0; j < rows.numCols; j++) {
            double mean = 0;
            double square = 0;
            for (int i = 0; i < rows.numRows; i++) {
                double value = rows.get(i, j);
                mean += value / rows.numRows;
                square += value * value / rows.numRows;
            }
            sum += square - mean * mean;
        }
        return sum / rows.numCols;
    }
}
