package io.github.sparklatent.vae.model;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.DoubleFunctions;
import io.github.sparklatent.linalg.LogSumExp;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.SoftBound;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * p(z) = Σ_k π_k N(z; m_k, diag s_k²). Its parameters are the logits of π (1 × K), the means (K × l) and the log
 * variances, which are read within {@link SoftBound#LOG_VARIANCE}: K × l, or 1 × l if all components share them. With
 * conditions c, π is the softmax of the logits plus Wᵀ c, and W is a parameter, too.
 *
 * @param components K, the number of components
 * @param latent l, the number of latent dimensions
 * @param covariance whether each component has its own variances
 * @param uniform whether each weight π_k is 1/K and not trained. The means then start near 0, so that no component is
 *     favoured
 * @param conditions number of inputs of conditions
 */
public record MixturePrior(int components, int latent, PriorCovariance covariance, boolean uniform, int conditions)
        implements Serializable {
    /** Standard deviation of the initial means of components with equal weights. */
    private static final double SPREAD = 0.01;

    public MixturePrior {
        Require.that(components >= 1, "components are %d, expected at least 1", components);
    }

    /** Returns the offset of the logits within the prior's parameters. */
    public int logits() {
        return 0;
    }

    /** Returns the offset of the means within the prior's parameters. */
    public int means() {
        return uniform ? 0 : components;
    }

    /** Returns the offset of the log variances within the prior's parameters. */
    public int logVariances() {
        return means() + components * latent;
    }

    /** Returns log s_kj². */
    public double logVariance(float[] parameters, int offset, int component, int dimension) {
        return covariance == PriorCovariance.IDENTITY
                ? 0
                : SoftBound.LOG_VARIANCE.bounded(parameters[offset + logVariance(component, dimension)]);
    }

    /** Returns the index of a trained log s_kj² within the prior's parameters. */
    public int logVariance(int component, int dimension) {
        int row = Math.min(component, covariance.count(components) - 1);
        return logVariances() + row * latent + dimension;
    }

    /** Returns the offset of W, conditions × K, within the prior's parameters. */
    public int conditionWeights() {
        return logVariances() + covariance.count(components) * latent;
    }

    public int length() {
        return conditionWeights() + conditions * components;
    }

    /** Returns the parameters, the first at offset 0, without gaps. */
    public List<Parameter> parameters() {
        return Stream.of(
                        new Parameter("logits", logits(), 1, means()),
                        new Parameter("means", means(), components, latent),
                        new Parameter("logVariances", logVariances(), covariance.count(components), latent),
                        new Parameter("conditionWeights", conditionWeights(), conditions, components))
                .filter(parameter -> parameter.length() > 0)
                .toList();
    }

    /** Writes equal weights, means drawn from N(0, I) or near 0, and variances of 1. */
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        Arrays.fill(parameters, offset, offset + length(), 0f);
        for (int i = offset + means(); i < offset + logVariances(); i++) {
            parameters[i] = (float) ((uniform ? SPREAD : 1) * random.nextGaussian());
        }
    }

    /** Returns the distribution that codes are drawn from. */
    public LatentDistribution distribution(float[] parameters, int offset) {
        double[] weights = logWeights(parameters, offset);
        double[] means = new double[components * latent];
        double[] deviations = new double[components * latent];
        DoubleFunctions.exp(weights, 0, weights, 0, components);
        Arrays.setAll(means, i -> parameters[offset + means() + i]);
        Arrays.setAll(deviations, i -> StrictMath.exp(0.5 * logVariance(parameters, offset, i / latent, i % latent)));
        return new LatentDistribution(weights.length, weights, means, deviations);
    }

    /** Returns log π (K numbers): the logits less their log-sum-exp; with conditions, of c = 0. */
    public double[] logWeights(float[] parameters, int offset) {
        return logWeights(parameters, offset, new float[conditions], 0);
    }

    /**
     * Returns log π given conditions, K numbers.
     *
     * @param given c, the inputs of the conditions from an index on. Not modified.
     */
    public double[] logWeights(float[] parameters, int offset, float[] given, int from) {
        double[] logWeights = new double[components];
        Arrays.setAll(logWeights, k -> uniform ? 0 : parameters[offset + logits() + k]);
        for (int at = 0; at < conditions * components; at++) {
            double input = given[from + at / components];
            logWeights[at % components] += input * parameters[offset + conditionWeights() + at];
        }
        DMatrixRMaj shares = DMatrixRMaj.wrap(components, 1, logWeights.clone());
        double[] sum = new double[1];
        LogSumExp.normalizeColumns(shares, sum);
        Arrays.setAll(logWeights, k -> logWeights[k] - sum[0]);
        return logWeights;
    }
}
