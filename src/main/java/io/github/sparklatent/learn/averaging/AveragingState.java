package io.github.sparklatent.learn.averaging;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a training by averaging stands between two rounds: all that is needed to go on as if it had
 * never stopped. The arrays are not to be modified; those that do not exist yet have no entries.
 *
 * @param parameters that the next round starts from
 * @param moments of the partitions' optimisers, averaged: group after group, range after range and
 *     of each one vector after the other
 * @param steps of each of those optimisers that the moments stand for
 * @param outer vectors of the driver's optimiser, one after the other, as long as what is moved
 * @param average the moving average of the parameters
 * @param best the best found on held-out rows, or null before the first evaluation and where
 *     nothing is chosen
 * @param sinceBest evaluations since then
 * @param rowsSeen rows met by the partitions, each as often as it was met
 * @param history a record for each round
 */
public record AveragingState(
        float[] parameters,
        float[] moments,
        long steps,
        float[] outer,
        float[] average,
        Best best,
        int sinceBest,
        long rowsSeen,
        List<NetworkRound> history) {
    private static final float[] NONE = {};

    public AveragingState {
        history = List.copyOf(history);
    }

    /**
     * The state before the first round.
     *
     * @param parameters to start from. Kept, not copied.
     */
    public static AveragingState start(float[] parameters) {
        return new AveragingState(parameters, NONE, 0, NONE, NONE, null, 0, 0, List.of());
    }

    /** Rounds made. */
    public int rounds() {
        return history.size();
    }

    /** The same with one record more. */
    AveragingState with(NetworkRound round) {
        List<NetworkRound> longer = new ArrayList<>(history);
        longer.add(round);
        return new AveragingState(
                parameters, moments, steps, outer, average, best, sinceBest, rowsSeen, longer);
    }

    /** The same after an evaluation, whose figures go to the last record. */
    AveragingState evaluated(List<Double> heldOut, List<Double> averageHeldOut, double seconds) {
        List<NetworkRound> same = new ArrayList<>(history);
        int last = same.size() - 1;
        same.set(last, same.get(last).evaluated(heldOut, averageHeldOut, seconds));
        return new AveragingState(
                parameters, moments, steps, outer, average, best, sinceBest, rowsSeen, same);
    }

    /**
     * The same with what an evaluation has found.
     *
     * @param found the better of those evaluated; an equal one does not replace the best
     */
    AveragingState found(Best found) {
        boolean better = best == null || found.loss() < best.loss();
        return new AveragingState(
                parameters,
                moments,
                steps,
                outer,
                average,
                better ? found : best,
                better ? 0 : sinceBest + 1,
                rowsSeen,
                history);
    }

    /**
     * Parameters and what they reached on held-out rows.
     *
     * @param parameters not to be modified
     * @param measures means over the held-out rows; the first is the loss
     * @param round after which they were found
     * @param movingAverage whether they are the moving average
     */
    public record Best(
            float[] parameters, List<Double> measures, int round, boolean movingAverage) {
        public Best {
            measures = List.copyOf(measures);
        }

        /** Mean loss over the held-out rows. */
        public double loss() {
            return measures.get(0);
        }
    }
}
