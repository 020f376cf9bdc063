package io.github.sparklatent.mixture.em;

import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.math.BigDecimal;
import java.math.MathContext;
import org.ejml.data.DMatrixRMaj;

/**
 * The naive twin of the densities: textbook formulas in decimal arithmetic of 60 digits, one row and one component at a
 * time. Only logarithms and exponentials are those of {@code StrictMath}, exact to an ulp.
 *
 * <p>Σ = L D Lᵀ by elimination; then log det Σ = Σ_i log D_ii and (x − μ)ᵀ Σ⁻¹ (x − μ) = Σ_i z_i² / D_ii with L z = x −
 * μ.
 */
public final class ExactMixture {
    private static final MathContext DIGITS = new MathContext(60);

    private final MixtureParameters mixture;
    private final BigDecimal[][][] factors;

    public ExactMixture(MixtureParameters mixture) {
        this.mixture = mixture;
        this.factors = new BigDecimal[mixture.components()][][];
        for (int k = 0; k < factors.length; k++) {
            factors[k] = factorize(mixture.covariance(k));
        }
    }

    /** L below the diagonal, D on it. */
    private static BigDecimal[][] factorize(DMatrixRMaj covariance) {
        int d = covariance.numRows;
        BigDecimal[][] factor = new BigDecimal[d][d];
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                BigDecimal sum = new BigDecimal(covariance.get(i, j));
                for (int t = 0; t < j; t++) {
                    BigDecimal term = factor[i][t].multiply(factor[t][t], DIGITS);
                    BigDecimal other = j == i ? factor[i][t] : factor[j][t];
                    sum = sum.subtract(term.multiply(other, DIGITS), DIGITS);
                }
                factor[i][j] = i == j ? sum : sum.divide(factor[j][j], DIGITS);
            }
        }
        return factor;
    }

    /** log π_k + log N(x; μ_k, Σ_k). */
    double logJoint(double[] x, int component) {
        int d = x.length;
        BigDecimal[][] factor = factors[component];
        BigDecimal[] z = new BigDecimal[d];
        BigDecimal distance = BigDecimal.ZERO;
        double logDeterminant = 0;
        for (int i = 0; i < d; i++) {
            z[i] = difference(x[i], mixture.means().get(component, i));
            for (int t = 0; t < i; t++) {
                z[i] = z[i].subtract(factor[i][t].multiply(z[t], DIGITS), DIGITS);
            }
            distance = distance.add(z[i].multiply(z[i]).divide(factor[i][i], DIGITS), DIGITS);
            logDeterminant += StrictMath.log(factor[i][i].doubleValue());
        }
        return StrictMath.log(mixture.weight(component))
                - 0.5 * (d * StrictMath.log(2 * Math.PI) + logDeterminant + distance.doubleValue());
    }

    /** log p(x). */
    public double logDensity(double[] x) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < mixture.components(); k++) {
            greatest = Math.max(greatest, logJoint(x, k));
        }
        double sum = 0;
        for (int k = 0; k < mixture.components(); k++) {
            sum += StrictMath.exp(logJoint(x, k) - greatest);
        }
        return greatest + StrictMath.log(sum);
    }

    /** p(k | x). */
    public double responsibility(double[] x, int component) {
        return StrictMath.exp(logJoint(x, component) - logDensity(x));
    }

    private static BigDecimal difference(double x, double y) {
        return new BigDecimal(x).subtract(new BigDecimal(y));
    }
}
