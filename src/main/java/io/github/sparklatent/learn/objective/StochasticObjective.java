package io.github.sparklatent.learn.objective;

import io.github.sparklatent.learn.RandomStreams;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A loss of rows, minimised batch by batch over a flat vector of parameters. An objective holds options but no
 * parameters, and is sent to the workers.
 */
public interface StochasticObjective extends Serializable {
    int parameterCount();

    /** Names of the reported measures of a row. The first one is the loss; smaller is better. */
    List<String> measures();

    /**
     * Returns the parameter groups. For each batch the groups take turns in this order: {@link Worker#gradient} is
     * called, then the group's optimiser updates the group's ranges. The next group sees the updated parameters.
     * Parameters in no group never change. No parameter is in two groups.
     *
     * @return one group of all parameters, unless an objective overrides this method
     */
    default List<ParameterGroup> parameterGroups() {
        return List.of(new ParameterGroup("model", List.of(new Range(0, parameterCount()))));
    }

    /**
     * Returns the ranges of parameters on which weight decay acts. Networks decay the weights of their layers only:
     * biases, means and variances are not pulled towards 0.
     *
     * @return all parameters, unless an objective overrides this method
     */
    default List<Range> decayed() {
        return List.of(new Range(0, parameterCount()));
    }

    /** Returns the ranges of parameters whose derivatives the length of the gradient is of, and that it limits. */
    default List<Range> clipped() {
        return List.of(new Range(0, parameterCount()));
    }

    /**
     * Returns whether a smaller loss on held-out rows means better parameters. This is false for adversarial training,
     * where each network is measured against the current state of the other. It is also false if the reported loss is
     * not the minimised one. The loss is then recorded, but does not select a round.
     */
    default boolean isComparable() {
        return true;
    }

    /**
     * Returns parameters with which the networks compute the same results without what only a training does: a
     * discriminator's weights after spectral normalisation, say.
     *
     * @param parameters parameters of all networks. Not modified.
     */
    default float[] normalized(float[] parameters) {
        return parameters;
    }

    /** Creates the workspace of one task for batches of at most this number of rows. */
    Worker worker(int maxRows);

    /**
     * Parameters that are updated together by one optimiser.
     *
     * @param name name of the group in reports
     * @param ranges ranges of the vector of parameters that the group updates; the ranges do not overlap
     */
    record ParameterGroup(String name, List<Range> ranges) implements Serializable {
        public ParameterGroup {
            ranges = List.copyOf(ranges);
        }
    }

    /**
     * A range of consecutive parameters.
     *
     * @param from index of the first parameter of the range
     * @param length number of parameters; may be 0
     */
    record Range(int from, int length) implements Serializable {
        /** Index after the last parameter. */
        public int to() {
            return from + length;
        }

        /** Returns the part of this range that lies in another; its length may be 0. */
        public Range intersection(Range other) {
            int start = Math.max(from, other.from);
            return new Range(start, Math.max(0, Math.min(to(), other.to()) - start));
        }
    }

    /**
     * The position of a batch within the training.
     *
     * @param key seed of all randomness of this batch, for {@link RandomStreams#of}; the same for every group
     * @param epochs completed so far, as a fraction; for options that change during the training. It goes on from the
     *     stage before if that stage's schedules do
     * @param group index in {@link #parameterGroups} of the group whose turn it is
     */
    record Position(long key, double epochs, int group) {}

    /** Updates parameters as soon as their derivatives are complete, while these are still in a cache. */
    interface EarlySteps {
        /**
         * Updates the parameters from .. from + length − 1, which are not read again for this batch, and whose
         * derivatives are not read from the gradient.
         *
         * @param derivatives holds theirs from index {@code at} on. Modified there.
         */
        void take(int from, int length, float[] derivatives, int at);
    }

    /** The workspace of one task. Used by one thread. */
    interface Worker {
        /** Lets {@link #gradient} hand over derivatives early. A worker that cannot writes all of them. */
        default void stepEarly(EarlySteps steps) {}

        /**
         * Computes the gradient of Σ w_i loss_i / Σ w_i of one batch. With several groups, the loss is the loss of the
         * group whose turn it is. The result may be random.
         *
         * @param parameters modified only where steps are taken early
         * @param rows n × d. Not modified.
         * @param weights weight of each row; only the first n entries are used
         * @param gradient {@link #parameterCount} entries; overwritten within the group's ranges but for what was
         *     handed over early. Other entries are not read afterwards
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
         * Adds the measures of rows under a trained model: without corruption and without warm-up. Random numbers
         * depend on each row's content only, so that a measure does not depend on the round, the partition or the other
         * rows.
         *
         * @param sums Σ w_i measure_ij is added to entry j
         */
        void evaluate(float[] parameters, FMatrixRMaj rows, float[] weights, double[] sums);
    }
}
