package io.github.sparklatent.linear;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.Cholesky;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.io.Serializable;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The parameters of a linear Gaussian model: x ~ N(μ, W Wᵀ + Ψ) with a diagonal Ψ. It is probabilistic PCA if Ψ = σ² I,
 * and factor analysis otherwise. Immutable.
 */
public final class LinearGaussian implements Serializable {
    private final double[] mean;
    private final DMatrixRMaj loadings;
    private final double[] noise;

    /**
     * Creates a model.
     *
     * @param mean μ, d numbers. Not modified.
     * @param loadings W, d × l with l &lt; d. Not modified.
     * @param noise the diagonal of Ψ, d numbers above 0, or one number σ² for all columns. Not modified.
     * @throws IllegalArgumentException if the shapes do not fit, a number is out of range, or I is lost in the rounding
     *     of I + WᵀΨ⁻¹W
     */
    @JsonCreator
    public LinearGaussian(
            @JsonProperty("mean") double[] mean,
            @JsonProperty("loadings") DMatrixRMaj loadings,
            @JsonProperty("noise") double[] noise) {
        Require.that(
                loadings.numRows == mean.length && loadings.numCols >= 1 && loadings.numCols < mean.length,
                "the loadings are %d x %d, expected %d x 1 to %d",
                loadings.numRows,
                loadings.numCols,
                mean.length,
                mean.length - 1);
        Require.that(
                noise.length == 1 || noise.length == mean.length,
                "there are %d noise variances, expected 1 or %d",
                noise.length,
                mean.length);
        for (double variance : noise) {
            Require.that(
                    variance > 0 && Double.isFinite(variance),
                    "the noise variance is %s, expected a number > 0",
                    variance);
        }
        Require.that(
                Arrays.stream(mean).allMatch(Double::isFinite)
                        && Arrays.stream(loadings.data, 0, loadings.getNumElements())
                                .allMatch(Double::isFinite),
                "the mean or the loadings hold NaN or an infinity, expected finite numbers");
        this.mean = mean.clone();
        this.loadings = loadings.copy();
        this.noise = noise.clone();
        factor();
    }

    /** Creates a model with one noise variance σ² for all columns. */
    public LinearGaussian(double[] mean, DMatrixRMaj loadings, double noise) {
        this(mean, loadings, new double[] {noise});
    }

    /** Returns Ψ^-½ W, d × l: the loadings in units of the noise; a new matrix. */
    DMatrixRMaj whiteLoadings() {
        return white(loadings, noise);
    }

    private static DMatrixRMaj white(DMatrixRMaj loadings, double[] noise) {
        DMatrixRMaj white = loadings.copy();
        int l = loadings.numCols;
        for (int j = 0; j < loadings.numRows; j++) {
            double deviation = Math.sqrt(noise[noise.length == 1 ? 0 : j]);
            for (int i = 0; i < l; i++) {
                white.data[j * l + i] /= deviation;
            }
        }
        return white;
    }

    /**
     * Factorises M = I + WᵀΨ⁻¹W (l × l), the inverse of the posterior covariance of complete rows.
     *
     * @throws IllegalArgumentException if I is lost in rounding
     */
    Cholesky factor() {
        return factor(whiteLoadings());
    }

