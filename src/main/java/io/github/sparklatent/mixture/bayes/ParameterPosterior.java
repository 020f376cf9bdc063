package io.github.sparklatent.mixture.bayes;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.settings.Names;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * q(θ) = N(θ; μ, L Lᵀ), where L is diagonal (mean field) or lower triangular. With standard normal ε, θ = μ + L ε.
 *
 * @param form form of L
 * @param parameters p, the number of parameters θ
 * @param phi φ: μ, then the entries of L row by row, with logarithms on the diagonal. Not to be modified.
 */
public record ParameterPosterior(Form form, int parameters, double[] phi) {
    private static final double HALF_LOG_2_PI = 0.5 * StrictMath.log(2 * Math.PI);

    /** The forms of the covariance. */
    public enum Form {
        /** The parameters are independent: p deviations. */
        MEAN_FIELD,
        /** The parameters have correlations: a Cholesky factor with p (p + 1) / 2 entries. */
        FULL;

        @Override
        public String toString() {
            return Names.of(this);
        }
    }

    /** Returns independent parameters with the mean 0 and one deviation. */
    static ParameterPosterior of(Form form, int parameters, double deviation) {
        long factor = form == Form.FULL ? (long) parameters * (parameters + 1) / 2 : parameters;
        ParameterPosterior q =
                new ParameterPosterior(form, parameters, new double[Math.toIntExact(parameters + factor)]);
        for (int i = 0; i < parameters; i++) {
            q.phi[q.at(i, i)] = StrictMath.log(deviation);
        }
        return q;
    }

    /** Returns the first column of row i of L; the last one is i. */
    int first(int i) {
        return form == Form.FULL ? 0 : i;
    }

    /** Returns the index in φ of element (i, j) of L, for j from {@link #first} to i. */
    int at(int i, int j) {
        return parameters + (form == Form.FULL ? i * (i + 1) / 2 + j : i);
    }

    /** Returns element (i, j) of L. */
    private double element(int i, int j) {
        return i == j ? StrictMath.exp(phi[at(i, i)]) : phi[at(i, j)];
    }

    double[] mean() {
        return Arrays.copyOf(phi, parameters);
    }

    /** Returns standard normal numbers ε, a row for each draw; row s is a function of seed, purpose, round and s. */
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
     * Returns θ = μ + L ε of one draw.
     *
     * @param noise ε, S × p. Not modified.
     */
    double[] draw(DMatrixRMaj noise, int s) {
        double[] theta = mean();
        for (int i = 0; i < parameters; i++) {
            for (int j = first(i); j <= i; j++) {
                theta[i] += element(i, j) * noise.unsafe_get(s, j);
            }
        }
        return theta;
    }

    /** Returns log q of one draw; arguments as in {@link #draw}. */
    double logDensity(DMatrixRMaj noise, int s) {
        double sum = 0;
        for (int i = 0; i < parameters; i++) {
            double e = noise.unsafe_get(s, i);
            sum -= 0.5 * e * e + phi[at(i, i)] + HALF_LOG_2_PI;
        }
        return sum;
    }

    /** Returns Lᵀ g; g is not modified. */
    double[] whitened(double[] gradient) {
        double[] whitened = new double[parameters];
        for (int i = 0; i < parameters; i++) {
            for (int j = first(i); j <= i; j++) {
                whitened[j] += element(i, j) * gradient[i];
            }
        }
        return whitened;
    }

    /**
     * Returns the q of μ + L m and L T, where T is lower triangular with exponentials of its parameters on the
     * diagonal.
     *
     * @param step m and then the entries of T, in the order of φ. Not modified.
     */
    ParameterPosterior moved(float[] step) {
        double[] moved = phi.clone();
        for (int i = 0; i < parameters; i++) {
            for (int j = first(i); j <= i; j++) {
                moved[i] += element(i, j) * step[j];
                moved[at(i, j)] = i == j ? phi[at(i, i)] + step[at(i, i)] : below(step, i, j);
            }
        }
        return new ParameterPosterior(form, parameters, moved);
    }

    /** Returns element (i, j) of L T below the diagonal. */
    private double below(float[] step, int i, int j) {
        double sum = element(i, j) * StrictMath.exp(step[at(j, j)]);
        for (int k = j + 1; k <= i; k++) {
            sum += element(i, k) * step[at(k, j)];
        }
        return sum;
    }
}
