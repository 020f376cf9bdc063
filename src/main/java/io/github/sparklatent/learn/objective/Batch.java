package io.github.sparklatent.learn.objective;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * One batch of rows with the buffers of one task: the rows' shares of its weight, and a random stream for each row. In
 * training, all rows share the stream of the batch. In an evaluation, the stream of a row is computed from the seed and
 * the row's content. So neither the partition nor the other rows of the batch change a result, and two models are
 * compared on the same draws.
 */
public class Batch {
    private final RandomGenerator[] streams;
    private final double[] content;
    private final float[] shares;
    private double weight;
    private float[] parameters;
    private FMatrixRMaj rows;
    private StochasticObjective.Position position;
    private long key;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param width d, the number of columns of a row
     */
    public Batch(int maxRows, int width) {
        this.streams = new RandomGenerator[maxRows];
        this.content = new double[width];
        this.shares = new float[maxRows];
    }

    /**
     * Takes a batch of training; all draws follow from the key of its position.
     *
     * @param values parameters of all networks. Kept until the next batch, not modified.
     * @param data n × d. Kept until the next batch, not modified.
     * @param weights weight of each row; only the first n entries are used
     */
    public void train(float[] values, FMatrixRMaj data, float[] weights, StochasticObjective.Position at) {
        take(values, data, at, at.key());
        share(weights);
        prepare();
    }

    private void take(float[] values, FMatrixRMaj data, StochasticObjective.Position at, long ofDraws) {
        parameters = values;
        rows = data;
        position = at;
        key = ofDraws;
    }

    /** Computes what a subclass reads of the batch. */
    protected void prepare() {}

    /**
     * Takes a batch of an evaluation; all draws follow from the seed and each row's content. Such a batch has no shares
     * before {@link #share}.
     *
     * @param values parameters of all networks. Kept until the next batch, not modified.
     * @param data n × d. Kept until the next batch, not modified.
     */
    public void evaluate(float[] values, FMatrixRMaj data, long seed) {
        take(values, data, null, seed);
        prepare();
    }

    /** Computes Σ w and share_i ← w_i / Σ w. {@code weights}: only the first n entries are used. */
    public final void share(float[] weights) {
        weight = 0;
        for (int i = 0; i < rows.numRows; i++) {
            weight += weights[i];
        }
        for (int i = 0; i < rows.numRows; i++) {
            shares[i] = (float) (weights[i] / weight);
        }
    }

    /** Returns whether the batch is one of training, so that a gradient is computed. */
    public final boolean isTraining() {
        return position != null;
    }

    /** Returns the position of a batch of training. */
    public final StochasticObjective.Position position() {
        return position;
    }

    /** Returns the parameters of the networks. Not to be modified. */
    public final float[] parameters() {
        return parameters;
    }

    public final int size() {
        return rows.numRows;
    }

    /** Returns the rows as they are in the data set, n × d. Not to be modified. */
    public final FMatrixRMaj rows() {
        return rows;
    }

    /** Returns Σ w. */
    public final double weight() {
        return weight;
    }

    /** Returns w_i / Σ w of each row. Not to be modified. */
    public final float[] shares() {
        return shares;
    }

    /**
     * Returns a stream for each row; the array is a buffer of which the first n entries are set.
     *
     * @param place further numbers that the stream of a batch of training follows from
     */
    public final RandomGenerator[] streams(Purpose purpose, long... place) {
        return streams(key, purpose, place);
    }

    /** Returns streams as above, of another key or seed. */
    public final RandomGenerator[] streams(long ofKey, Purpose purpose, long... place) {
        if (isTraining()) {
            Arrays.fill(streams, RandomStreams.of(ofKey, purpose, place));
            return streams;
        }
        for (int i = 0; i < rows.numRows; i++) {
            streams[i] = RandomStreams.of(ofKey, purpose, hash(i));
        }
        return streams;
    }

    /** Returns a hash of a row's content. */
    public final long hash(int row) {
        for (int j = 0; j < content.length; j++) {
            content[j] = rows.data[row * content.length + j];
        }
        return RandomStreams.hash(content, 0, content.length);
    }
}
