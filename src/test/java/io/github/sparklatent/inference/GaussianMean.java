package io.github.sparklatent.inference;

import io.github.sparklatent.linalg.Cholesky;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Rows x ~ N(θ, Λ⁻¹) of two columns with a known precision Λ and the prior θ ~ N(0, I / τ). Its posterior is N(A⁻¹ Λ Σ
 * x, A⁻¹) with A = τ I + n Λ.
 */
final class GaussianMean implements BayesianModel, RowSampler {
    private static final long serialVersionUID = 1L;

    private final double[] precision;
    private final double prior;
    private final boolean gradients;

    GaussianMean(double[] precision, double prior, boolean gradients) {
        this.precision = precision;
        this.prior = prior;
        this.gradients = gradients;
    }

    /** Returns A. */
    DMatrixRMaj posteriorPrecision(double rows) {
        DMatrixRMaj a = new DMatrixRMaj(2, 2, true, precision);
        CommonOps_DDRM.scale(rows, a);
        a.data[0] += prior;
        a.data[3] += prior;
        return a;
    }

    /** Returns the posterior mean given the weighted sums of the columns. */
    DMatrixRMaj posteriorMean(double rows, double first, double second) {
        DMatrixRMaj sums = new DMatrixRMaj(2, 1, true, first, second);
        DMatrixRMaj right = new DMatrixRMaj(2, 1);
        CommonOps_DDRM.mult(new DMatrixRMaj(2, 2, true, precision), sums, right);
        DMatrixRMaj inverse = posteriorPrecision(rows);
        CommonOps_DDRM.invert(inverse);
        DMatrixRMaj mean = new DMatrixRMaj(2, 1);
        CommonOps_DDRM.mult(inverse, right, mean);
        return mean;
    }

    @Override
    public Parameters parameters() {
        return Parameters.NONE.with("mean", Transforms.real(2));
    }

    @Override
    public boolean hasGradients() {
        return gradients;
    }

    @Override
    public double logPrior(double[] theta, double[] gradient) {
        double sum = Math.log(prior / (2 * Math.PI));
        for (int j = 0; j < 2; j++) {
            sum -= 0.5 * prior * theta[j] * theta[j];
            if (gradient != null) {
                gradient[j] -= prior * theta[j];
            }
        }
        return sum;
    }

    @Override
    public Likelihood likelihood(DMatrixRMaj draws) {
        double constant = 0.5
                * (Cholesky.of(new DMatrixRMaj(2, 2, true, precision))
                                .orElseThrow()
                                .logDeterminant()
                        - 2 * Math.log(2 * Math.PI));
        return (block, logDensities, sums) -> {
            int n = block.size();
            for (int s = 0; s < draws.numRows; s++) {
                for (int i = 0; i < n; i++) {
                    double a = block.rows().get(i, 0) - draws.get(s, 0);
                    double b = block.rows().get(i, 1) - draws.get(s, 1);
                    double pa = precision[0] * a + precision[1] * b;
                    double pb = precision[2] * a + precision[3] * b;
                    logDensities.set(s, i, constant - 0.5 * (a * pa + b * pb));
                    if (sums != null) {
                        sums.data[2 * s] += block.weight(i) * pa;
                        sums.data[2 * s + 1] += block.weight(i) * pb;
                    }
                }
            }
        };
    }

    @Override
    public void sample(double[] theta, RandomGenerator random, double[] row) {
        for (int j = 0; j < 2; j++) {
            row[j] = theta[j] + random.nextGaussian();
        }
    }
}
