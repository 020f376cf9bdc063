package io.github.sparklatent.nn;

import io.github.sparklatent.linalg.FloatProducts;
import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * What a layer computes and which parameters it has; without numbers of its own. The parameters lie
 * in a flat vector that all layers share, from an offset that the network gives each.
 */
public interface Layer extends Serializable {
    /** Columns of the input. */
    int inputs();

    /** Columns of the output. */
    int outputs();

    /** Its parameters, the first at offset 0, without gaps. */
    List<Parameter> parameters();

    /** Fills the parameters of this layer with the start of a training. */
    void initialize(float[] parameters, int offset, RandomGenerator random);

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     * @param offset of this layer's parameters
     * @param products whose buffers all layers of a task share, so that they stay in the cache
     */
    Worker worker(int maxRows, int offset, FloatProducts products);

    /** Computes with the buffers of one task. Used by one thread. */
    interface Worker {
        /**
         * The outputs of a batch.
         *
         * @param parameters of the whole network
         * @param input n × {@link Layer#inputs()}. Not modified; read again by {@link #backward}.
         * @return n × {@link Layer#outputs()}, a buffer that stands until the next call
         */
        FMatrixRMaj forward(float[] parameters, FMatrixRMaj input);

        /**
         * Goes back through the last {@link #forward}.
         *
         * @param parameters of the whole network, as in the forward pass
         * @param outputGradient n × {@link Layer#outputs()}: derivative of the loss. May be
         *     overwritten.
         * @param gradient of the loss with respect to all parameters; only this layer's part is
         *     touched
         * @param wantsInput whether the derivative with respect to the input is asked for
         * @return n × {@link Layer#inputs()}, a buffer that stands until the next call; null where
         *     not asked for
         */
        FMatrixRMaj backward(
                float[] parameters,
                FMatrixRMaj outputGradient,
                Gradient gradient,
                boolean wantsInput);
    }
}
