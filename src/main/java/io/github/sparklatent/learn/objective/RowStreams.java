package io.github.sparklatent.learn.objective;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A random stream for each row of a batch. In training, all rows share the stream of the batch. In an evaluation, the
 * stream of a row is computed from the seed and the row's content. So neither the partition nor the other rows of the
 * batch change a result, and two models are compared on the same draws.
 */
public final class RowStreams {
    private final RandomGenerator[] streams;
    private final double[] content;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param width d, the number of columns of a row
     */
    public RowStreams(int maxRows, int width) {
        this.streams = new RandomGenerator[maxRows];
        this.content = new double[width];
    }

    /** Returns an array with the same stream for all rows, that of a place. The array is a buffer. */
    public RandomGenerator[] ofBatch(long key, Purpose purpose, long... place) {
        Arrays.fill(streams, RandomStreams.of(key, purpose, place));
        return streams;
    }

    /**
     * Returns a stream for each row, computed from the seed, the purpose and the row's content. The array is a buffer
     * of which the first n entries are set.
     *
     * @param rows n × d. Not modified.
     */
    public RandomGenerator[] ofContent(FMatrixRMaj rows, long seed, Purpose purpose) {
        for (int i = 0; i < rows.numRows; i++) {
            streams[i] = RandomStreams.of(seed, purpose, hash(rows, i));
        }
        return streams;
    }

    /**
     * Returns a hash of a row's content.
     *
     * @param rows n × d. Not modified.
     */
    public long hash(FMatrixRMaj rows, int row) {
        for (int j = 0; j < content.length; j++) {
            content[j] = rows.data[row * content.length + j];
        }
        return RandomStreams.hash(content, 0, content.length);
    }
}
