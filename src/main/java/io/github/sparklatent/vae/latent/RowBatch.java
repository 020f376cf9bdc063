package io.github.sparklatent.vae.latent;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.objective.RowStreams;
import io.github.sparklatent.learn.objective.Shares;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.Missing;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * One batch of rows as an objective reads it: the target that the decoder is measured against, the input of the
 * encoder, the rows' shares of the batch, and the noise of the codes. If the options require it, the target is drawn as
 * zeros and ones, and the input is a corrupted copy of the target.
 *
 * <p>Holds at most two copies of a batch, n × d each.
 */
public final class RowBatch {
    private final boolean binarize;
    private final Corruption corruption;
    private final int[] corruptible;
    private final RowStreams streams;
    private final FMatrixRMaj drawn = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj corrupted = new FMatrixRMaj(0, 0);
    private final float[] shares;
    private float[] parameters;
    private FMatrixRMaj rows;
    private FMatrixRMaj target;
    private FMatrixRMaj input;
    private boolean training;
    private long key;
    private double epochs;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param likelihood of the rows
     * @param binarize whether each value, in [0, 1], is drawn as 0 or 1
     * @param corruption corruption of the encoder's input in training
     */
    public RowBatch(int maxRows, Likelihood likelihood, boolean binarize, Corruption corruption) {
        this.binarize = binarize;
        this.corruption = corruption;
        this.corruptible = likelihood instanceof Bernoulli
                ? IntStream.range(0, likelihood.width()).toArray()
                : likelihood.numbers().stream().mapToInt(j -> j).sorted().toArray();
        this.streams = new RowStreams(maxRows, likelihood.width());
        this.shares = new float[maxRows];
    }

    /**
     * Takes a batch of training; all draws follow from the key of its position.
     *
     * @param parameters parameters of all networks. Kept until the next batch, not modified.
     * @param data n × d. Kept until the next batch, not modified.
     * @param weights weight of each row; only the first n entries are used
     */
    public void train(float[] parameters, FMatrixRMaj data, float[] weights, StochasticObjective.Position position) {
        this.parameters = parameters;
        training = true;
        key = position.key();
        epochs = position.epochs();
        Shares.of(weights, data.numRows, shares);
        rows = data;
        target = data;
        if (binarize) {
            target = binarized(streams.ofBatch(key, Purpose.BINARIZATION));
        }
        input = target;
        if (corruption.type() != Corruption.Type.NONE) {
            corrupted.reshape(target.numRows, target.numCols);
            System.arraycopy(target.data, 0, corrupted.data, 0, target.getNumElements());
            corruption.apply(corrupted, corruptible, RandomStreams.of(key, Purpose.CORRUPTION));
            input = corrupted;
        }
    }

    /**
     * Takes a batch of an evaluation: nothing is corrupted, and draws follow from the seed and each row's content. Such
     * a batch has no shares.
     *
     * @param parameters parameters of all networks. Kept until the next batch, not modified.
     * @param data n × d. Kept until the next batch, not modified.
     */
    public void evaluate(float[] parameters, FMatrixRMaj data, long seed) {
        this.parameters = parameters;
        training = false;
        key = seed;
        rows = data;
        target = data;
        if (binarize) {
            target = binarized(streams.ofContent(data, seed, Purpose.BINARIZATION));
        }
        input = target;
    }

    /** Draws each value p as 1 with probability p, else 0, from the stream of its row. Missing values stay missing. */
    private FMatrixRMaj binarized(RandomGenerator[] random) {
        drawn.reshape(rows.numRows, rows.numCols);
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = i * rows.numCols; j < (i + 1) * rows.numCols; j++) {
                boolean one = random[i].nextDouble() < rows.data[j];
                drawn.data[j] = Missing.is(rows.data[j]) ? rows.data[j] : one ? 1f : 0f;
            }
        }
        return drawn;
    }

    /** Returns whether the batch is one of training, so that a gradient is computed. */
    public boolean isTraining() {
        return training;
    }

    /** Returns the parameters of the networks. Not to be modified. */
    public float[] parameters() {
        return parameters;
    }

    public int size() {
        return rows.numRows;
    }

    /** Returns the rows as they are in the data set, n × d. Not to be modified. */
    public FMatrixRMaj rows() {
        return rows;
    }

    /** Returns the target of the reconstruction, n × d. Not to be modified. */
    public FMatrixRMaj target() {
        return target;
    }

    /** Returns the input of the encoder, n × d. Not to be modified. */
    public FMatrixRMaj input() {
        return input;
    }

    /** Returns w_i / Σ w of each row of a training batch. Not to be modified. */
    public float[] shares() {
        return shares;
    }

    /** Returns the epochs over the data made so far, in training. */
    public double epochs() {
        return epochs;
    }

    /** Returns the streams of the codes' noise, one for each row; the array is a buffer. */
    public RandomGenerator[] noise() {
        return streams(Purpose.LATENT_NOISE);
    }

    /** Returns the streams of the chains of codes, one for each row, in the buffer of {@link #noise}. */
    public RandomGenerator[] chains() {
        return streams(Purpose.CHAIN);
    }

    private RandomGenerator[] streams(Purpose purpose) {
        return training ? streams.ofBatch(key, purpose) : streams.ofContent(rows, key, purpose);
    }
}
