package io.github.sparklatent.gmm.em;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.linalg.Cholesky;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Adds the smallest term of a geometric ladder that makes a covariance positive definite.
 *
 * <p>The terms are powers of ten. So the same term is added in every round, and it does not change
 * the likelihood from round to round. The first term is the smallest power of ten not below 10⁻¹²
 * of the mean variance. If all variances are 0, the ladder starts from the square of the precision
 * of the means. A variance up to that square is a rounding error of either sign and counts as 0.
 * Columns in other units, with much smaller but real variances, are not changed.
 */
final class CovarianceRepair {
    private static final double FIRST_RUNG = 1e-12;
    private static final double STEP = 10;
    private static final int RUNGS = 40;

    /** Smallest variance whose inverse, and sums of such inverses, stay finite. */
    private static final double LEAST = Double.MIN_NORMAL / Math.ulp(1.0);

    private CovarianceRepair() {}

    /**
     * Repairs a matrix in place.
     *
     * @param covariance d × d, symmetric. Modified if it is not positive definite.
     * @param magnitudes absolute values of the mean, d numbers
     * @param name of the covariance, for the event
     * @param events receives a sentence if the matrix was repaired. Modified.
     */
    static void full(
            DMatrixRMaj covariance, double[] magnitudes, String name, List<String> events) {
        requireFinite(covariance, 0, covariance.getNumElements(), name);
        if (isAboveRounding(covariance, magnitudes) && Cholesky.of(covariance).isPresent()) {
            return;
        }
        int d = covariance.numRows;
        DMatrixRMaj original = covariance.copy();
        double rung = firstRung(trace(covariance) / d, magnitudes);
        for (int i = 0; i < RUNGS; i++, rung *= STEP) {
            covariance.setTo(original);
            for (int j = 0; j < d; j++) {
                covariance.data[j * d + j] += rung;
            }
            if (Cholesky.of(covariance).isPresent()) {
                events.add(
                        sentence(
                                name + " was not positive definite; %.1e was added to its diagonal",
                                rung));
                return;
            }
        }
        throw new DivergedException(name + " cannot be made positive definite");
    }

    /**
     * Raises the variances of one component that are not above rounding error.
     *
     * @param variances any number of rows × d. Modified.
     * @param row the component's row
     * @param magnitudes absolute values of the mean, d numbers
     */
    static void diagonal(
            DMatrixRMaj variances, int row, double[] magnitudes, String name, List<String> events) {
        int d = variances.numCols;
        requireFinite(variances, row * d, d, name);
        double mean = 0;
        for (int j = 0; j < d; j++) {
            mean += Math.max(0, variances.get(row, j)) / d;
        }
        double rung = firstRung(mean, magnitudes);
        int raised = 0;
        for (int j = 0; j < d; j++) {
            if (!isAboveRounding(variances.get(row, j), magnitudes[j])) {
                variances.set(row, j, rung);
                raised++;
            }
        }
        if (raised > 0) {
            String found = " had %d of %d variances that were 0".formatted(raised, d);
            events.add(sentence(name + found + "; they were set to %.1e", rung));
        }
    }

    private static void requireFinite(DMatrixRMaj matrix, int from, int length, String name) {
        for (int i = from; i < from + length; i++) {
            if (!Double.isFinite(matrix.data[i])) {
                throw new DivergedException(
                        name
                                + " holds "
                                + matrix.data[i]
                                + ", expected finite numbers: squares of the data overflow");
            }
        }
    }

    private static boolean isAboveRounding(DMatrixRMaj covariance, double[] magnitudes) {
        for (int j = 0; j < magnitudes.length; j++) {
            if (!isAboveRounding(covariance.get(j, j), magnitudes[j])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAboveRounding(double variance, double magnitude) {
        double precision = Math.ulp(1.0) * magnitude;
        return variance > Math.max(precision * precision, LEAST);
    }

    private static double firstRung(double meanVariance, double[] magnitudes) {
        double rung = Math.max(FIRST_RUNG * meanVariance, STEP * LEAST);
        for (double magnitude : magnitudes) {
            double precision = Math.ulp(1.0) * magnitude;
            rung = Math.max(rung, STEP * precision * precision);
        }
        return StrictMath.pow(STEP, Math.ceil(StrictMath.log10(rung) - 1e-9));
    }

    private static double trace(DMatrixRMaj matrix) {
        double sum = 0;
        for (int j = 0; j < matrix.numRows; j++) {
            sum += Math.max(0, matrix.get(j, j));
        }
        return sum;
    }

    private static String sentence(String format, double rung) {
        return String.format(Locale.ROOT, format, rung);
    }
}
