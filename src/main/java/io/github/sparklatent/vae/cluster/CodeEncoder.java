package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.vae.model.Networks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * The encoder of a network, sent to the workers to compute codes of rows.
 *
 * @param encoder the network whose first outputs are the codes
 * @param parameters parameters of the encoder
 * @param latent l, the number of columns of a code
 */
record CodeEncoder(Network encoder, PackedFloats parameters, int latent) implements Serializable {
    /** Number of rows that are encoded together. */
    private static final int TOGETHER = 512;

    /**
     * Returns the encoder of an autoencoder, or of a network with one Gaussian for each row, whose means are the codes.
     *
     * @param parameters all parameters of the networks; the encoder's parameters come first. Not modified.
     */
    static CodeEncoder of(Networks networks, float[] parameters) {
        float[] own = Arrays.copyOf(parameters, networks.decoderOffset());
        return new CodeEncoder(networks.encoder(), PackedFloats.of(own), networks.latent());
    }

    Task task(int maxRows) {
        return new Task(
                encoder.worker(maxRows, 0, new FloatProducts()), parameters.values(), latent, new DMatrixRMaj(0, 0));
    }

    /** Encodes the rows of one task. Used by one thread. */
    record Task(Layer.Worker encoder, float[] parameters, int latent, DMatrixRMaj codes) {
        /** Returns the codes of rows, n × l, in a buffer. */
        DMatrixRMaj encode(FMatrixRMaj rows) {
            FMatrixRMaj outputs = encoder.forward(parameters, rows);
            codes.reshape(outputs.numRows, latent);
            for (int i = 0; i < outputs.numRows; i++) {
                for (int j = 0; j < latent; j++) {
                    codes.unsafe_set(i, j, outputs.unsafe_get(i, j));
                }
            }
            return codes;
        }

        /** Returns a new block with the codes and weights of rows. */
        Block block(FMatrixRMaj rows, float[] weights) {
            double[] own = new double[rows.numRows];
            for (int i = 0; i < own.length; i++) {
                own[i] = weights[i];
            }
            return new Block(encode(rows).copy(), own, own.length);
        }
    }

    /** Returns the codes and weights of all rows of a partition, in the order of the rows. */
    List<Block> encode(PartitionRows rows) {
        Task task = task(TOGETHER);
        List<Block> blocks = new ArrayList<>();
        rows.forEachBatch(TOGETHER, (batch, weights) -> blocks.add(task.block(batch, weights)));
        return blocks;
    }

    /**
     * Encodes some rows of a partition, and passes their codes and weights to an action, block by block.
     *
     * @param order indices of rows
     * @param count number of rows to encode; the first {@code count} indices are used
     */
    void encode(PartitionRows rows, int[] order, int count, Consumer<Block> action) {
        Task task = task(TOGETHER);
        FMatrixRMaj batch = new FMatrixRMaj(0, 0);
        float[] weights = new float[TOGETHER];
        for (int from = 0; from < count; from += TOGETHER) {
            int size = Math.min(TOGETHER, count - from);
            rows.gather(order, from, size, batch, weights);
            action.accept(task.block(batch, weights));
        }
    }
}
