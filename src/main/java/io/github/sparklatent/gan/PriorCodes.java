package io.github.sparklatent.gan;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Draws codes z ~ N(0, I) for the rows of a batch. One buffer of n × l; used by one thread. */
public final class PriorCodes {
    private final FMatrixRMaj codes;
    private final double[] content;
    private final RandomGenerator[] streams;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param latent l, the number of latent dimensions
     * @param width d
     */
    public PriorCodes(int maxRows, int latent, int width) {
        this.codes = new FMatrixRMaj(maxRows, latent);
        this.content = new double[width];
        this.streams = new RandomGenerator[maxRows];
    }

    /** Draws the codes of a training batch; each player draws its own (Goodfellow et al. 2014, algorithm 1). */
    public FMatrixRMaj ofBatch(int rows, long key, int player) {
        codes.reshape(rows, codes.numCols);
        Arrays.fill(streams, RandomStreams.of(key, Purpose.PRIOR, player));
        return draw();
    }

    /**
     * Draws a code for each row that follows from the row's content, so that all evaluations of a data set have the
     * same codes.
     *
     * @param rows n × d. Not modified.
     */
    public FMatrixRMaj ofContent(FMatrixRMaj rows) {
        codes.reshape(rows.numRows, codes.numCols);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < content.length; j++) {
                content[j] = rows.data[i * content.length + j];
            }
            long hash = RandomStreams.hash(content, 0, content.length);
            streams[i] = RandomStreams.of(0, Purpose.PRIOR, hash);
        }
        return draw();
    }

    /** Returns the stream of each row's code, from which the row itself may be drawn; a buffer. */
    public RandomGenerator[] streams() {
        return streams;
    }

    private FMatrixRMaj draw() {
        for (int at = 0; at < codes.getNumElements(); at++) {
            codes.data[at] = (float) streams[at / codes.numCols].nextGaussian();
        }
        return codes;
    }
}
