package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * What a batch is measured against and what the encoder sees of it: drawn as zeros and ones where
 * that is asked for, then, for the encoder only, corrupted.
 *
 * <p>Holds at most two copies of a batch, n × d each.
 */
final class Seen {
    private final FMatrixRMaj drawn = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj damaged = new FMatrixRMaj(0, 0);
    private FMatrixRMaj target;
    private FMatrixRMaj input;

    /** n × d: what the decoder is to give back. */
    FMatrixRMaj target() {
        return target;
    }

    /** n × d: what the encoder gets. */
    FMatrixRMaj input() {
        return input;
    }

    /**
     * The rows as they are.
     *
     * @param rows n × d. Kept until the next batch, not modified.
     */
    Seen asIs(FMatrixRMaj rows) {
        target = rows;
        input = rows;
        return this;
    }

    /**
     * A batch of training.
     *
     * @param key of the batch
     */
    void trained(
            FMatrixRMaj rows,
            boolean binarize,
            Corruption corruption,
            RowStreams streams,
            long key) {
        asIs(rows);
        if (binarize) {
            binarized(streams.ofBatch(key, Purpose.BINARIZATION));
        }
        if (corruption.type() != Corruption.Type.NONE) {
            corrupted(corruption, RandomStreams.of(key, Purpose.CORRUPTION));
        }
    }

    /** A batch that is judged: no corruption, draws that follow from the seed and each row. */
    void judged(FMatrixRMaj rows, boolean binarize, RowStreams streams, long seed) {
        asIs(rows);
        if (binarize) {
            binarized(streams.ofContent(rows, seed, Purpose.BINARIZATION));
        }
    }

    /** Draws each value p as 1 with probability p, as 0 otherwise; from the stream of its row. */
    Seen binarized(RandomGenerator[] streams) {
        drawn.reshape(target.numRows, target.numCols);
        for (int i = 0; i < target.numRows; i++) {
            int end = (i + 1) * target.numCols;
            for (int j = i * target.numCols; j < end; j++) {
                drawn.data[j] = streams[i].nextDouble() < target.data[j] ? 1f : 0f;
            }
        }
        return asIs(drawn);
    }

    /** Damages what the encoder gets. */
    Seen corrupted(Corruption corruption, RandomGenerator random) {
        damaged.reshape(target.numRows, target.numCols);
        System.arraycopy(target.data, 0, damaged.data, 0, target.getNumElements());
        corruption.apply(damaged, random);
        input = damaged;
        return this;
    }
}
