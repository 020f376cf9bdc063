package io.github.sparklatent.gmm;

import io.github.sparklatent.linalg.Cholesky;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * Gives a covariance that is not positive definite the smallest term of a geometric ladder that
 * makes it so.
 *
 * <p>The ladder starts at 10⁻¹² of the mean variance and grows tenfold. Where all variances are 0
 * it starts from the square of the precision with which the means themselves are known.
 */
final class CovarianceRepair {
    private static final double FIRST_RUNG = 1e-12;
    private static final double STEP = 10;
    private static final int RUNGS = 40;

    private CovarianceRepair() {}

    /**
     * Repairs a matrix in place.
     *
     * @param covariance d × d, symmetric. Modified where it is not positive definite.
     * @param magnitude largest magnitude of the mean's entries
     * @param name of the covariance, for the event
     * @param events gets a sentence where something was mended. Modified.
     */
    static void full(DMatrixRMaj covariance, double magnitude, String name, List<String> events) {
        if (Cholesky.of(covariance).isPresent()) {
            return;
        }
        int d = covariance.numRows;
        DMatrixRMaj original = covariance.copy();
        double rung = firstRung(trace(covariance) / d, magnitude);
        for (int i = 0; i < RUNGS; i++, rung *= STEP) {
            covariance.setTo(original);
            for (int j = 0; j < d; j++) {
                covariance.data[j * d + j] += rung;
            }
            if (Cholesky.of(covariance).isPresent()) {
                events.add(sentence(name + " was not positive definite", rung));
                return;
            }
        }
        throw new IllegalStateException(name + " cannot be made positive definite");
    }

    /**
     * Raises the variances of one component that are not above rounding.
     *
     * @param variances any number of rows × d. Modified.
     * @param row the component's row
     */
    static void diagonal(
            DMatrixRMaj variances, int row, double magnitude, String name, List<String> events) {
        int d = variances.numCols;
        double mean = 0;
        for (int j = 0; j < d; j++) {
            mean += Math.max(0, variances.get(row, j)) / d;
        }
        double rung = firstRung(mean, magnitude);
        int raised = 0;
        for (int j = 0; j < d; j++) {
            double variance = variances.get(row, j);
            if (!(variance > 0) || variance < Math.ulp(1.0) * rung) {
                variances.set(row, j, rung);
                raised++;
            }
        }
        if (raised > 0) {
            events.add(
                    sentence(
                            name + " had " + raised + " of " + d + " variances that were 0", rung));
        }
    }

    private static double firstRung(double meanVariance, double magnitude) {
        double precision = Math.ulp(1.0) * magnitude;
        return Math.max(
                Math.max(FIRST_RUNG * meanVariance, precision * precision),
                Double.MIN_NORMAL / Math.ulp(1.0));
    }

    private static double trace(DMatrixRMaj matrix) {
        double sum = 0;
        for (int j = 0; j < matrix.numRows; j++) {
            sum += Math.max(0, matrix.get(j, j));
        }
        return sum;
    }

    private static String sentence(String found, double rung) {
        return String.format(Locale.ROOT, "%s; %.1e was added to its diagonal", found, rung);
    }
}
