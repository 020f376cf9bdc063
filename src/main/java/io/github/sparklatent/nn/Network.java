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
    public Layer.Worker worker(int maxRows, int offset, FloatProducts products) {
        Layer.Worker[] workers = new Layer.Worker[layers.size()];
        int at = offset;
        for (int i = 0; i < workers.length; i++) {
            workers[i] = layers.get(i).worker(maxRows, at, products);
            at += Parameter.length(layers.get(i).parameters());
        }
        return new Worker(workers);
    }

    private record Worker(Layer.Worker[] workers) implements Layer.Worker {
        @Override
        public FMatrixRMaj forward(float[] parameters, FMatrixRMaj input) {
            FMatrixRMaj current = input;
            for (Layer.Worker worker : workers) {
                current = worker.forward(parameters, current);
            }
            return current;
        }

        @Override
        public FMatrixRMaj backward(
                float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput) {
            FMatrixRMaj current = outputGradient;
            for (int i = workers.length - 1; i >= 0; i--) {
                current = workers[i].backward(parameters, current, gradient, i > 0 || wantsInput);
            }
            return current;
        }
    }
}
