package io.github.sparklatent.vae;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Likelihood;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.Parameter;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which networks an autoencoder is made of. Two architectures are alike when their fields are.
 *
 * @param inputs d, columns of a row
 * @param image the row as an image, for convolutions; null where it is none
 * @param latent l, columns of a code
 * @param encoder its hidden layers, from the row on; may be none: then it is linear
 * @param decoder its hidden layers, from the code on; may be none
 * @param activation of all hidden layers
 * @param likelihood p(x | the decoder's outputs)
 * @param initialization of the weights
 */
public record Architecture(
        int inputs,
        ImageShape image,
        int latent,
        List<LayerSpec> encoder,
        List<LayerSpec> decoder,
        Activation activation,
        Likelihood likelihood,
        Initialization initialization)
        implements Serializable {
    /**
     * @throws IllegalArgumentException where the parts do not fit one another
     */
    public Architecture {
        Require.that(inputs >= 1, "rows have %d columns, expected at least 1", inputs);
        Require.that(latent >= 1, "latent is %d, expected at least 1", latent);
        Require.that(
                likelihood.width() == inputs,
                "the likelihood is of %d columns, expected %d (columns of a row)",
                likelihood.width(),
                inputs);
        encoder = List.copyOf(encoder);
        decoder = List.copyOf(decoder);
        networks(
                Kind.VARIATIONAL,
                new NetworkPlan(inputs, image, activation, initialization),
                latent,
                encoder,
                decoder,
                likelihood);
    }

    /** All parameters by name, in the order in which they lie in the one vector, without gaps. */
    public List<Parameter> parameters(Kind kind) {
        return networks(kind).parameters();
    }

    /** Entries of the vector of parameters. */
    public int parameterCount(Kind kind) {
        return networks(kind).parameterCount();
    }

    /** Parameters as a training starts with, drawn for a seed. */
    public float[] initialize(Kind kind, long seed) {
        return networks(kind).initialize(seed);
    }

    /**
     * Refuses parameters that belong to other networks. How the weights started does not matter.
     *
     * @param what was found, e.g. {@code checkpoint}
     * @throws IllegalArgumentException where anything else differs
     */
    public void requireSame(String what, Architecture found) {
        Architecture alike =
                new Architecture(
                        found.inputs,
                        found.image,
                        found.latent,
                        found.encoder,
                        found.decoder,
                        found.activation,
                        found.likelihood,
                        initialization);
        Require.that(
                equals(alike),
                "%s is of another architecture: found %s, expected %s",
                what,
                found.describe(),
                describe());
    }

    /** The networks in one line, as a person reads them. */
    public String describe() {
        return "%d inputs%s, encoder %s, latent %d, decoder %s, activation %s, likelihood %s"
                .formatted(
                        inputs,
                        image == null ? "" : " (" + image + ")",
                        encoder.stream().map(Architecture::describe).toList(),
                        latent,
                        decoder.stream().map(Architecture::describe).toList(),
                        activation,
                        likelihood);
    }

    private static String describe(LayerSpec layer) {
        if (layer instanceof LayerSpec.Kernel k) {
            return "convolution %d x %d x %d, stride %d, padding %d"
                    .formatted(k.channels(), k.kernel(), k.kernel(), k.stride(), k.padding());
        }
        return Integer.toString(((LayerSpec.Width) layer).width());
    }

    Networks networks(Kind kind) {
        NetworkPlan plan = new NetworkPlan(inputs, image, activation, initialization);
        return networks(kind, plan, latent, encoder, decoder, likelihood);
    }

    private static Networks networks(
            Kind kind,
            NetworkPlan plan,
            int latent,
            List<LayerSpec> encoder,
            List<LayerSpec> decoder,
            Likelihood likelihood) {
        return new Networks(
                reading(likelihood, plan.encoder("encoder", encoder, kind.encoderOutputs(latent))),
                plan.decoder("decoder", latent, decoder, likelihood.outputs()),
                likelihood);
    }

    /** The encoder as it reads the rows: counts by their logarithms. */
    private static Network reading(Likelihood likelihood, Network encoder) {
        if (likelihood.counts().isEmpty()) {
            return encoder;
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new Logarithm(encoder.inputs(), likelihood.counts()));
        layers.addAll(encoder.layers());
        return new Network(encoder.name(), layers);
    }

    void requireBernoulliIf(boolean binarize) {
        Require.that(
                !binarize || likelihood instanceof Bernoulli,
                "binarize is of the bernoulli likelihood, found %s",
                likelihood);
    }
}
