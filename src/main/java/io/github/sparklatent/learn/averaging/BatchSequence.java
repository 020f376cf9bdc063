package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;

/**
 * The endless sequence of a partition's batches: in every epoch as many rows as the partition has are drawn, shuffled
 * and cut into batches of batchSize rows; the last one of an epoch may be smaller.
 *
 * <p>Of N rows with weights w_i of sum W, an epoch draws row i either ⌊N w_i / W⌋ times or once more, N w_i / W times
 * in expectation (systematic sampling; Douc, Cappé and Moulines 2005, section 2.4). So the mean over a batch estimates
 * the weighted mean over the partition without bias at every batch size, and a heavy row is many small steps and not a
 * long one. With equal weights an epoch has each row once. If a single batch has all rows, each is in it once and
 * counts by its weight.
 *
 * <p>A round takes an interval of whole batches, so the length of rounds does not change the batches. With one
 * partition, plain averaging and averaged moments, the result has the same bits for any number of rounds.
 */
final class BatchSequence {
    private final int partition;
    private final int rows;
    private final int batchSize;
    private final long seed;
    private final double[] cumulativeWeights;
    private final int[] order;
    private long orderedEpoch = -1;

    /**
     * Creates the sequence of a partition.
     *
     * @param cumulativeWeights Σ_{j ≤ i} w_j for each row i of the partition, at least one. Not modified.
     * @param batchSize largest number of rows of a batch
     */
    BatchSequence(int partition, double[] cumulativeWeights, int batchSize, long seed) {
        this.partition = partition;
        this.cumulativeWeights = cumulativeWeights;
        this.rows = cumulativeWeights.length;
        this.batchSize = Math.min(rows, batchSize);
        this.seed = seed;
        this.order = new int[rows];
    }

    int batchSize() {
        return batchSize;
    }

    int perEpoch() {
        return (rows + batchSize - 1) / batchSize;
    }

    /** Returns whether the weights of rows determine how often they are drawn. */
    boolean isDrawnByWeight() {
        return perEpoch() > 1;
    }

    /** Index within {@link #order} at which a batch begins. */
    int from(long batch) {
        return (int) (batch % perEpoch()) * batchSize;
    }

    int size(long batch) {
        return Math.min(batchSize, rows - from(batch));
    }

    /** Returns the order of rows in the epoch of a batch. Valid until the next call for another epoch. */
    int[] order(long batch) {
        long epoch = batch / perEpoch();
        if (epoch != orderedEpoch) {
            double offset = RandomStreams.of(seed, Purpose.WEIGHTED_DRAW, partition, epoch)
                    .nextDouble();
            shuffle(offset, RandomStreams.of(seed, Purpose.ORDER, partition, epoch));
            orderedEpoch = epoch;
        }
        return order;
    }

    /**
     * Draws the rows of an epoch and shuffles them by the algorithm of Fisher and Yates.
     *
     * @param offset position of the first draw on the scale of cumulative weights, as a fraction of the distance
     *     between two draws, in [0, 1)
     */
    private void shuffle(double offset, RandomGenerator random) {
        double spacing = cumulativeWeights[rows - 1] / rows;
        int row = 0;
        for (int i = 0; i < rows; i++) {
            if (isDrawnByWeight()) {
                while (row < rows - 1 && cumulativeWeights[row] <= (i + offset) * spacing) {
                    row++;
                }
            } else {
                row = i;
            }
            int j = (int) ((random.nextLong() >>> 32) * (i + 1) >>> 32);
            order[i] = order[j];
            order[j] = row;
        }
    }

    /** Returns the seed of all randomness of a batch. */
    long key(long batch) {
        return RandomStreams.key(seed, Purpose.BATCH, partition, batch);
    }
}
