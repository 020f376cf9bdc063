package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A sequence of layers; itself a layer.
 *
 * @param name name of the network, with which the names of its parameters start, e.g. {@code encoder} for
 *     {@code encoder.0.weights}
 * @param layers layers from first to last, at least one
 */
public record Network(String name, List<Layer> layers) implements Layer {
    public Network {
        layers = List.copyOf(layers);
        Check.that(!layers.isEmpty(), "%s has no layers, expected at least one", name);
        for (int i = 1; i < layers.size(); i++) {
            Check.that(
                    layers.get(i).inputs() == layers.get(i - 1).outputs(),
                    "layer %d of %s takes %d columns, the layer before it gives %d",
                    i,
                    name,
                    layers.get(i).inputs(),
                    layers.get(i - 1).outputs());
        }
    }

    @Override
    public int inputs() {
        return layers.get(0).inputs();
    }

    @Override
    public int outputs() {
        return layers.get(layers.size() - 1).outputs();
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < layers.size(); i++) {
            List<Parameter> own = layers.get(i).parameters();
            all.addAll(Parameter.within(nameOf(i), offset, own));
            offset += Parameter.length(own);
        }
        return List.copyOf(all);
    }

    /**
     * Returns the name of a layer that has parameters: the network's name and the number of such layers before it, e.g.
     * {@code encoder.0}.
     *
     * @param layer index in {@link #layers}
     */
    public String nameOf(int layer) {
        long before = layers.subList(0, layer).stream()
                .filter(other -> !other.parameters().isEmpty())
                .count();
        return name + "." + before;
    }

    @Override
    public void initialize(float[] parameters, int offset, RandomGenerator random) {
        int at = offset;
        for (Layer layer : layers) {
            layer.initialize(parameters, at, random);
            at += Parameter.length(layer.parameters());
        }
    }

    @Override
    public Worker worker(int maxRows, int offset, FloatProducts products) {
        Layer.Worker[] workers = new Layer.Worker[layers.size()];
        int at = offset;
        for (int i = 0; i < workers.length; i++) {
            workers[i] = layers.get(i).worker(maxRows, at, products);
            at += Parameter.length(layers.get(i).parameters());
        }
        return new Worker(workers);
    }

    /** Computes with the buffers of one task; also a part of the layers. */
    public static final class Worker implements Layer.Worker {
        private final Layer.Worker[] workers;
        private FMatrixRMaj features;

        private Worker(Layer.Worker[] workers) {
            this.workers = workers;
        }

        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
            return forward(parameters, input, 0, workers.length);
        }

        /** Returns the outputs of the layers {@code from} to {@code to} − 1, given the input of the first of them. */
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input, int from, int to) {
            FMatrixRMaj current = input;
            for (int i = from; i < to; i++) {
                features = i == workers.length - 1 ? current : features;
                current = workers[i].forward(parameters, current);
            }
            return current;
        }

        /** Returns the input of the last layer when it was computed last, in a buffer. */
        public FMatrixRMaj features() {
            return features;
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            return backward(parameters, outputGradient, gradient, wantsInput, 0, workers.length);
        }

        /** Propagates a gradient back through the layers {@code from} to {@code to} − 1. */
        public FMatrixRMaj backward(
                float[] parameters,
                FMatrixRMaj outputGradient,
                Gradient gradient,
                boolean wantsInput,
                int from,
                int to) {
            FMatrixRMaj current = outputGradient;
            for (int i = to - 1; i >= from; i--) {
                current = workers[i].backward(parameters, current, gradient, i > from || wantsInput);
            }
            return current;
        }
    }
}
