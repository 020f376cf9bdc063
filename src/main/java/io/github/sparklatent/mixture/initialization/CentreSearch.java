package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.linalg.Monomials;
import io.github.sparklatent.linalg.RowForms;
import org.ejml.data.DMatrixRMaj;

/**
 * Finds the nearest centre of each row of a block.
 *
 * <p>With y = x − origin and δ_k = c_k − origin, the origin being the mean of the centres, the nearest centre has the
 * greatest score
 *
 * <pre>
 *   δ_k · y − ½ |δ_k|²  =  ½ |y|² − ½ |x − c_k|²
 * </pre>
 *
 * which is one matrix product for all rows and centres. The rounding error of a score is at most (d + 4) u (|y| +
 * |δ|)². If other centres are within twice this bound of the best centre, the distances themselves decide between them.
 * So the result is the same as from differences alone, for rows at any distance from the origin.
 *
 * <p>An object holds buffers and is used by one thread.
 */
final class CentreSearch {
    private static final double UNIT_ROUNDOFF = Math.ulp(1.0) / 2;

    private final DMatrixRMaj centres;
    private final DMatrixRMaj origin;
    private final RowForms forms;

    /** The greatest |δ_k|. */
    private final double reach;

    private int[] nearest = new int[0];
    private double[] squaredDistances = new double[0];

    /**
     * Prepares the search among centres.
     *
     * @param centres k × d. Not modified.
     */
    CentreSearch(DMatrixRMaj centres) {
        int d = centres.numCols;
        this.centres = centres;
        this.origin = new DMatrixRMaj(1, d);
        for (int i = 0; i < centres.getNumElements(); i++) {
            origin.data[i % d] += centres.data[i] / centres.numRows;
        }
        DMatrixRMaj coefficients = new DMatrixRMaj(centres.numRows, d + 1);
        double greatest = 0;
        for (int k = 0; k < centres.numRows; k++) {
            double squares = 0;
            for (int j = 0; j < d; j++) {
                double shift = centres.unsafe_get(k, j) - origin.data[j];
                coefficients.unsafe_set(k, 1 + j, shift);
                squares += shift * shift;
            }
            coefficients.unsafe_set(k, 0, -0.5 * squares);
            greatest = Math.max(greatest, squares);
        }
        this.reach = Math.sqrt(greatest);
        this.forms = Monomials.linear(d).forms(coefficients);
    }

    /**
     * Finds the nearest centre of each row of a block.
     *
     * @param x n × d. Not modified.
     */
    void search(DMatrixRMaj x) {
        if (nearest.length < x.numRows) {
            nearest = new int[x.numRows];
            squaredDistances = new double[x.numRows];
        }
        forms.compute(x, origin);
        for (int i = 0; i < x.numRows; i++) {
            choose(x, i);
        }
    }

    private void choose(DMatrixRMaj x, int row) {
        int best = 0;
        double greatest = forms.value(0, row);
        double second = Double.NEGATIVE_INFINITY;
        for (int k = 1; k < centres.numRows; k++) {
            double score = forms.value(k, row);
            if (score > greatest) {
                second = greatest;
                greatest = score;
                best = k;
            } else if (score > second) {
                second = score;
            }
        }
        double least = greatest - margin(x, row);
        nearest[row] = best;
        squaredDistances[row] = squaredDistance(x, row, best);
        if (!(second < least)) {
            compare(x, row, least);
        }
    }

    /** Returns twice the bound of the rounding error of a score, which also covers the rounding error of a distance. */
    private double margin(DMatrixRMaj x, int row) {
        int d = x.numCols;
        double squares = 0;
        for (int j = 0; j < d; j++) {
            double y = x.data[row * d + j] - origin.data[j];
            squares += y * y;
        }
        double distance = Math.sqrt(squares) + reach;
        return 2 * (d + 4) * UNIT_ROUNDOFF * distance * distance;
    }

    /** Compares the distances to the centres whose scores are near the best or NaN. */
    private void compare(DMatrixRMaj x, int row, double least) {
        double shortest = Double.POSITIVE_INFINITY;
        nearest[row] = 0;
        squaredDistances[row] = shortest;
        for (int k = 0; k < centres.numRows; k++) {
            if (!(forms.value(k, row) < least)) {
                double distance = squaredDistance(x, row, k);
                if (distance < shortest) {
                    shortest = distance;
                    nearest[row] = k;
                    squaredDistances[row] = distance;
                }
            }
        }
    }

    /** Returns |x − c|² from differences, in four independent partial sums. */
    private double squaredDistance(DMatrixRMaj x, int row, int centre) {
        int d = x.numCols;
        int from = row * d;
        int at = centre * d;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 4 <= d; j += 4) {
            double d0 = x.data[from + j] - centres.data[at + j];
            double d1 = x.data[from + j + 1] - centres.data[at + j + 1];
            double d2 = x.data[from + j + 2] - centres.data[at + j + 2];
            double d3 = x.data[from + j + 3] - centres.data[at + j + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; j < d; j++) {
            double difference = x.data[from + j] - centres.data[at + j];
            s0 += difference * difference;
        }
        return (s0 + s1) + (s2 + s3);
    }

    /** Returns the index of the nearest centre of a row of the last block; the first among equals. */
    int nearest(int row) {
        return nearest[row];
    }

    /** Returns the squared distance of a row of the last block to its nearest centre. */
    double squaredDistance(int row) {
        return squaredDistances[row];
    }
}
