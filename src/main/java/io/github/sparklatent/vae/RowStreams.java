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
            for (int j = 0; j < content.length; j++) {
                content[j] = rows.data[i * content.length + j];
            }
            long hash = RandomStreams.hash(content, 0, content.length);
            streams[i] = RandomStreams.of(seed, purpose, hash);
        }
        return streams;
    }
}
