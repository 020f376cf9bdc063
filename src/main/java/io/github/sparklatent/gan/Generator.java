package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;

/**
 * G(z) = E[x | z]: a decoder and, of what it gives, the likelihood's mean (probabilities for
 * bernoulli, the outputs as they are for gaussian). What the likelihood itself learns does not move
 * the mean: a game leaves it as it is.
 *
 * @param network from l columns to the likelihood's outputs
 * @param offset of its parameters
 * @param likelihood p(x | outputs)
 * @param likelihoodOffset of the likelihood's own parameters
 */
public record Generator(Network network, int offset, Likelihood likelihood, int likelihoodOffset)
        implements Serializable {
    /**
     * @throws IllegalArgumentException where the network's outputs are not what the likelihood
     *     takes
     */
    public Generator {
        Require.that(
                network.outputs() == likelihood.outputs(),
                "the generator has %d outputs, expected %d (of the likelihood)",
                network.outputs(),
                likelihood.outputs());
    }

    /** Parameters that a game moves: the network's. */
    public int parameterCount() {
        return Parameter.length(network.parameters());
    }

    /** l. */
    public int latent() {
        return network.inputs();
    }

    /** d. */
    public int width() {
        return likelihood.width();
    }

    /**
     * The buffers of one task.
     *
     * @param maxRows codes of a batch at most
     */
    public GeneratorPass pass(int maxRows, FloatProducts products) {
        return new GeneratorPass(this, maxRows, products);
    }
}