    /** Factorises I + VᵀV, where V is Ψ^-½ W or some of its rows. */
    static Cholesky factor(DMatrixRMaj white) {
        DMatrixRMaj inner = new DMatrixRMaj(white.numCols, white.numCols);
        CommonOps_DDRM.multTransA(white, white, inner);
        for (int i = 0; i < inner.numRows; i++) {
            inner.add(i, i, 1);
        }
        return Cholesky.of(inner)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "the loadings W are linearly dependent or not in the range of numbers, and the noise variance is lost in the rounding of WᵀW: expected orthogonal columns or a greater noise variance"));
    }

    /**
     * Returns a model of the same distribution whose latent variables are rotated so that WᵀΨ⁻¹W is diagonal. Its
     * entries fall, and the entry of greatest magnitude of each column of W is positive.
     *
     * <p>I + WᵀΨ⁻¹W is then diagonal, so I is not lost beside large loadings along other axes.
     *
     * @param loadings W, d × l. Not modified.
     * @throws IllegalArgumentException as the constructor
     */
    static LinearGaussian canonical(double[] mean, DMatrixRMaj loadings, double[] noise) {
        DMatrixRMaj white = white(loadings, noise);
        int l = loadings.numCols;
        DMatrixRMaj inner = new DMatrixRMaj(l, l);
        CommonOps_DDRM.multTransA(white, white, inner);
        SymmetricEigen eigen = SymmetricEigen.leading(inner, l)
                .orElseThrow(() -> new IllegalArgumentException("WᵀΨ⁻¹W is not in the range of numbers"));
        DMatrixRMaj rotated = new DMatrixRMaj(loadings.numRows, l);
        CommonOps_DDRM.mult(loadings, eigen.vectors(), rotated);
        double[] column = new double[loadings.numRows];
        for (int k = 0; k < l; k++) {
            for (int j = 0; j < column.length; j++) {
                column[j] = rotated.unsafe_get(j, k);
            }
            int sign = sign(column);
            for (int j = 0; j < column.length; j++) {
                rotated.unsafe_set(j, k, sign * column[j]);
            }
        }
        return new LinearGaussian(mean, rotated, noise);
    }

    /** Returns this model with {@linkplain #canonical(double[], DMatrixRMaj, double[]) rotated} latent variables. */
    public LinearGaussian canonical() {
        return canonical(mean, loadings, noise);
    }

    /** Returns the sign of the entry of greatest magnitude. */
    public static int sign(double[] axis) {
        double greatest = 0;
        for (double value : axis) {
            greatest = Math.abs(value) > Math.abs(greatest) ? value : greatest;
        }
        return greatest < 0 ? -1 : 1;
    }

    /**
     * Draws a row x = W z + μ + Ψ^½ ε, d numbers: a function of the seed and of its index.
     *
     * @param hasNoise whether ε is drawn; otherwise it is 0
     */
    public double[] draw(long seed, long index, boolean hasNoise) {
        RandomGenerator prior = RandomStreams.of(seed, Purpose.PRIOR, index);
        RandomGenerator likelihood = RandomStreams.of(seed, Purpose.NOISE, index);
        double[] row = mean.clone();
        for (int l = 0; l < loadings.numCols; l++) {
            double z = prior.nextGaussian();
            for (int j = 0; j < row.length; j++) {
                row[j] += loadings.unsafe_get(j, l) * z;
            }
        }
        for (int j = 0; j < row.length; j++) {
            double deviation = hasNoise ? Math.sqrt(noise(j)) : 0;
            row[j] += deviation * likelihood.nextGaussian();
        }
        return row;
    }

    /** Returns log |W Wᵀ + Ψ|, in nats. */
    public double logDeterminant() {
        double sum = factor().logDeterminant();
        for (int j = 0; j < dimension(); j++) {
            sum += StrictMath.log(noise(j));
        }
        return sum;
    }

    /**
     * Returns W L with L Lᵀ = Cov[z | x_j of the given columns], d × l: the loadings of the other columns in their
     * distribution given these.
     *
     * @param given indices of columns. Not modified.
     */
    public DMatrixRMaj loadingsGiven(int[] given) {
        DMatrixRMaj white = whiteLoadings();
        DMatrixRMaj observed = new DMatrixRMaj(given.length, latent());
        for (int i = 0; i < given.length; i++) {
            CommonOps_DDRM.extract(white, given[i], given[i] + 1, 0, latent(), observed, i, 0);
        }
        DMatrixRMaj result = new DMatrixRMaj(dimension(), latent());
        CommonOps_DDRM.mult(loadings, factor(observed).whitening(), result);
        return result;
    }

    public int dimension() {
        return mean.length;
    }

    public int latent() {
        return loadings.numCols;
    }

    /** Returns μ, d numbers; a copy. */
    public double[] mean() {
        return mean.clone();
    }

    /** Returns the loadings W, d × l; a copy. */
    public DMatrixRMaj loadings() {
        return loadings.copy();
    }

    /** Returns whether all columns have the same noise variance. */
    public boolean isIsotropic() {
        return noise.length == 1;
    }

    /** Returns the noise variance of a column, in squared units of the data. */
    public double noise(int column) {
        return noise[isIsotropic() ? 0 : column];
    }

    /** Returns the noise variances: one of each column, or one number for all columns. A copy. */
    public double[] noise() {
        return noise.clone();
    }

    /** Returns |w_i|² for each latent variable: the variance that it adds to all columns. */
    public double[] squaredLengths() {
        int l = latent();
        double[] lengths = new double[l];
        for (int j = 0; j < dimension(); j++) {
            for (int i = 0; i < l; i++) {
                double w = loadings.data[j * l + i];
                lengths[i] = Math.fma(w, w, lengths[i]);
            }
        }
        return lengths;
    }
}
