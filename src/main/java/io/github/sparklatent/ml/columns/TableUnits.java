package io.github.sparklatent.ml.columns;

import io.github.sparklatent.cluster.table.Scaling;
import org.ejml.data.FMatrixRMaj;

/** Rows as a network sees them, given back the units of the table. */
public final class TableUnits {
    private TableUnits() {}

    /**
     * @param scaling of the rows, which is undone
     * @param rows n × d. Not modified.
     * @param row d numbers on return: one of the rows
     */
    public static void of(Scaling scaling, FMatrixRMaj rows, int index, double[] row) {
        for (int j = 0; j < row.length; j++) {
            row[j] = rows.data[index * row.length + j];
        }
        scaling.invert(row, 0, row.length);
    }

    /**
     * @param row d numbers. Not modified.
     * @param to d entries of it from {@code from} on on return
     */
    public static void copy(double[] row, float[] to, int from) {
        for (int j = 0; j < row.length; j++) {
            to[from + j] = (float) row[j];
        }
    }
}
