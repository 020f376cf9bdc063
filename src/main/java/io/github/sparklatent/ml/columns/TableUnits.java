package io.github.sparklatent.ml.columns;

import io.github.sparklatent.columns.Scaling;
import org.ejml.data.FMatrixRMaj;

/** Converts rows of a network back to the units of the table. */
public final class TableUnits {
    private TableUnits() {}

    /**
     * Copies a row and inverts its scaling.
     *
     * @param scaling scaling of the rows
     * @param rows n × d. Not modified.
     * @param index index of the row
     * @param row receives d numbers. Modified.
     */
    public static void of(Scaling scaling, FMatrixRMaj rows, int index, double[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] = rows.data[index * row.length + j];
        }
        scaling.invert(row, 0, row.length);
    }

    /**
     * Copies a row as floats.
     *
     * @param row d numbers. Not modified.
     * @param to receives d numbers from {@code from} on. Modified.
     */
    public static void copy(double[] row, float[] to, int from) {
        for (int j = 0; j < row.length; j++) {
            to[from + j] = (float) row[j];
        }
    }
}
