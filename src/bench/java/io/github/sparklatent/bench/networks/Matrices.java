package io.github.sparklatent.bench.networks;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/** Parts and copies of tables of floats. */
final class Matrices {
    private Matrices() {}

    /** The same numbers as doubles. */
    static DMatrixRMaj doubles(FMatrixRMaj rows) {
        DMatrixRMaj values = new DMatrixRMaj(rows.numRows, rows.numCols);
        for (int i = 0; i < values.getNumElements(); i++) {
            values.data[i] = rows.data[i];
        }
        return values;
    }

    /** The same numbers as floats. */
    static FMatrixRMaj floats(DMatrixRMaj rows) {
        FMatrixRMaj values = new FMatrixRMaj(rows.numRows, rows.numCols);
        for (int i = 0; i < values.getNumElements(); i++) {
            values.data[i] = (float) rows.data[i];
        }
        return values;
    }

    /** A copy of the rows from one index to before another. */
    static FMatrixRMaj part(FMatrixRMaj rows, int from, int to) {
        int d = rows.numCols;
        FMatrixRMaj part = new FMatrixRMaj(0, d);
        part.data = Arrays.copyOfRange(rows.data, from * d, to * d);
        part.numRows = to - from;
        return part;
    }

    /** The rows of one table, then those of another of as many columns. */
    static FMatrixRMaj stacked(FMatrixRMaj first, FMatrixRMaj second) {
        FMatrixRMaj all = new FMatrixRMaj(0, first.numCols);
        int length = first.getNumElements();
        all.data = Arrays.copyOf(first.data, length + second.getNumElements());
        System.arraycopy(second.data, 0, all.data, length, second.getNumElements());
        all.numRows = first.numRows + second.numRows;
        return all;
    }

    /** Over all numbers of two tables of one shape. */
    static double meanSquaredError(FMatrixRMaj a, FMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            double difference = a.data[i] - b.data[i];
            sum += difference * difference;
        }
        return sum / a.getNumElements();
    }
}
