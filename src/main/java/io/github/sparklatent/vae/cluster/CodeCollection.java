package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.PartitionWork;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

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
        long[] starts = data.sizes().starts();
        int[] places = new int[starts.length];
        long most = Math.min(count, data.rows());
        for (int p = 0; p < places.length; p++) {
            places[p] = (int) (starts[p] * most / data.rows());
        }
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
        int[] at = {places[partition] * (1 + encoder.latent())};
        encoder.encode(rows, drawn(partition, rows.size(), count), count, block -> {
            for (int i = 0; i < block.size(); i++) {
                numbers[at[0]++] = block.weight(i);
                int latent = block.width();
                System.arraycopy(block.rows().data, i * latent, numbers, at[0], latent);
                at[0] += latent;
            }
        });
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
}
