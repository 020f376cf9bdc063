package io.github.sparklatent.mixture;

import io.github.sparklatent.linalg.GammaFunctions;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.commons.math3.special.Gamma;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The cells of a row in rows of each component: the first three cumulants of minus their log density, κ₁ to κ₃, and the
 * logarithms of the Bhattacharyya coefficients ∫ √(p_k p_j), by which components overlap. A discrete cell has them from
 * its table of probabilities; a count, from those up to the greatest count of the training rows. For a t distribution,
 *
 * <pre>
 *   −log p(x) = −c + ½ (ν + 1) b,   κ_n(b) = (−1)ⁿ (ψ⁽ⁿ⁻¹⁾(ν / 2) − ψ⁽ⁿ⁻¹⁾((ν + 1) / 2))
 * </pre>
 *
 * because exp(−b) has the beta distribution of ν / 2 and 1 / 2. It overlaps others as a normal distribution of its
 * location and scale does. Chains have no form of this: rows are drawn from them, and measured without the missing
 * cells.
 */
final class CellCumulants implements Serializable {
    /** Arguments above which the series of a polygamma function is exact. */
    private static final double ASYMPTOTIC = 20;

    /** Rows that are drawn from chains. */
    private static final int DRAWN = 500;

    private final MixedMixture mixture;

    /** Complete rows that are drawn from chains; null without. */
    private final List<double[]> drawn;

    /** κ of the cells of each column, 3 k numbers; null of the columns with a joint Gaussian distribution. */
    private final double[][] cells;

    /** Log coefficients of the cells of each column, k × k. */
    private final DMatrixRMaj[] overlaps;

    CellCumulants(MixedDensity density) {
        MixedMixture mixture = density.mixture();
        int components = mixture.components();
        int[] discrete = mixture.columns().discrete();
        int[] student = mixture.columns().student();
        this.cells = new double[mixture.columns().size()][];
        this.overlaps = new DMatrixRMaj[cells.length];
        this.mixture = mixture;
        if (mixture.chains() != null) {
            MixedSampler sampler = new MixedSampler(mixture, 0).complete();
            drawn = LongStream.range(0, DRAWN)
                    .parallel()
                    .mapToObj(row -> sampler.row(row, 0))
                    .toList();
            return;
        }
        drawn = null;
        for (int t = 0; t < discrete.length; t++) {
            cells[discrete[t]] = new double[3 * components];
            double[][] levels = new double[components][];
            for (int k = 0; k < components; k++) {
                double[] logs = MixedMixture.row(density.table(t), k);
                double[] shares = mixture.columns().get(discrete[t]).family().hasProbabilities()
                        ? MixedMixture.row(mixture.discrete().get(t), k)
                        : Arrays.stream(logs).map(StrictMath::exp).toArray();
                add(shares, logs, cells[discrete[t]], k);
                levels[k] = shares;
            }
            overlaps[discrete[t]] = new DMatrixRMaj(components, components);
            addOverlaps(levels, overlaps[discrete[t]]);
        }
        for (int t = 0; t < student.length; t++) {
            cells[student[t]] = new double[3 * components];
            for (int k = 0; k < components; k++) {
                addStudent(MixedMixture.row(mixture.student().get(t), k), cells[student[t]], k);
            }
            overlaps[student[t]] = ofStudents(mixture.student().get(t));
        }
    }

    /** Adds log Σ_x √(p_kx p_jx) of the probabilities of each component, whose sums need not be 1. */
    private static void addOverlaps(double[][] shares, DMatrixRMaj sums) {
        DMatrixRMaj roots = new DMatrixRMaj(shares);
        for (int k = 0; k < shares.length; k++) {
            double total = Arrays.stream(shares[k]).sum();
            for (int x = 0; x < roots.numCols; x++) {
                roots.set(k, x, Math.sqrt(shares[k][x] / total));
            }
        }
        DMatrixRMaj products = new DMatrixRMaj(sums.numRows, sums.numCols);
        CommonOps_DDRM.multTransB(roots, roots, products);
        for (int i = 0; i < products.data.length; i++) {
            sums.data[i] += StrictMath.log(products.data[i]);
        }
    }

    private static DMatrixRMaj ofStudents(DMatrixRMaj parameters) {
        int components = parameters.numRows;
        DMatrixRMaj logs = new DMatrixRMaj(components, components);
        for (int k = 0; k < components; k++) {
            for (int j = 0; j < components; j++) {
                double own = parameters.get(k, StudentCells.SCALE);
                double other = parameters.get(j, StudentCells.SCALE);
                double difference = parameters.get(k, StudentCells.LOCATION) - parameters.get(j, StudentCells.LOCATION);
                logs.set(
                        k,
                        j,
                        -0.25 * difference * difference / (own + other)
                                - 0.5 * StrictMath.log((own + other) / (2 * Math.sqrt(own) * Math.sqrt(other))));
            }
        }
        return logs;
    }

    /** Adds the cumulants of −log p of whether something is so that has a probability. */
    static void add(double share, double[] sums, int component) {
        double[] logs = {StrictMath.log(share), StrictMath.log1p(-share)};
        add(new double[] {share, 1 - share}, logs, sums, component);
    }

    /** Adds the cumulants of −log p of values with some probabilities, whose sum need not be 1. */
    static void add(double[] shares, double[] logs, double[] sums, int component) {
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
     * Adds the cumulants and coefficients of the cells that have no joint Gaussian distribution.
     *
     * @param observed whether rows have a column, d entries. Not modified.
     * @param sums 3 k numbers. Modified.
     * @param logs log coefficients, k × k. Modified.
     */
    void addTo(boolean[] observed, double[] sums, DMatrixRMaj logs) {
        if (drawn != null) {
            mixture.chains().addCumulants(mixture.columns(), drawn, observed, sums);
            return;
        }
        for (int j = 0; j < cells.length; j++) {
            if (cells[j] != null && observed[j]) {
                add(cells[j], sums);
                CommonOps_DDRM.addEquals(logs, overlaps[j]);
            }
        }
    }

    private static void add(double[] more, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += more[i];
        }
    }
}
