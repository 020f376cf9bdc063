package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.CovariancePrior;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.learn.SampleSize;
import java.io.Serializable;
import org.ejml.data.DMatrixRMaj;

/**
 * A prior that keeps components from collapsing onto a few rows. It acts as a rows in each component: of a discrete
 * column, rows that are distributed as the whole table, and of a number, rows with a typical variance around the
 * component's own mean.
 *
 * <pre>
 *   log p(θ) = a Σ_k ( Σ_j E[log p_j(x; θ_kj)] − ½ Σ_j (log v_kj + t_j / v_kj) ) + constant
 * </pre>
 *
 * The expectation is over the values of a discrete column in the whole table (for a categorical column, this is a
 * Dirichlet prior); t_j is the variance of the usual values of the whole table times k^(−2/d) for d numbers, as in
 * Fraley and Raftery 2007, section 3, who take all values; v_kj is the squared scale of a t distribution. The Gaussian
 * columns have the {@link CovariancePrior} of these variances.
 */
final class MixedPrior implements Serializable {
    /** a, in units of the row weights. */
    private final double rows;

    private final ColumnTotals totals;
    private final double shrinkage;
    private final CovariancePrior gaussian;

    /**
     * Creates the prior.
     *
     * @param number number of rows that it counts as in each component; not negative
     * @param size of the sample, which gives the weight of a row
     * @param components k
     * @param type form of the covariances of the Gaussian columns
     */
    MixedPrior(double number, SampleSize size, ColumnTotals totals, int components, CovarianceType type) {
        this.rows = number * size.weight() / size.number();
        this.totals = totals;
        int[] numbers = totals.columns().gaussian();
        int all = numbers.length + totals.columns().student().length;
        this.shrinkage = StrictMath.pow(components, -2.0 / Math.max(1, all));
        this.gaussian = rows == 0 || numbers.length == 0 || type == CovarianceType.TIED
                ? CovariancePrior.NONE
                : new CovariancePrior(rows, reference(type.ofNoise(), numbers));
    }

    private DMatrixRMaj reference(CovarianceType type, int[] numbers) {
        int q = numbers.length;
        if (type == CovarianceType.SPHERICAL) {
            double sum = 0;
            for (int column : numbers) {
                sum += typical(column) / q;
            }
            return new DMatrixRMaj(new double[][] {{sum}});
        }
        DMatrixRMaj reference = new DMatrixRMaj(type == CovarianceType.FULL ? q : 1, q);
        for (int j = 0; j < q; j++) {
            reference.set(type == CovarianceType.FULL ? j : 0, j, typical(numbers[j]));
        }
        return reference;
    }

    /** Returns t, the typical variance of a number within a component. */
    double typical(int column) {
        return shrinkage * totals.spread(column);
    }

    CovariancePrior gaussian() {
        return gaussian;
    }

    double rows() {
        return rows;
    }

    /** Returns the share of the missing cells of a column in the whole table. */
    double missing(int column) {
        return totals.missing()[column];
    }

    /** Adds the rows of the prior to the histogram of a discrete column. */
    double[] with(int table, double[] histogram) {
        double[] shares = totals.shares(table);
        double[] sum = histogram.clone();
        for (int x = 0; x < sum.length; x++) {
            sum[x] += rows * shares[x];
        }
        return sum;
    }

    /** Returns the log prior density up to a constant. */
    double logDensity(MixedMixture mixture) {
        if (rows == 0) {
            return 0;
        }
        double sum = 0;
        MixedColumns columns = mixture.columns();
        int[] discrete = columns.discrete();
        for (int t = 0; t < discrete.length; t++) {
            double[] shares = totals.shares(t);
            CellFamily family = columns.get(discrete[t]).family();
            for (int k = 0; k < mixture.components(); k++) {
                double[] parameters = MixedMixture.row(mixture.discrete().get(t), k);
                double[] densities = DiscreteCells.logDensities(family, parameters, shares.length);
                for (int x = 0; x < shares.length; x++) {
                    if (shares[x] > 0) {
                        sum += shares[x] * densities[x];
                    }
                }
            }
        }
        int[] student = columns.student();
        for (int t = 0; t < student.length; t++) {
            for (int k = 0; k < mixture.components(); k++) {
                double scale = mixture.student().get(t).get(k, StudentCells.SCALE);
                sum -= 0.5 * (StrictMath.log(scale) + typical(student[t]) / scale);
            }
        }
        return rows * sum + (gaussian.isPresent() ? gaussian.logDensity(mixture.gaussian()) : 0);
    }
}
