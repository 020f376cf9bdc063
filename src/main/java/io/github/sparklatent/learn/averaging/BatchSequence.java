package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;

/**
 * The endless sequence of a partition's batches: in every epoch the rows are shuffled and cut into
 * batches of batchSize rows; the last one of an epoch may be smaller.
 *
 * <p>A round takes an interval of whole batches, so the length of rounds does not change the
 * batches. With one partition, plain averaging and averaged moments, the result has the same bits
 * for any number of rounds.
 */
final class BatchSequence {
    private final int partition;
    private final int rows;
    private final int batchSize;
    private final long seed;
    private final int[] order;
    private long orderedEpoch = -1;

    /**
     * Creates the sequence of a partition.
     *
     * @param rows number of rows of the partition, at least 1
     * @param batchSize largest number of rows of a batch
     */
    BatchSequence(int partition, int rows, int batchSize, long seed) {
        this.partition = partition;
        this.rows = rows;
        this.batchSize = Math.min(rows, batchSize);
        this.seed = seed;
        this.order = new int[rows];
    }

    /** Number of rows of the largest batch. */
    int batchSize() {
        return batchSize;
    }

    /** Number of batches of an epoch. */
    int perEpoch() {
        return (rows + batchSize - 1) / batchSize;
    }

    /** Index within {@link #order} at which a batch begins. */
    int from(long batch) {
        return (int) (batch % perEpoch()) * batchSize;
    }

    /** Number of rows of a batch. */
    int size(long batch) {
        return Math.min(batchSize, rows - from(batch));
    }

    /**
     * Returns the order of rows in the epoch of a batch. Valid until the next call for another
     * epoch.
     */
    int[] order(long batch) {
        long epoch = batch / perEpoch();
        if (epoch != orderedEpoch) {
            shuffle(RandomStreams.of(seed, Purpose.ORDER, partition, epoch));
            orderedEpoch = epoch;
        }
        return order;
    }

    /** Shuffles by the algorithm of Fisher and Yates. */
    private void shuffle(RandomGenerator random) {
        for (int i = 0; i < rows; i++) {
            int j = (int) ((random.nextLong() >>> 32) * (i + 1) >>> 32);
            order[i] = order[j];
            order[j] = i;
        }
    }

    /** Returns the seed of all randomness of a batch. */
    long key(long batch) {
        return RandomStreams.key(seed, Purpose.BATCH, partition, batch);
    }
}
