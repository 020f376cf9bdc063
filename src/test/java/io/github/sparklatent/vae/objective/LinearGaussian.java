package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.PosteriorCovariance;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * A linear decoder with a fixed variance, x = z W + b + √v ε: probabilistic PCA, whose density and posterior are known
 * (Tipping and Bishop 1999):
 *
 * <pre>
 *   p(x)   = N(b, Wᵀ W + v I)
 *   p(z|x) = N(S W (x − b) / v, S),  S = (I + W Wᵀ / v)⁻¹
 * </pre>
 */
public final class LinearGaussian {
    public static final int WIDTH = 6;
    public static final int LATENT = 2;
    public static final double VARIANCE = 0.3;

    private final DMatrixRMaj weights;
    private final double[] bias = new double[WIDTH];

    /** @param orthogonal whether the rows of W are, so that the posterior has no correlations */
    public LinearGaussian(boolean orthogonal) {
        RandomGenerator random = RandomStreams.of(21, Purpose.NOISE);
        this.weights = new DMatrixRMaj(LATENT, WIDTH);
        for (int j = 0; j < WIDTH; j++) {
            for (int k = 0; k < LATENT; k++) {
                boolean kept = !orthogonal || j % 2 == k;
                weights.set(k, j, kept ? (float) (0.7 * random.nextGaussian()) : 0);
            }
            bias[j] = (float) random.nextGaussian();
        }
    }

    static Architecture architecture(PosteriorCovariance covariance) {
        return architecture().withCovariance(covariance);
    }

    static Architecture architecture() {
        return Samples.linear(LATENT, Gaussian.fixed(WIDTH, VARIANCE));
    }

    /** Rows of about the model's own spread. */
    static FMatrixRMaj rows(int count) {
        RandomGenerator random = RandomStreams.of(22, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(count, WIDTH);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] = (float) random.nextGaussian();
        }
        return rows;
    }

    /** S⁻¹ = I + W Wᵀ / v. */
    DMatrixRMaj posteriorPrecision() {
        DMatrixRMaj precision = CommonOps_DDRM.identity(LATENT);
        CommonOps_DDRM.multAddTransB(1 / VARIANCE, weights, weights, precision);
        return precision;
    }

    /** S. */
    DMatrixRMaj posteriorCovariance() {
        return inverse(posteriorPrecision());
    }

    /** log p(x). */
    double logDensity(double[] row) {
        DMatrixRMaj covariance = CommonOps_DDRM.identity(WIDTH);
        CommonOps_DDRM.scale(VARIANCE, covariance);
        CommonOps_DDRM.multAddTransA(weights, weights, covariance);
        DMatrixRMaj inverse = inverse(covariance);
        double distance = 0;
        for (int i = 0; i < WIDTH; i++) {
            for (int j = 0; j < WIDTH; j++) {
                distance += (row[i] - bias[i]) * inverse.get(i, j) * (row[j] - bias[j]);
            }
        }
        double logDeterminant = Math.log(CommonOps_DDRM.det(covariance));
        return -0.5 * (WIDTH * Math.log(2 * Math.PI) + logDeterminant + distance);
    }

    private static DMatrixRMaj inverse(DMatrixRMaj matrix) {
        DMatrixRMaj inverse = new DMatrixRMaj(matrix.numRows, matrix.numCols);
        CommonOps_DDRM.invert(matrix, inverse);
        return inverse;
    }

    /**
     * The network with an encoder that gives the posterior's means plus a shift, and the posterior's variances times a
     * factor.
     */
    public TrainedNetwork network(double shift, double factor) {
        DMatrixRMaj s = posteriorCovariance();
        DMatrixRMaj lower = new DMatrixRMaj(LATENT, LATENT);
        for (int k = 0; k < LATENT; k++) {
            lower.set(k, k, Math.sqrt(factor * s.get(k, k)));
        }
        return network(shift, lower, architecture());
    }

    /** The network whose encoder gives the posterior, with its correlations. */
    TrainedNetwork exact() {
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(LATENT, true);
        assertThat(cholesky.decompose(posteriorCovariance())).isTrue();
        DMatrixRMaj lower = cholesky.getT(null);
        return network(0, lower, architecture(PosteriorCovariance.FULL));
    }

    /** The network whose encoder gives a covariance L Lᵀ, of whose L it may have the diagonal only. */
    private TrainedNetwork network(double shift, DMatrixRMaj lower, Architecture architecture) {
        DMatrixRMaj s = posteriorCovariance();
        DMatrixRMaj a = new DMatrixRMaj(LATENT, WIDTH);
        CommonOps_DDRM.mult(1 / VARIANCE, s, weights, a);
        int heads = architecture.networks(Kind.VARIATIONAL).encoder().outputs();
        int biases = WIDTH * heads;
        int decoder = biases + heads;
        float[] parameters = new float[architecture.parameterCount(Kind.VARIATIONAL)];
        for (int k = 0; k < LATENT; k++) {
            double mean = shift;
            for (int j = 0; j < WIDTH; j++) {
                parameters[j * heads + k] = (float) a.get(k, j);
                parameters[decoder + k * WIDTH + j] = (float) weights.get(k, j);
                mean -= a.get(k, j) * bias[j];
            }
            parameters[biases + k] = (float) mean;
            parameters[biases + LATENT + k] = (float) (2 * Math.log(lower.get(k, k)));
        }
        int below = biases + 2 * LATENT;
        for (int k = 0; heads > 2 * LATENT && k < LATENT; k++) {
            for (int c = 0; c < k; c++) {
                parameters[below++] = (float) lower.get(k, c);
            }
        }
        for (int j = 0; j < WIDTH; j++) {
            parameters[decoder + LATENT * WIDTH + j] = (float) bias[j];
        }
        return new TrainedNetwork(Kind.VARIATIONAL, architecture, parameters);
    }
}
