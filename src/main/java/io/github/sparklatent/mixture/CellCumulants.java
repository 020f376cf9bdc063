package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.GammaFunctions;
import io.github.sparklatent.linalg.Rows;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;

/**
 * The first three cumulants of minus the log density of a cell in rows of each component, κ₁ to κ₃. A discrete cell has
 * them from its table of probabilities; a count, from those up to the greatest count of the training rows. For a t
 * distribution,
 *
 * <pre>
 *   −log p(x) = −c + ½ (ν + 1) b,   κ_n(b) = (−1)ⁿ (ψ⁽ⁿ⁻¹⁾(ν / 2) − ψ⁽ⁿ⁻¹⁾((ν + 1) / 2))
 * </pre>
 *
 * because exp(−b) has the beta distribution of ν / 2 and 1 / 2.
 */
final class CellCumulants implements Serializable {
    /** Arguments above which the series of a polygamma function is exact. */
    private static final double ASYMPTOTIC = 20;

    /** κ of what every row of chains has, 3 k numbers; zeros without chains. */
    private final double[] ofAll;

    /** κ of the cells of each column, 3 k numbers; null of the columns with a joint Gaussian distribution. */
    private final double[][] cells;

    CellCumulants(MixedDensity density) {
        MixedMixture mixture = density.mixture();
        int components = mixture.components();
        int[] discrete = mixture.columns().discrete();
        int[] student = mixture.columns().student();
        this.ofAll = new double[3 * components];
        this.cells = new double[mixture.columns().size()][];
        if (mixture.chains() != null) { // one component
            double[] cumulants = mixture.chains().cumulants();
            Arrays.setAll(cells, j -> Arrays.copyOfRange(cumulants, 3 * j, 3 * j + 3));
            System.arraycopy(cumulants, 3 * cells.length, ofAll, 0, ofAll.length);
            return;
        }
        for (int t = 0; t < discrete.length; t++) {
            cells[discrete[t]] = new double[3 * components];
            for (int k = 0; k < components; k++) {
                double[] logs = Rows.row(density.table(t), k);
                double[] shares = mixture.columns().get(discrete[t]).family().hasProbabilities()
                        ? Rows.row(mixture.discrete().get(t), k)
                        : Arrays.stream(logs).map(StrictMath::exp).toArray();
                add(shares, logs, cells[discrete[t]], k);
            }
        }
        for (int t = 0; t < student.length; t++) {
            cells[student[t]] = new double[3 * components];
            for (int k = 0; k < components; k++) {
                addStudent(Rows.row(mixture.student().get(t), k), cells[student[t]], k);
            }
        }
    }

    /** Adds the cumulants of −log p of values with some probabilities, whose sum need not be 1. */
    private static void add(double[] shares, double[] logs, double[] sums, int component) {
        double total = 0;
        double mean = 0;
        for (int x = 0; x < shares.length; x++) {
            total += shares[x];
            mean -= shares[x] > 0 ? shares[x] * logs[x] : 0;
        }
        mean /= total;
        double second = 0;
        double third = 0;
        for (int x = 0; x < shares.length; x++) {
            double y = shares[x] > 0 ? -logs[x] - mean : 0;
            second += shares[x] * y * y;
            third += shares[x] * y * y * y;
        }
        add(mean, second / total, third / total, sums, component);
    }

    private static void addStudent(double[] parameters, double[] sums, int component) {
        double a = 0.5 * parameters[StudentCells.DEGREES];
        double c = a + 0.5;
        double constant = StudentCells.constant(parameters[StudentCells.SCALE], parameters[StudentCells.DEGREES]);
        add(
                c * (GammaFunctions.digamma(c) - GammaFunctions.digamma(a)) - constant,
                c * c * (Gamma.trigamma(a) - Gamma.trigamma(c)),
                c * c * c * (tetragamma(c) - tetragamma(a)),
                sums,
                component);
    }

    private static void add(double first, double second, double third, double[] sums, int component) {
        sums[3 * component] += first;
        sums[3 * component + 1] += second;
        sums[3 * component + 2] += third;
    }

    /** Returns ψ″(x) of x > 0, from its recurrence and its asymptotic series (Abramowitz and Stegun 1964, 6.4.13). */
    static double tetragamma(double x) {
        double sum = 0;
        double y = x;
        for (; y < ASYMPTOTIC; y++) {
            sum -= 2 / (y * y * y);
        }
        double r = 1 / (y * y);
        return sum - r * (1 + 1 / y + r * (0.5 - r * (1.0 / 6 - r * (1.0 / 6 - r * (0.3 - r * 5.0 / 6)))));
    }

    /**
     * Adds the cumulants of the cells of a row that have no joint Gaussian distribution.
     *
     * @param row d numbers, NaN where a cell is missing; null for a complete row. Not modified.
     * @param sums 3 k numbers. Modified.
     */
    void addTo(double[] row, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += ofAll[i];
        }
        for (int j = 0; j < cells.length; j++) {
            if (cells[j] != null && (row == null || !Double.isNaN(row[j]))) {
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += cells[j][i];
                }
            }
        }
    }
}
