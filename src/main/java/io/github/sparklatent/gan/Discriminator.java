package io.github.sparklatent.gan;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;

/**
 * D(x) = σ(a(x)), the probability that a row is real; a is a network from d columns to one logit.
 *
 * @param network from d columns to the logit
 * @param options of its training, spectral normalisation among them, which is part of what it
 *     computes
 */
public record Discriminator(Network network, AdversarialOptions options) implements Serializable {
    /**
     * @throws IllegalArgumentException where the network has not one output
     */
    public Discriminator {
        Require.that(
                network.outputs() == 1,
                "the discriminator has %d outputs, expected 1: the logit of a row being real",
                network.outputs());
    }

    /** Entries of its part of the vector of parameters. */
    public int parameterCount() {
        return Parameter.length(network.parameters());
    }

    /** Columns of the last hidden layer; of the row itself where there is none. */
    public int features() {
        return network.layers().get(network.layers().size() - 1).inputs();
    }

    /**
     * The parameters of a network that computes the same without any normalisation.
     *
     * @param parameters of all networks. Not modified.
     * @param offset of this one's
     */
    public float[] normalized(float[] parameters, int offset) {
        float[] plain = parameters.clone();
        pass(1, offset, new FloatProducts()).copyUsed(parameters, plain);
        return plain;
    }

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     * @param offset of its parameters
     */
    public DiscriminatorPass pass(int maxRows, int offset, FloatProducts products) {
        return new DiscriminatorPass(this, maxRows, offset, products);
    }
}
