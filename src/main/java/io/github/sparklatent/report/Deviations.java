package io.github.sparklatent.report;

import org.ejml.data.DMatrixRMaj;

/**
 * Computes the standard deviation of each column of a matrix, and the share of the variance that a reconstruction
 * keeps.
 *
 * <pre>
 *   s_j = √(Σ_i (x_ij − x̄_j)² / m)
 *   R²_j = 1 − Σ_i (x_ij − x̂_ij)² / Σ_i (x_ij − x̄_j)²
 * </pre>
 */
public final class Deviations {

    private Deviations() {}

    /**
     * Returns s_j of each column.
     *
     * @param rows m × d. Not modified.
     */
    public static double[] of(DMatrixRMaj rows) {
        double[] squares = squares(rows);
        for (int j = 0; j < squares.length; j++) {
            squares[j] = Math.sqrt(squares[j] / rows.numRows);
        }
        return squares;
    }

    /**
     * Returns R² of each column; NaN if the column is constant.
     *
     * @param rows m × d. Not modified.
     * @param reconstructions m × d. Not modified.
     */
    public static double[] explained(DMatrixRMaj rows, DMatrixRMaj reconstructions) {
        double[] explained = squares(rows);
        for (int j = 0; j < explained.length; j++) {
            double errors = 0;
            for (int i = 0; i < rows.numRows; i++) {
                double error = rows.get(i, j) - reconstructions.get(i, j);
                errors += error * error;
            }
            explained[j] = explained[j] > 0 ? 1 - errors / explained[j] : Double.NaN;
        }
        return explained;
    }

    /** Returns Σ_i (x_ij − x̄_j)² of each column. */
    private static double[] squares(DMatrixRMaj rows) {
        double[] squares = new double[rows.numCols];
        for (int j = 0; j < rows.numCols; j++) {
            double mean = 0;
            for (int i = 0; i < rows.numRows; i++) {
                mean += (rows.get(i, j) - mean) / (i + 1);
            }
            for (int i = 0; i < rows.numRows; i++) {
                double difference = rows.get(i, j) - mean;
                squares[j] += difference * difference;
            }
        }
        return squares;
    }
}
