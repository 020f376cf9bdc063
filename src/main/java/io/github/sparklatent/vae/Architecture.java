package io.github.sparklatent.vae;

import io.github.sparklatent.learn.DataException;
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
import java.util.stream.Stream;

/**
 * Which networks an autoencoder is made of. Two architectures are alike when their fields are.
 *
 * @param inputs d, columns of a row
 * @param image the row as an image, for convolutions and for comparing images; null where it is
 *     none
 * @param latent l, columns of a code
 * @param encoder its hidden layers, from the row on; may be none: then it is linear
 * @param decoder its hidden layers, from the code on; may be none
 * @param activation of all hidden layers
 * @param likelihood p(x | the decoder's outputs)
 * @param initialization of the weights
 * @param components K, of the kinds whose codes have them; else 0
 * @param auxiliary hidden layers of the discriminator, or of the classifier; none where the kind
 *     has neither. A mixture has a discriminator where there are any.
 */
public record Architecture(
        int inputs,
        ImageShape image,
        int latent,
        List<LayerSpec> encoder,
        List<LayerSpec> decoder,
        Activation activation,
        Likelihood likelihood,
        Initialization initialization,
        int components,
        List<LayerSpec> auxiliary)
        implements Serializable {
    private static final int LEAST_COMPONENTS = 2;

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
        Require.that(components >= 0, "components are %d, expected at least 0", components);
        encoder = List.copyOf(encoder);
        decoder = List.copyOf(decoder);
        auxiliary = List.copyOf(auxiliary);
        NetworkPlan plan = new NetworkPlan(inputs, image, activation, initialization);
        plan.encoder("encoder", encoder, latent);
        plan.decoder("decoder", latent, decoder, likelihood.outputs());
    }

    /** Of a kind without components, discriminator and classifier. */
    public Architecture(
            int inputs,
            ImageShape image,
            int latent,
            List<LayerSpec> encoder,
            List<LayerSpec> decoder,
            Activation activation,
            Likelihood likelihood,
            Initialization initialization) {
        this(
                inputs,
                image,
                latent,
                encoder,
                decoder,
                activation,
                likelihood,
                initialization,
                0,
                List.of());
    }

    /** The same with components. */
    public Architecture withComponents(int value) {
        return new Architecture(
                inputs,
                image,
                latent,
                encoder,
                decoder,
                activation,
                likelihood,
                initialization,
                value,
                auxiliary);
    }

    /** The same with the hidden layers of a discriminator or classifier. */
    public Architecture withAuxiliary(List<LayerSpec> value) {
        return new Architecture(
                inputs,
                image,
                latent,
                encoder,
                decoder,
                activation,
                likelihood,
                initialization,
                components,
                value);
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
     * Refuses parameters that belong to other networks. How the weights started does not matter,
     * nor what image rows are where no layer is a convolution.
     *
     * @param kind of both, which names their parts
     * @param what was found, e.g. {@code checkpoint}
     * @throws IllegalArgumentException where anything else differs
     */
    public void requireSame(Kind kind, String what, Architecture found) {
        Architecture alike =
                new Architecture(
                        found.inputs,
                        found.isConvolutional() ? found.image : image,
                        found.latent,
                        found.encoder,
                        found.decoder,
                        found.activation,
                        found.likelihood,
                        initialization,
                        found.components,
                        found.auxiliary);
        Require.that(
                equals(alike),
                "%s is of another architecture: found %s, expected %s",
                what,
                found.describe(kind),
                describe(kind));
    }

    /**
     * Refuses fewer rows than components.
     *
     * @param rows trained on
     * @throws DataException where there are fewer
     */
    public void requireRows(long rows) {
        if (rows < components) {
            throw new DataException(
                    "the table has %d rows, expected at least %d, one for each component"
                            .formatted(rows, components));
        }
    }

    /** Whether a layer reads its input as an image. */
    private boolean isConvolutional() {
        return Stream.of(encoder, decoder, auxiliary)
                .flatMap(List::stream)
                .anyMatch(LayerSpec.Kernel.class::isInstance);
    }

    /**
     * The networks in one line, as a person reads them.
     *
     * @param kind that they are of
     */
    public String describe(Kind kind) {
        return "%d inputs%s%s, latent %d, decoder %s, activation %s, likelihood %s%s%s"
                .formatted(
                        inputs,
                        image == null || !isConvolutional() ? "" : " (" + image + ")",
                        kind.hasEncoder()
                                ? ", encoder "
                                        + encoder.stream().map(Architecture::describe).toList()
                                : "",
                        latent,
                        decoder.stream().map(Architecture::describe).toList(),
                        activation,
                        likelihood,
                        components == 0 ? "" : ", components " + components,
                        auxiliary.isEmpty()
                                ? ""
                                : ", %s ".formatted(kind.auxiliary())
                                        + auxiliary.stream().map(Architecture::describe).toList());
    }

    private static String describe(LayerSpec layer) {
        if (layer instanceof LayerSpec.Kernel k) {
            return "convolution %d x %d x %d, stride %d, padding %d"
                    .formatted(k.channels(), k.kernel(), k.kernel(), k.stride(), k.padding());
        }
        return Integer.toString(((LayerSpec.Width) layer).width());
    }

    /**
     * @throws IllegalArgumentException where the kind asks for parts that are not there
     */
    Networks networks(Kind kind) {
        Require.that(
                components >= 1 || !kind.hasComponents(),
                "components are %d, expected at least 1 of a %s",
                components,
                kind.words());
        NetworkPlan plan = new NetworkPlan(inputs, image, activation, initialization);
        return new Networks(
                kind.hasEncoder()
                        ? reading(
                                plan.encoder(
                                        "encoder",
                                        encoder,
                                        kind.encoderOutputs(latent, components)))
                        : null,
                plan.decoder("decoder", latent, decoder, likelihood.outputs()),
                likelihood,
                prior(kind),
                auxiliary(kind, plan));
    }

    private Prior prior(Kind kind) {
        return switch (kind) {
            case MIXTURE, EMBEDDING -> new MixturePrior(components, latent);
            case CLASSIFYING -> new ClassMeans(components, latent);
            default -> null;
        };
    }

    private Network auxiliary(Kind kind, NetworkPlan plan) {
        if (kind == Kind.CLASSIFYING) {
            return new NetworkPlan(latent, null, activation, initialization)
                    .encoder(kind.auxiliary(), auxiliary, components);
        }
        if (kind.needsDiscriminator() || kind == Kind.MIXTURE && !auxiliary.isEmpty()) {
            return reading(plan.encoder(kind.auxiliary(), auxiliary, 1));
        }
        return null;
    }

    /** A network as it reads the rows: counts by their logarithms. */
    private Network reading(Network network) {
        if (likelihood.counts().isEmpty()) {
            return network;
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new Logarithm(network.inputs(), likelihood.counts()));
        layers.addAll(network.layers());
        return new Network(network.name(), layers);
    }

    /** Refuses a single component: it would be the whole latent space. */
    void requireComponents(Kind kind) {
        Require.that(
                components >= LEAST_COMPONENTS,
                "components is %d, expected at least %d of %s",
                components,
                LEAST_COMPONENTS,
                kind.withArticle());
    }

    void requireBernoulliIf(boolean binarize) {
        Require.that(
                !binarize || likelihood instanceof Bernoulli,
                "binarize is of the bernoulli likelihood, found %s",
                likelihood);
    }
}
