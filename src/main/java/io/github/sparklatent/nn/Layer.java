package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * The function and the shape of a layer, without the values of its parameters. The parameters of all layers are in one
 * flat vector; the network gives each layer its offset.
 */
public interface Layer extends Serializable {
    int inputs();

    int outputs();

    /** Returns the parameters, the first at offset 0, without gaps. */
    default List<Parameter> parameters() {
        return List.of();
    }

    default void initialize(float[] parameters, int offset, RandomGenerator random) {}

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param offset index of the first parameter of this layer
     * @param products matrix products, whose buffers all layers of a task share, so that the buffers stay in the cache
     */
    Worker worker(int maxRows, int offset, FloatProducts products);

    /** Computes with the buffers of one task. Used by one thread. */
    interface Worker {
        /**
         * Computes the outputs of a batch.
         *
         * @param parameters parameters of the whole network
         * @param input n × {@link Layer#inputs()}. Not modified; read again by {@link #backward}.
         * @return n × {@link Layer#outputs()}, a buffer that is valid until the next call
         */
        FMatrixRMaj forward(float[] parameters, FMatrixRMaj input);

        /**
         * Propagates a gradient back through the last {@link #forward}.
         *
         * @param parameters parameters of the whole network, as in the forward pass
         * @param outputGradient n × {@link Layer#outputs()}: derivative of the loss. May be overwritten.
         * @param gradient gradient of the loss with respect to all parameters; only this layer's part is changed
         * @param wantsInput whether the derivative with respect to the input is wanted
         * @return n × {@link Layer#inputs()}, a buffer that is valid until the next call; null if not wanted
         */
        FMatrixRMaj backward(float[] parameters, FMatrixRMaj outputGradient, Gradient gradient, boolean wantsInput);
    }
}
