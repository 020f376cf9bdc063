package io.github.sparklatent.learn.objective;

import io.github.sparklatent.learn.RandomStreams;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A loss of rows that is followed downhill, batch by batch, through a flat vector of parameters.
 * Carries options, never parameters; is sent to the workers.
 */
public interface StochasticObjective extends Serializable {
    /** Entries of the vector of parameters. */
    int parameterCount();

    /** Names of what is reported of each row; the first is the loss itself, smaller is better. */
    List<String> measures();

    /**
     * Who moves what. For each batch the groups take turns in this order: {@link Worker#gradient}
     * is asked for each, then that group's optimiser moves that group's ranges, and the next one
     * sees them moved. Parameters of no group stay as they are, bit for bit. No two groups move the
     * same parameter.
     *
     * @return one group that moves everything, but for objectives of another kind
     */
    default List<ParameterGroup> parameterGroups() {
        return List.of(new ParameterGroup("model", List.of(new Range(0, parameterCount()))));
    }

    /**
     * Whether a smaller loss on held-out rows means better parameters. It does not in a game of
     * adversaries, where each is measured by the other of that moment, nor where what is followed
     * downhill is another loss than the reported one: then the figures are recorded and choose
     * nothing.
     */
    default boolean isComparable() {
        return true;
    }

    /**
     * The buffers of one task.
     *
     * @param maxRows rows of a batch at most
     */
    Worker worker(int maxRows);

    /**
     * One of those that move parameters, by an optimiser of its own.
     *
     * @param name as a person reads it
     * @param ranges of the vector of parameters, none within another
     */
    record ParameterGroup(String name, List<Range> ranges) implements Serializable {
        public ParameterGroup {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * Neighbouring parameters.
     *
     * @param from the first
     * @param length how many; may be 0
     */
    record Range(int from, int length) implements Serializable {
        /** The entry after the last. */
        public int to() {
            return from + length;
        }
    }

    /**
     * Where in a training a batch stands.
     *
     * @param key of all that is random about this batch: {@link RandomStreams#of} with it as seed;
     *     the same for every group
     * @param epochs over the data so far, a fraction, for what changes along the way
     * @param group whose turn it is: its place in {@link #groups}
     */
    record Position(long key, double epochs, int group) {
        /** The turn of the first group. */
        public Position(long key, double epochs) {
            this(key, epochs, 0);
        }
    }

    /** Computes with the buffers of one task. Used by one thread. */
    interface Worker {
        /**
         * The gradient of Σ w_i loss_i / Σ w_i of one batch, some of it random; with several groups
         * the loss is that of the one whose turn it is.
         *
         * @param rows n × d. Not modified.
         * @param weights of the rows, the first n count
         * @param gradient of {@link #parameterCount} entries, overwritten within the group's
         *     ranges; what stands outside of them is not read
         * @param sums Σ w_i measure_ij is added to entry j, by exactly one of the groups
         */
        void gradient(
                float[] parameters,
                FMatrixRMaj rows,
                float[] weights,
                Position position,
                float[] gradient,
                double[] sums);

        /**
         * The measures of rows as a trained model is judged by: no corruption, no warm-up. What is
         * random follows from each row's content, so that neither the round nor the partition nor
         * the rows beside it change a figure.
         *
         * @param sums Σ w_i measure_ij is added to entry j
         */
        void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums);
    }
}
