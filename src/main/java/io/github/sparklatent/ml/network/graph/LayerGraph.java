package io.github.sparklatent.ml.network.graph;

import static io.github.sparklatent.onnx.ElementType.DOUBLE;
import static io.github.sparklatent.onnx.ElementType.FLOAT;

import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Convolution;
import io.github.sparklatent.nn.Dense;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Logarithm;
import io.github.sparklatent.nn.Mask;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.onnx.Functions;
import io.github.sparklatent.onnx.Graph;
import io.github.sparklatent.onnx.Value;
import java.util.Arrays;

/**
 * The layers of networks as operators.
 *
 * @param parameters parameters of all networks of a model. Not modified.
 */
record LayerGraph(float[] parameters) {
    /**
     * Adds a network.
     *
     * @param offset index of its first parameter
     * @param rows n × inputs, floats
     * @return n × outputs, floats
     */
    Value of(Graph g, Network network, int offset, Value rows) {
        Value current = rows;
        int at = offset;
        for (Layer layer : network.layers()) {
            current = of(g, layer, at, current);
            at += Parameter.length(layer.parameters());
        }
        return current;
    }

    private Value of(Graph g, Layer layer, int offset, Value rows) {
        if (layer instanceof Dense dense) {
            int weights = dense.inputs() * dense.outputs();
            Value product = g.product(rows, numbers(g, offset, weights, dense.inputs(), dense.outputs()));
            Value bias = numbers(g, offset + weights, dense.outputs(), dense.outputs());
            return activated(g, dense.activation(), g.add(product, bias));
        }
        if (layer instanceof Convolution convolution) {
            return convolution(g, convolution, offset, rows);
        }
        if (layer instanceof Mask) {
            Value isMissing = g.isNaN(rows);
            return g.concatenate(1, g.where(isMissing, g.scalar(0, rows), rows), g.cast(isMissing, FLOAT));
        }
        if (layer instanceof Logarithm logarithm) {
            return logarithm(g, logarithm, rows);
        }
        if (layer instanceof Network network) {
            return of(g, network, offset, rows);
        }
        throw new IllegalArgumentException(
                "no graph of a layer " + layer.getClass().getSimpleName());
    }

    private Value numbers(Graph g, int from, int length, long... shape) {
        return g.constant(Arrays.copyOfRange(parameters, from, from + length), shape);
    }

    private static Value image(Graph g, Value rows, ImageShape shape) {
        return g.reshape(rows, -1, shape.channels(), shape.height(), shape.width());
    }

    private Value convolution(Graph g, Convolution layer, int offset, Value rows) {
        ImageShape image = layer.image();
        ImageShape places = layer.places();
        int outputChannels = layer.transposed() ? image.channels() : layer.channels();
        int kernel = layer.kernel();
        int weights = layer.channels() * image.channels() * kernel * kernel;
        long padding = layer.padding();
        Graph.Node node = g.node(layer.transposed() ? "ConvTranspose" : "Conv")
                .in(
                        image(g, rows, layer.transposed() ? places : image),
                        numbers(g, offset, weights, layer.channels(), image.channels(), kernel, kernel),
                        numbers(g, offset + weights, outputChannels, outputChannels))
                .set("strides", new long[] {layer.stride(), layer.stride()})
                .set("pads", new long[] {padding, padding, padding, padding});
        if (layer.transposed()) {
            long[] rest = {rest(image.height(), places.height(), layer), rest(image.width(), places.width(), layer)};
            node.set("output_padding", rest);
        }
        return activated(g, layer.activation(), g.reshape(node.out(FLOAT), -1, layer.outputs()));
    }

    /** Returns the pixels of the output beyond those of a transposed convolution without output padding. */
    private static long rest(int to, int from, Convolution layer) {
        return to - ((from - 1L) * layer.stride() - 2L * layer.padding() + layer.kernel());
    }

    private static Value activated(Graph g, Activation activation, Value x) {
        return switch (activation) {
            case LINEAR -> x;
            case RELU -> g.op("Relu", x);
            case LEAKY_RELU ->
                g.node("LeakyRelu").in(x).set("alpha", Activation.LEAK).out(FLOAT);
            case TANH -> g.op("Tanh", x);
            case SIGMOID -> g.op("Sigmoid", x);
            case SOFTPLUS -> g.op("Softplus", x);
            case GELU -> {
                Value cubic = g.multiply(g.scalar(Activation.CUBIC, x), g.multiply(x, g.square(x)));
                Value t = g.op("Tanh", g.multiply(g.scalar(Activation.ROOT, x), g.add(x, cubic)));
                yield g.multiply(g.multiply(g.scalar(0.5, x), x), g.add(g.scalar(1, x), t));
            }
        };
    }

    static Value logarithm(Graph g, Logarithm layer, Value rows) {
        double[] knees = new double[layer.width()];
        Arrays.fill(knees, Float.MAX_VALUE);
        layer.counts().forEach(column -> knees[column] = 0);
        layer.numbers().forEach(column -> knees[column] = Logarithm.NUMBER_KNEE);
        Value x = g.cast(rows, DOUBLE);
        Value knee = g.constant(knees, 1, knees.length);
        Value excess = g.subtract(g.op("Abs", x), knee);
        Value isBeyond = g.less(g.scalar(0.0), excess); // false of NaN
        Value beyond = g.where(isBeyond, excess, g.scalar(0.0));
        Value bounded = g.multiply(g.op("Sign", x), g.add(knee, Functions.logOnePlus(g, beyond)));
        return g.cast(g.where(isBeyond, bounded, x), FLOAT);
    }
}
