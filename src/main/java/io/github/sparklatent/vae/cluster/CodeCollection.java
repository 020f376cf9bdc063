package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Layer;
import io.github.sparklatent.nn.Network;
import io.github.sparklatent.vae.model.Networks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;

/**
 * Collects the codes of some rows on the driver. Each partition draws a share of its rows without replacement. It
 * writes their weights and codes to its own range of the vector of sums, which is zero elsewhere.
 *
 * @param encoder encoder that computes the codes
 * @param seed seed of the draw
 * @param places index of each partition's first code in the collection; the next entry is the end of the partition's
 *     codes. Not to be modified.
 */
record CodeCollection(CodeEncoder encoder, long seed, int[] places) implements PartitionWork {
    /**
     * Returns the codes of the given number of rows, or of all rows if there are fewer, as blocks.
     *
     * @param count maximum of rows
     */
    static List<Block> of(Shards data, CodeEncoder encoder, int count, long seed) {
        int[] places = data.sizes().shares(Math.min(count, data.rows()));
        CodeCollection sample = new CodeCollection(encoder, seed, places);
        double[] numbers = data.run("codes to start from", sample).sums();
        return sample.blocks(numbers);
    }

    private List<Block> blocks(double[] numbers) {
        int latent = encoder.latent();
        int count = places[places.length - 1];
        int height = Block.height(latent);
        List<Block> blocks = new ArrayList<>();
        for (int from = 0; from < count; from += height) {
            int size = Math.min(height, count - from);
            DMatrixRMaj codes = new DMatrixRMaj(size, latent);
            double[] weights = new double[size];
            for (int i = 0; i < size; i++) {
                int at = (from + i) * (1 + latent);
                weights[i] = numbers[at];
                System.arraycopy(numbers, at + 1, codes.data, i * latent, latent);
            }
            blocks.add(new Block(codes, weights, size));
        }
        return blocks;
    }

    @Override
    public int sums() {
        return Math.multiplyExact(places[places.length - 1], 1 + encoder.latent());
    }

    @Override
    public PartitionResult run(int partition, PartitionRows rows) {
        double[] numbers = new double[sums()];
        int count = places[partition + 1] - places[partition];
        int at = places[partition] * (1 + encoder.latent());
        int[] order = drawn(partition, rows.size(), count);
        CodeEncoder.Task task = encoder.task(CodeEncoder.TOGETHER);
        FMatrixRMaj batch = new FMatrixRMaj(0, 0);
        float[] weights = new float[CodeEncoder.TOGETHER];
        for (int from = 0; from < count; from += CodeEncoder.TOGETHER) {
            int size = Math.min(CodeEncoder.TOGETHER, count - from);
            rows.gather(order, from, size, batch, weights);
            DMatrixRMaj codes = task.encode(batch);
            for (int i = 0; i < size; i++) {
                numbers[at++] = weights[i];
                System.arraycopy(codes.data, i * codes.numCols, numbers, at, codes.numCols);
                at += codes.numCols;
            }
        }
        return new PartitionResult(rows.weight(), new float[0], numbers);
    }

    /** Draws distinct indices below a size, in a random order (Fisher and Yates). */
    private int[] drawn(int partition, int size, int count) {
        int[] order = IntStream.range(0, size).toArray();
        RandomGenerator random = RandomStreams.of(seed, Purpose.START_ROWS, partition);
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(size - i);
            int index = order[other];
            order[other] = order[i];
            order[i] = index;
        }
        return Arrays.copyOf(order, count);
    }

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
         * Returns the encoder of an autoencoder, or of a network with one Gaussian for each row, whose means are the
         * codes.
         *
         * @param parameters all parameters of the networks; the encoder's parameters come first. Not modified.
         */
        static CodeEncoder of(Networks networks, float[] parameters) {
            float[] own = Arrays.copyOf(parameters, networks.decoderOffset());
            return new CodeEncoder(networks.encoder(), PackedFloats.of(own), networks.latent());
        }

        Task task(int maxRows) {
            return new Task(
                    encoder.worker(maxRows, 0, new FloatProducts()),
                    parameters.values(),
                    latent,
                    new DMatrixRMaj(0, 0));
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
        }

        /** Returns the codes and weights of all rows of a partition, in the order of the rows. */
        List<Block> encode(PartitionRows rows) {
            Task task = task(TOGETHER);
            List<Block> blocks = new ArrayList<>();
            rows.forEachBatch(TOGETHER, (batch, weights) -> {
                double[] own = new double[batch.numRows];
                Arrays.setAll(own, i -> weights[i]);
                blocks.add(new Block(task.encode(batch).copy(), own, own.length));
            });
            return blocks;
        }
    }
}
