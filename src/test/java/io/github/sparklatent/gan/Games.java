package io.github.sparklatent.gan;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Small games of dense networks.
 *
 * @param generator and a fixed variance behind it, of which the mean is what it gives
 * @param discriminator its opponent
 * @param offset of the discriminator's parameters
 * @param objective of both
 */
record Games(Decoder generator, Discriminator discriminator, int offset, GameObjective objective) {
    /**
     * @param width d
     * @param hidden layers of either network
     */
    static Games of(int width, int latent, List<LayerSpec> hidden, AdversarialOptions options) {
        NetworkPlan plan = new NetworkPlan(width, null, Activation.LEAKY_RELU, Initialization.HE_UNIFORM);
        Likelihood likelihood = Gaussian.fixed(width, 1);
        Network network = plan.decoder("decoder", latent, hidden, width);
        int offset = Parameter.length(network.parameters());
        Decoder generator = new Decoder(network, 0, likelihood, offset);
        Discriminator discriminator = new Discriminator(plan.encoder("discriminator", hidden, 1), options);
        return new Games(generator, discriminator, offset, new GameObjective(generator, discriminator, offset));
    }

    /** Parameters as a training starts with. */
    float[] start(long seed) {
        float[] parameters = new float[objective.parameterCount()];
        generator.network().initialize(parameters, 0, RandomStreams.of(seed, Purpose.WEIGHTS, 0));
        discriminator.network().initialize(parameters, offset, RandomStreams.of(seed, Purpose.WEIGHTS, 1));
        return parameters;
    }

    /** Draws of N(0, I). */
    static FMatrixRMaj normal(int rows, int columns, long seed) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.NOISE);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    /** The same share for each of n rows. */
    static float[] shares(int n) {
        float[] shares = new float[n];
        Arrays.fill(shares, 1f / n);
        return shares;
    }
}
