package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * A random stream for each row of a batch: of the whole batch while training; of the row's own
 * content where a model is judged, so that neither the partition nor the rows beside it change a
 * figure, and two models are judged by the same draws.
 */
final class RowStreams {
    private final RandomGenerator[] streams;
    private final double[] content;

    /**
     * @param maxRows rows of a batch at most
     * @param width d
     */
    RowStreams(int maxRows, int width) {
        this.streams = new RandomGenerator[maxRows];
        this.content = new double[width];
    }

    /** The same stream for all rows. */
    RandomGenerator[] ofBatch(long key, Purpose purpose) {
        Arrays.fill(streams, RandomStreams.of(key, purpose));
        return streams;
    }

    /**
     * A stream for each row.
     *
     * @param rows n × d. Not modified.
     */
    RandomGenerator[] ofContent(FMatrixRMaj rows, long seed, Purpose purpose) {
        for (int i = 0; i < rows.numRows; i++) {
            streams[i] = RandomStreams.of(seed, purpose, hash(rows, i));
        }
        return streams;
    }

    /**
     * A number that follows from a row's content.
     *
     * @param rows n × d. Not modified.
     */
    long hash(FMatrixRMaj rows, int row) {
        for (int j = 0; j < content.length; j++) {
            content[j] = rows.data[row * content.length + j];
        }
        return RandomStreams.hash(content, 0, content.length);
    }
}
