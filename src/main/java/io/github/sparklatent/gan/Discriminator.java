package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;

/**
 * D(x) = σ(a(x)), the probability that a row is real; a is a network from d columns to one logit.
 *
 * @param network network from d columns to the logit
 * @param options options of the discriminator's training; spectral normalisation changes the function that the network
 *     computes
 */
public record Discriminator(Network network, AdversarialOptions options) implements Serializable {
    public Discriminator {
        Require.that(
                network.outputs() == 1,
                "the discriminator has %d outputs, expected 1: the logit of a row being real",
                network.outputs());
    }

    public int parameterCount() {
        return Parameter.length(network.parameters());
    }

    /**
     * Returns all parameters, changed so that the network computes the same logits without spectral normalisation.
     *
     * @param parameters parameters of all networks. Not modified.
     * @param offset index of this network's first parameter
     */
    public float[] normalized(float[] parameters, int offset) {
        float[] plain = parameters.clone();
        worker(1, offset, new FloatProducts()).copyUsed(parameters, plain);
        return plain;
    }

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param offset index of the discriminator's first parameter
     */
    public DiscriminatorWorker worker(int maxRows, int offset, FloatProducts products) {
        return new DiscriminatorWorker(this, maxRows, offset, products);
    }
}
