package io.github.sparklatent.vae.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Mask;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The shapes of a model's networks. {@link Kind} determines what the networks compute.
 *
 * @param inputs d, the number of columns of a row
 * @param image the row as an image, for convolutions and image measures; null if rows are no images
 * @param latent l, the number of latent dimensions, which are the columns of a code
 * @param encoder hidden layers of the encoder, from the row on; without any it is linear
 * @param decoder hidden layers of the decoder, from the code on; without any it is linear
 * @param activation activation function of all hidden layers
 * @param likelihood p(x | the decoder's outputs)
 * @param initialization random initialisation of the weights
 * @param components K, the number of components of the prior; 0 if the prior has none
 * @param auxiliary hidden layers of the discriminator or of the classifier; none if the model has neither. A
 *     mixture-of-Gaussians VAE has a discriminator if this list is not empty.
 * @param covariance form of the covariance of q(z|x)
 * @param priorCovariance covariances of the components of a mixture prior
 * @param mask whether rows may have missing cells, which are NaN: the encoder then reads the mask of a row besides its
 *     cells
 */
@RecordBuilder
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
        List<LayerSpec> auxiliary,
        @JsonProperty("posterior") PosteriorCovariance covariance,
        PriorCovariance priorCovariance,
        boolean mask)
        implements ArchitectureBuilder.With, Serializable {
    private static final String ENCODER = "encoder";

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
        plan.encoder(ENCODER, encoder, latent);
        plan.decoder("decoder", latent + likelihood.conditions().inputs(), decoder, likelihood.outputs());
    }

    /**
     * Creates the architecture of a model without components, discriminator and classifier. The posterior has a
     * diagonal covariance.
     */
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
                List.of(),
                PosteriorCovariance.DIAGONAL,
                PriorCovariance.DIAGONAL,
                false);
    }

    /** Returns all parameters by name, in their order in the parameter vector, without gaps. */
    public List<Parameter> parameters(Kind kind) {
        return networks(kind).parameters();
    }

    public int parameterCount(Kind kind) {
        return networks(kind).parameterCount();
    }

    /** Returns the initial parameters, drawn for a seed. */
    public float[] initialize(Kind kind, long seed) {
        Networks networks = networks(kind);
        return startDiagonal(networks, networks.initialize(seed));
    }

    /**
     * Returns the initial parameters, drawn for a seed, with a decoder that starts at the centres of the columns.
     *
     * @param centres of the columns. Not modified.
     */
    public float[] initialize(Kind kind, long seed, double[] centres) {
        Networks networks = networks(kind);
        return startDiagonal(networks, networks.initialize(seed, centres));
    }

    /**
     * Clears the weights of the encoder's outputs below the diagonal of a covariance, so that a full covariance starts
     * diagonal. Else the codes of a large latent space would start with variances far above 1.
     *
     * @param parameters initial parameters. Modified and returned.
     */
    private float[] startDiagonal(Networks networks, float[] parameters) {
        int cleared = covariance.belowDiagonal(latent);
        if (cleared > 0) {
            List<Parameter> own = networks.encoder().parameters();
            Parameter weights = own.get(own.size() - 2); // before the bias
            for (int row = 1; row <= weights.rows(); row++) {
                int end = weights.offset() + row * weights.columns();
                Arrays.fill(parameters, end - cleared, end, 0f);
            }
        }
        return parameters;
    }

    /**
     * Requires that another architecture has the same networks. The initialisation may differ, and so may the image if
     * no layer is a convolution.
     *
     * @param kind kind of both models
     * @param what name of the other architecture in the message, e.g. {@code checkpoint}
     * @throws IllegalArgumentException if anything else differs
     */
    public void requireSame(Kind kind, String what, Architecture found) {
        Architecture comparable =
                found.withImage(found.isConvolutional() ? found.image : image).withInitialization(initialization);
        Require.that(
                equals(comparable),
                "%s is of another architecture: found %s, expected %s",
                what,
                found.describe(kind),
                describe(kind));
    }

    /**
     * Requires at least one row for each component.
     *
     * @param rows number of rows of the training set
     * @throws DataException if there are fewer
     */
    public void requireRows(long rows) {
        if (rows < components) {
            throw new DataException(
                    "the table has %d rows, expected at least %d, one for each component".formatted(rows, components));
        }
    }

    private boolean isConvolutional() {
        return Stream.of(encoder, decoder, auxiliary)
                .flatMap(List::stream)
                .anyMatch(LayerSpec.Kernel.class::isInstance);
    }

    /** Returns a description of the networks in one line. {@code kind}: the model that they belong to. */
    public String describe(Kind kind) {
        List<String> parts = new ArrayList<>();
        String masked = mask ? " with their mask" : "";
        parts.add(inputs + " inputs" + masked + (image == null || !isConvolutional() ? "" : " (" + image + ")"));
        if (kind.hasEncoder()) {
            parts.add("encoder " + describe(encoder));
        }
        parts.add("latent " + latent + (covariance == PosteriorCovariance.FULL ? " (full covariance)" : ""));
        parts.add("decoder " + describe(decoder));
        parts.add("activation " + activation);
        parts.add("likelihood " + likelihood);
        if (components > 0) {
            boolean diagonal = priorCovariance == PriorCovariance.DIAGONAL;
            parts.add("components " + components + (diagonal ? "" : " (%s covariance)".formatted(priorCovariance)));
        }
        if (!auxiliary.isEmpty()) {
            parts.add(kind.auxiliary().title() + " " + describe(auxiliary));
        }
        return String.join(", ", parts);
    }

    private static List<String> describe(List<LayerSpec> layers) {
        return layers.stream()
                .map(layer -> layer instanceof LayerSpec.Kernel k
                        ? "convolution %d x %d x %d, stride %d, padding %d"
                                .formatted(k.channels(), k.kernel(), k.kernel(), k.stride(), k.padding())
                        : Integer.toString(((LayerSpec.Width) layer).width()))
                .toList();
    }

    /**
     * Creates the networks of a model.
     *
     * @throws IllegalArgumentException if the model needs components and there are none
     */
    public Networks networks(Kind kind) {
        Require.that(
                components >= 1 || !kind.hasComponents(),
                "components are %d, expected at least 1 of a %s",
                components,
                kind.words());
        NetworkPlan plan = new NetworkPlan(inputs, image, activation, initialization);
        int columns = kind.posterior().columns(latent, components, covariance);
        return new Networks(
                columns == 0 ? null : encoder(plan, columns),
                plan.decoder("decoder", latent + likelihood.conditions().inputs(), decoder, likelihood.outputs()),
                likelihood,
                kind.prior()
                        .prior(
                                components,
                                latent,
                                priorCovariance,
                                likelihood.conditions().inputs()),
                auxiliary(kind.auxiliary(), plan),
                kind.hasChains());
    }

    private Network auxiliary(AuxiliaryNetwork which, NetworkPlan plan) {
        if (which == AuxiliaryNetwork.CLASSIFIER) {
            return new NetworkPlan(latent, null, activation, initialization)
                    .encoder(which.title(), auxiliary, components);
        }
        return which == AuxiliaryNetwork.DISCRIMINATOR
                        || which == AuxiliaryNetwork.OPTIONAL_DISCRIMINATOR && !auxiliary.isEmpty()
                ? reading(plan.encoder(which.title(), auxiliary, 1))
                : null;
    }

    private Network encoder(NetworkPlan plan, int outputs) {
        return mask
                ? reading(after(new Mask(inputs), plan.withMask().encoder(ENCODER, encoder, outputs)))
                : reading(plan.encoder(ENCODER, encoder, outputs));
    }

    /** Puts a layer in front that replaces counts and outliers by logarithms. */
    private Network reading(Network network) {
        List<Integer> numbers = new ArrayList<>(likelihood.numbers());
        IntStream.of(likelihood.conditions().places()).forEach(numbers::add);
        return numbers.isEmpty() && likelihood.counts().isEmpty()
                ? network
                : after(new Logarithm(inputs, likelihood.counts(), numbers), network);
    }

    private static Network after(Layer first, Network network) {
        List<Layer> layers = new ArrayList<>(List.of(first));
        layers.addAll(network.layers());
        return new Network(network.name(), layers);
    }
}
