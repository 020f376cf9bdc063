package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;

/**
 * The endless sequence of a partition's batches: epoch after epoch over its rows, each in an order
 * of its own, cut every batchSize rows and at the end of an epoch.
 *
 * <p>A round takes an interval of whole batches, so how long rounds are does not change which
 * batches there are: with one partition, plain averaging and moments kept the same bits come out
 * whatever the number of rounds.
 */
final class BatchSequence {
    private final int partition;
    private final int rows;
    private final int batchSize;
    private final long seed;
    private final int[] order;
    private long orderedEpoch = -1;

    /**
     * @param rows of the partition, at least 1
     * @param batchSize rows of a batch at most
     */
    BatchSequence(int partition, int rows, int batchSize, long seed) {
        this.partition = partition;
        this.rows = rows;
        this.batchSize = Math.min(rows, batchSize);
        this.seed = seed;
        this.order = new int[rows];
    }

    /** Rows of the largest batch. */
    int batchSize() {
        return batchSize;
    }

    /** Batches of an epoch. */
    int perEpoch() {
        return (rows + batchSize - 1) / batchSize;
    }

    /** Where within {@link #order} a batch begins. */
    int from(long batch) {
        return (int) (batch % perEpoch()) * batchSize;
    }

    /** Rows of a batch. */
    int size(long batch) {
        return Math.min(batchSize, rows - from(batch));
    }

    /** The order of rows in the epoch of a batch: stands until asked for another epoch. */
    int[] order(long batch) {
        long epoch = batch / perEpoch();
        if (epoch != orderedEpoch) {
            shuffle(RandomStreams.of(seed, Purpose.ORDER, partition, epoch));
            orderedEpoch = epoch;
        }
        return order;
    }

    /** Fisher and Yates, from the rows as they lie. */
    private void shuffle(RandomGenerator random) {
        for (int i = 0; i < rows; i++) {
            int j = (int) ((random.nextLong() >>> 32) * (i + 1) >>> 32);
            order[i] = order[j];
            order[j] = i;
        }
    }

    /** What is random about a batch follows from this. */
    long key(long batch) {
        return RandomStreams.key(seed, Purpose.BATCH, partition, batch);
    }
}
