package io.github.sparklatent.nn;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Creates encoders and decoders of rows from lists of hidden layers. Hidden layers have the activation, the last layer
 * of each network has none.
 *
 * @param width number of columns of a row
 * @param image shape of a row as an image, for convolutions; null if rows are no images
 * @param activation activation function of the hidden layers
 * @param initialization random initialisation of all weights
 */
public record NetworkPlan(int width, ImageShape image, Activation activation, Initialization initialization)
        implements Serializable {
    public NetworkPlan {
        if (image != null) {
            Check.that(
                    image.size() == width,
                    "image is %s = %d values, the rows have %d columns",
                    image,
                    image.size(),
                    width);
        }
    }

    /**
     * Returns the plan of networks that read what a {@link Mask} layer computes of a row. The mask of an image is an
     * image of as many channels.
     */
    public NetworkPlan withMask() {
        ImageShape both = image == null ? null : new ImageShape(2 * image.channels(), image.height(), image.width());
        return new NetworkPlan(2 * width, both, activation, initialization);
    }

    /**
     * Creates a network from a row through the hidden layers to a dense layer of the outputs.
     *
     * @param outputs number of outputs, e.g. twice the latent dimension: means, then logarithms of variances
     */
    public Network encoder(String name, List<LayerSpec> hidden, int outputs) {
        List<Layer> layers = hidden(name, hidden);
        layers.add(dense(widthAfter(layers), outputs, Activation.LINEAR));
        return new Network(name, layers);
    }

    /**
     * Creates a network from a code through the hidden layers to the outputs: the mirror of the encoder with the same
     * hidden layers, last to first. A width is what the layer at that place reads. A convolution becomes a transposed
     * one: it reads its channels and computes the image (or the width) that the encoder's convolution reads.
     *
     * @param hidden hidden layers from first to last, the last being next to the row; for a mirrored decoder
     *     {@link #reversed} of the encoder's
     * @param outputs number of the likelihood's outputs: a multiple of a row's columns if the layer next to the row is
     *     a convolution
     */
    public Network decoder(String name, int inputs, List<LayerSpec> hidden, int outputs) {
        List<Layer> mirror = hidden(name, reversed(hidden));
        List<Layer> layers = new ArrayList<>();
        if (mirror.isEmpty()) {
            layers.add(dense(inputs, outputs, Activation.LINEAR));
        } else {
            layers.add(dense(inputs, widthAfter(mirror), activation));
        }
        for (int i = mirror.size() - 1; i >= 0; i--) {
            layers.add(transposed(name, mirror.get(i), i == 0 ? outputs : 0));
        }
        return new Network(name, layers);
    }

    /** Returns the layers, last to first. */
    public static List<LayerSpec> reversed(List<LayerSpec> layers) {
        List<LayerSpec> reversed = new ArrayList<>(layers);
        Collections.reverse(reversed);
        return reversed;
    }

    private List<Layer> hidden(String name, List<LayerSpec> specs) {
        List<Layer> layers = new ArrayList<>();
        ImageShape current = image;
        for (LayerSpec spec : specs) {
            if (spec instanceof LayerSpec.Width dense) {
                layers.add(dense(widthAfter(layers), dense.width(), activation));
                current = null;
            } else if (spec instanceof LayerSpec.Kernel k) {
                Check.that(
                        current != null,
                        image == null
                                ? "%s has a convolution, but the rows are no images"
                                : "%s has a dense layer between a convolution and the row",
                        name);
                Convolution convolution = new Convolution(
                        current, k.channels(), k.kernel(), k.stride(), k.padding(), activation, initialization, false);
                layers.add(convolution);
                current = convolution.places();
            }
        }
        return layers;
    }

    private int widthAfter(List<Layer> layers) {
        return layers.isEmpty() ? width : layers.get(layers.size() - 1).outputs();
    }

    private Dense dense(int inputs, int outputs, Activation f) {
        return new Dense(inputs, outputs, f, initialization);
    }

    /**
     * Creates a layer from the outputs of the given one to its inputs.
     *
     * @param outputs number of outputs if this is the last layer of the decoder, else 0
     */
    private Layer transposed(String name, Layer layer, int outputs) {
        Activation f = outputs > 0 ? Activation.LINEAR : activation;
        if (!(layer instanceof Convolution c)) {
            return dense(layer.outputs(), outputs > 0 ? outputs : layer.inputs(), f);
        }
        ImageShape to = c.image();
        if (outputs > 0) {
            Check.that(
                    outputs % width == 0,
                    "%s ends with a convolution, which cannot give %d outputs for %d columns",
                    name,
                    outputs,
                    width);
            to = new ImageShape(outputs / width * to.channels(), to.height(), to.width());
        }
        return new Convolution(to, c.channels(), c.kernel(), c.stride(), c.padding(), f, initialization, true);
    }
}
