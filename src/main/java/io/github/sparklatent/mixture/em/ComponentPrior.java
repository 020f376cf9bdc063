package io.github.sparklatent.mixture.em;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.linalg.Rows;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnTotals;
import io.github.sparklatent.mixture.DiscreteCells;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.StudentCells;
import java.io.Serializable;
import java.util.Arrays;

/**
 * A prior that keeps components from collapsing onto a few rows. It acts as a rows in each component: of a discrete
 * column, rows that are distributed as the whole table; of a column with a t distribution, rows with a typical variance
 * around the component's own location; of the Gaussian columns, rows with a typical covariance, see
 * {@link CovariancePrior}.
 *
 * <pre>
 *   log p(θ) = a Σ_k ( Σ_j E[log p_j(x; θ_kj)] − ½ Σ_j (log v_kj + t_j / v_kj) ) + log p(Σ) + constant
 * </pre>
 *
 * The expectation is over the values of a discrete column in the whole table (for a categorical column, this is a
 * Dirichlet prior); v_kj is the squared scale of a t distribution, and t_j the variance of the usual values of the
 * whole table times k^(−2/d) for d numbers, as in Fraley and Raftery 2007, section 3, who take all values.
 *
 * @param rows a, in units of the row weights; without effect on the Gaussian columns
 * @param totals of the whole table; null if all columns are Gaussian
 * @param shrinkage k^(−2/d)
 * @param gaussian prior of the covariances
 */
public record ComponentPrior(double rows, ColumnTotals totals, double shrinkage, CovariancePrior gaussian)
        implements Serializable {
    /**
     * Share of the cell in the distribution of a component that is placed at it; the rest is that of the whole table.
     */
    private static final double OWN = 0.5;

    /** No prior, of columns that are all Gaussian: maximum likelihood. */
    public static final ComponentPrior NONE = of(CovariancePrior.NONE);

    /** Returns the prior of columns that are all Gaussian. */
    public static ComponentPrior of(CovariancePrior gaussian) {
        return new ComponentPrior(0, null, 1, gaussian);
    }

    /**
     * Returns a prior without one of the covariances.
     *
     * @param number number of rows that it counts as in each component; not negative
     * @param size of the sample, which gives the weight of a row
     * @param components k
     */
    public static ComponentPrior of(double number, SampleSize size, ColumnTotals totals, int components) {
        int all = totals.columns().gaussian().length + totals.columns().student().length;
        return new ComponentPrior(
                number * size.weight() / size.number(),
                totals,
                StrictMath.pow(components, -2.0 / Math.max(1, all)),
                CovariancePrior.NONE);
    }

    /** Returns the same prior with another one of the covariances. */
    public ComponentPrior with(CovariancePrior other) {
        return new ComponentPrior(rows, totals, shrinkage, other);
    }

    /** Returns t, the typical variance of a number within a component. */
    public double typical(int column) {
        return shrinkage * totals.spread(column);
    }

    /** Returns the share of the missing cells of a column in the whole table. */
    double missing(int column) {
        return totals == null ? 0 : totals.missing()[column];
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

    /** Returns a number, or the mean of its column if it is missing. */
    public double number(int column, double x) {
        return Double.isNaN(x) ? totals.means()[column] : x;
    }

    /** Returns the parameters of a discrete column in a component that is placed at a cell. */
    public double[] discreteAt(int table, double x) {
        MixedColumns.Column column = totals.columns().get(totals.columns().discrete()[table]);
        double[] histogram = totals.shares(table);
        int code = column.code(x);
        if (code < histogram.length) {
            Arrays.setAll(histogram, level -> (1 - OWN) * histogram[level]);
            histogram[code] += OWN;
        }
        return DiscreteCells.fit(column, histogram);
    }

    /** Returns the parameters of a t distribution in a component that is placed at a cell. */
    public double[] studentAt(int column, double x) {
        return new double[] {number(column, x), typical(column), StudentCells.START_DEGREES};
    }

    /** Returns the log prior density up to a constant. */
    double logDensity(MixedMixture mixture) {
        return (rows == 0 ? 0 : rows * ofCells(mixture))
                + (gaussian.isPresent() ? gaussian.logDensity(mixture.gaussian()) : 0);
    }

    private double ofCells(MixedMixture mixture) {
        double sum = 0;
        MixedColumns columns = mixture.columns();
        int[] discrete = columns.discrete();
        for (int t = 0; t < discrete.length; t++) {
            double[] shares = totals.shares(t);
            CellFamily family = columns.get(discrete[t]).family();
            for (int k = 0; k < mixture.components(); k++) {
                double[] parameters = Rows.row(mixture.discrete().get(t), k);
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
        return sum;
    }
}
