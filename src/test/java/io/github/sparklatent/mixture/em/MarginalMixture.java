package io.github.sparklatent.mixture.em;

import io.github.sparklatent.mixture.MissingValues;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The naive twin of incomplete rows: each row has its own mixture of the observed columns o, with the covariances Σ_oo.
 * The conditional moments of the missing columns m are
 *
 * <pre>
 *   μ_m + Σ_mo Σ_oo⁻¹ (x_o − μ_o),     Σ_mm − Σ_mo Σ_oo⁻¹ Σ_om
 * </pre>
 *
 * <p>Source: Bishop 2006, eq. 2.81 and 2.82.
 */
public final class MarginalMixture {
    private final MixtureParameters mixture;

    public MarginalMixture(MixtureParameters mixture) {
        this.mixture = mixture;
    }

    /** log p(x_o). */
    public double logDensity(double[] row) {
        int[] observed = MissingValues.columns(row, false);
        return observed.length == 0 ? 0 : marginal(observed).logDensity(part(row, observed));
    }

    /** log π_k + log p(x_o | k). */
    double logJoint(double[] row, int component) {
        int[] observed = MissingValues.columns(row, false);
        return observed.length == 0
                ? StrictMath.log(mixture.weight(component))
                : marginal(observed).logJoint(part(row, observed), component);
    }

    /** p(k | x_o). */
    public double responsibility(double[] row, int component) {
        int[] observed = MissingValues.columns(row, false);
        return observed.length == 0
                ? mixture.weight(component)
                : marginal(observed).responsibility(part(row, observed), component);
    }

    /** The row with the conditional mean of the missing values under a component. */
    public double[] completed(double[] row, int component) {
        int[] missing = MissingValues.columns(row, true);
        int[] observed = MissingValues.columns(row, false);
        double[] mean = mean(component);
        DMatrixRMaj slopes = regression(missing, observed, component);
        double[] completed = row.clone();
        for (int i = 0; i < missing.length; i++) {
            completed[missing[i]] = mean[missing[i]];
            for (int j = 0; j < observed.length; j++) {
                completed[missing[i]] += slopes.get(i, j) * (row[observed[j]] - mean[observed[j]]);
            }
        }
        return completed;
    }

    /** The row with the mean of the missing values given the observed ones. */
    public double[] imputed(double[] row) {
        double[] imputed = row.clone();
        for (int j : MissingValues.columns(row, true)) {
            imputed[j] = 0;
            for (int k = 0; k < mixture.components(); k++) {
                imputed[j] += responsibility(row, k) * completed(row, k)[j];
            }
        }
        return imputed;
    }

    /** The conditional covariance of a row under a component, d × d with zeros where observed. */
    public DMatrixRMaj covariance(double[] row, int component) {
        int[] missing = MissingValues.columns(row, true);
        int[] observed = MissingValues.columns(row, false);
        DMatrixRMaj conditional = cut(component, missing, missing);
        if (observed.length > 0 && missing.length > 0) {
            CommonOps_DDRM.multAdd(
                    -1, regression(missing, observed, component), cut(component, observed, missing), conditional);
        }
        DMatrixRMaj covariance = new DMatrixRMaj(row.length, row.length);
        for (int i = 0; i < missing.length; i++) {
            for (int j = 0; j < missing.length; j++) {
                covariance.set(missing[i], missing[j], conditional.get(i, j));
            }
        }
        return covariance;
    }

    /** Σ_mo Σ_oo⁻¹. */
    private DMatrixRMaj regression(int[] missing, int[] observed, int component) {
        DMatrixRMaj slopes = new DMatrixRMaj(missing.length, observed.length);
        if (observed.length > 0 && missing.length > 0) {
            DMatrixRMaj inverse = new DMatrixRMaj(observed.length, observed.length);
            CommonOps_DDRM.invert(cut(component, observed, observed), inverse);
            CommonOps_DDRM.mult(cut(component, missing, observed), inverse, slopes);
        }
        return slopes;
    }

    private DMatrixRMaj cut(int component, int[] rows, int[] columns) {
        DMatrixRMaj covariance = mixture.covariance(component);
        DMatrixRMaj part = new DMatrixRMaj(rows.length, columns.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                part.set(i, j, covariance.get(rows[i], columns[j]));
            }
        }
        return part;
    }

    private double[] mean(int component) {
        int d = mixture.dimension();
        return Arrays.copyOfRange(mixture.means().data, component * d, (component + 1) * d);
    }

    private ExactMixture marginal(int[] observed) {
        DMatrixRMaj means = new DMatrixRMaj(mixture.components(), observed.length);
        List<DMatrixRMaj> covariances = new ArrayList<>();
        for (int k = 0; k < mixture.components(); k++) {
            double[] mean = part(mean(k), observed);
            System.arraycopy(mean, 0, means.data, k * mean.length, mean.length);
            covariances.add(cut(k, observed, observed));
        }
        return new ExactMixture(MixtureParameters.of(CovarianceType.FULL, mixture.weights(), means, covariances));
    }

    private static double[] part(double[] row, int[] columns) {
        return Arrays.stream(columns).mapToDouble(j -> row[j]).toArray();
    }
}
