package io.github.sparklatent.gan;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.RowStreams;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Draws codes z ~ N(0, I) for the rows of a batch. One buffer of n × l; used by one thread. */
public final class PriorCodes {
    private final FMatrixRMaj codes;
    private final RowStreams ofRows;
    private RandomGenerator[] streams;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param latent l, the number of latent dimensions
     * @param width d
     */
    public PriorCodes(int maxRows, int latent, int width) {
        this.codes = new FMatrixRMaj(maxRows, latent);
        this.ofRows = new RowStreams(maxRows, width);
    }

    /** Draws the codes of a training batch; each player draws its own (Goodfellow et al. 2014, algorithm 1). */
    public FMatrixRMaj ofBatch(int rows, long key, int player) {
        return draw(rows, ofRows.ofBatch(key, Purpose.PRIOR, player));
    }

    /**
     * Draws a code for each row that follows from the row's content, so that all evaluations of a data set have the
     * same codes.
     *
     * @param rows n × d. Not modified.
     */
    public FMatrixRMaj ofContent(FMatrixRMaj rows) {
        return draw(rows.numRows, ofRows.ofContent(rows, 0, Purpose.PRIOR));
    }

    /** Returns the stream of each row's code, from which the row itself may be drawn; a buffer. */
    public RandomGenerator[] streams() {
        return streams;
    }

    private FMatrixRMaj draw(int rows, RandomGenerator[] random) {
        streams = random;
        codes.reshape(rows, codes.numCols);
        for (int at = 0; at < codes.getNumElements(); at++) {
            codes.data[at] = (float) streams[at / codes.numCols].nextGaussian();
        }
        return codes;
    }
}
