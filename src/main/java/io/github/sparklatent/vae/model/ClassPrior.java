package io.github.sparklatent.vae.model;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * p(z|y) = N(z; m_y, I) with p(y) = 1/K; the means (K × l) are learnt.
 *
 * @param components K
 * @param latent l, the number of latent dimensions
 */
public record ClassPrior(int components, int latent) implements Prior {
    /** Standard deviation of the initial means: near 0, so that no class is favoured. */
    private static final double SPREAD = 0.01;

    public ClassPrior {
        Require.that(components >= 1, "components are %d, expected at least 1", components);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter("means", 0, components, latent));
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        for (int i = offset; i < offset + components * latent; i++) {
            parameters[i] = (float) (SPREAD * random.nextGaussian());
        }
    }

    @Override
    public LatentDistribution distribution(float[] parameters, int offset) {
        double[] weights = new double[components];
        double[] means = new double[components * latent];
        double[] deviations = new double[components * latent];
        Arrays.fill(weights, 1.0 / components);
        Arrays.setAll(means, i -> parameters[offset + i]);
        Arrays.fill(deviations, 1);
        return LatentDistribution.mixture(weights, means, deviations);
    }
}
