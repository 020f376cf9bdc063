package io.github.sparklatent.inference;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * q(θ) = N(θ; μ, L Lᵀ), where L is diagonal (mean field) or lower triangular.
 *
 * @param form form of L
 * @param mean μ, p numbers. Not to be modified.
 * @param factor the entries of L row by row, with logarithms on the diagonal. Not to be modified.
 */
public record GaussianPosterior(PosteriorForm form, double[] mean, double[] factor) implements Serializable {
    private static final double HALF_LOG_2_PI = 0.5 * StrictMath.log(2 * Math.PI);

    public GaussianPosterior {
        Require.size("entries of the factor", factor.length, form.length(mean.length));
    }

    /** Returns independent parameters of one deviation. */
    static GaussianPosterior of(PosteriorForm form, double[] mean, double deviation) {
        double[] factor = new double[form.length(mean.length)];
        for (int i = 0; i < mean.length; i++) {
            factor[form.row(i) + i - form.first(i)] = StrictMath.log(deviation);
        }
        return new GaussianPosterior(form, mean, factor);
    }

    /** Returns the q whose parameters φ, μ and then L, are in one array. */
    static GaussianPosterior unpack(PosteriorForm form, int parameters, double[] phi) {
        return new GaussianPosterior(
                form, Arrays.copyOf(phi, parameters), Arrays.copyOfRange(phi, parameters, phi.length));
    }

    /** Returns the parameters φ in one array. */
    double[] pack() {
        double[] phi = Arrays.copyOf(mean, mean.length + factor.length);
        System.arraycopy(factor, 0, phi, mean.length, factor.length);
        return phi;
    }

    /** Returns p. */
    public int parameters() {
        return mean.length;
    }

    /** Returns element (i, j) of L. */
    private double element(int i, int j) {
        double entry = factor[form.row(i) + j - form.first(i)];
        return i == j ? StrictMath.exp(entry) : entry;
    }

    /** Returns the deviation of each parameter. */
    public double[] deviations() {
        double[] deviations = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            double square = 0;
            for (int j = form.first(i); j <= i; j++) {
                square += element(i, j) * element(i, j);
            }
            deviations[i] = Math.sqrt(square);
        }
        return deviations;
    }

    /** Returns standard normal numbers ε, one line for each draw; draw s is a function of the key. */
    static DMatrixRMaj noise(int draws, int parameters, long seed, RandomStreams.Purpose purpose, long round) {
        DMatrixRMaj noise = new DMatrixRMaj(draws, parameters);
        for (int s = 0, at = 0; s < draws; s++) {
            RandomGenerator random = RandomStreams.of(seed, purpose, round, s);
            for (int i = 0; i < parameters; i++, at++) {
                noise.data[at] = random.nextGaussian();
            }
        }
        return noise;
    }

    /**
     * Returns θ = μ + L ε, S × p.
     *
     * @param noise ε, S × p. Not modified.
     */
    DMatrixRMaj draws(DMatrixRMaj noise) {
        int p = mean.length;
        DMatrixRMaj draws = new DMatrixRMaj(noise.numRows, p);
        for (int i = 0; i < p; i++) {
            for (int s = 0; s < noise.numRows; s++) {
                draws.data[s * p + i] = mean[i];
            }
            for (int j = form.first(i); j <= i; j++) {
                double element = element(i, j);
                for (int s = 0; s < noise.numRows; s++) {
                    draws.data[s * p + i] += element * noise.data[s * p + j];
                }
            }
        }
        return draws;
    }

    /** Returns log q of the draw of some noise: the line s of ε. */
    double logDensity(DMatrixRMaj noise, int s) {
        int p = mean.length;
        double sum = 0;
        for (int i = 0; i < p; i++) {
            double e = noise.data[s * p + i];
            sum -= 0.5 * e * e + factor[form.row(i) + i - form.first(i)] + HALF_LOG_2_PI;
        }
        return sum;
    }

    /**
     * Computes Lᵀ g.
     *
     * @param gradient g, p numbers from {@code from} on. Not modified.
     * @param whitened p numbers. Overwritten.
     */
    void whiten(double[] gradient, int from, double[] whitened) {
        Arrays.fill(whitened, 0);
        for (int i = 0; i < whitened.length; i++) {
            for (int j = form.first(i); j <= i; j++) {
                whitened[j] += element(i, j) * gradient[from + i];
            }
        }
    }

    /**
     * Replaces u = Lᵀ g by the derivatives with respect to m of a step to μ + D L m, which are Lᵀ D L⁻ᵀ u = (D L)ᵀ g. D
     * divides each row of L by its length.
     *
     * @param gradient u, the first p numbers. Modified.
     */
    void differentiateUnits(double[] gradient) {
        int p = mean.length;
        double[] deviations = deviations();
        double[] scaled = new double[p];
        for (int i = p - 1; i >= 0; i--) {
            scaled[i] = gradient[i] / element(i, i); // g, once the later rows are subtracted
            for (int j = form.first(i); j < i; j++) {
                gradient[j] -= element(i, j) * scaled[i];
            }
        }
        for (int i = 0; i < p; i++) {
            scaled[i] /= deviations[i];
        }
        double[] whitened = new double[p];
        whiten(scaled, 0, whitened);
        System.arraycopy(whitened, 0, gradient, 0, p);
    }

    /**
     * Returns the q of μ + D L m and L T. T is lower triangular with exponentials of its parameters on the diagonal; D
     * is the identity, or divides each row of L by its length.
     *
     * @param step m and then the entries of T, as many numbers as φ. Not modified.
     * @param unit whether D divides by the lengths
     */
    GaussianPosterior moved(float[] step, boolean unit) {
        int p = mean.length;
        double[] moved = mean.clone();
        double[] product = new double[factor.length];
        double[] deviations = deviations();
        for (int i = 0; i < p; i++) {
            double length = unit ? deviations[i] : 1;
            for (int j = form.first(i); j <= i; j++) {
                moved[i] += element(i, j) / length * step[j];
                product[form.row(i) + j - form.first(i)] = i == j ? moved(step, i) : off(step, i, j);
            }
        }
        return new GaussianPosterior(form, moved, product);
    }

    /** Returns the logarithm of element (i, i) of L T. */
    private double moved(float[] step, int i) {
        int at = form.row(i) + i - form.first(i);
        return factor[at] + step[mean.length + at];
    }

    /** Returns element (i, j) of L T below the diagonal. */
    private double off(float[] step, int i, int j) {
        double sum = element(i, j) * StrictMath.exp(step[mean.length + form.row(j) + j]);
        for (int k = j + 1; k <= i; k++) {
            sum += element(i, k) * step[mean.length + form.row(k) + j];
        }
        return sum;
    }
}
