package io.github.sparklatent.learn.averaging;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * The state of a training by averaging between two rounds: everything needed to resume as if it had never stopped. The
 * arrays are not to be modified. An array that does not exist yet is empty.
 *
 * @param parameters initial parameters of the next round
 * @param moments averaged moments of the partitions' optimisers: for each group and each of its ranges, one vector
 *     after the other
 * @param steps number of steps of each of the partitions' optimisers that led to the moments
 * @param outer vectors of the driver's optimiser, one after the other; each has an entry for every updated parameter
 * @param average the moving average of the parameters
 * @param best the best parameters on held-out rows, or null before the first evaluation and if nothing selects them
 * @param sinceBest number of evaluations since the best one
 * @param rowsSeen number of rows processed by the partitions, counting repetitions
 * @param epochsBefore number of epochs of earlier stages; the objective's schedules, such as the warm-up of a weight,
 *     count these epochs too
 * @param history a record for each round
 */
@RecordBuilder
public record AveragingState(
        float[] parameters,
        float[] moments,
        long steps,
        float[] outer,
        float[] average,
        Best best,
        int sinceBest,
        long rowsSeen,
        double epochsBefore,
        List<NetworkRound> history)
        implements AveragingStateBuilder.With {
    private static final float[] NONE = {};

    public AveragingState {
        history = List.copyOf(history);
    }

    /**
     * Returns the state before the first round.
     *
     * @param parameters initial parameters. Kept, not copied.
     */
    public static AveragingState start(float[] parameters) {
        return start(parameters, 0);
    }

    /**
     * Returns the state before the first round of a later stage.
     *
     * @param parameters initial parameters. Kept, not copied.
     * @param epochsBefore epochs of earlier stages that the objective's schedules count
     */
    public static AveragingState start(float[] parameters, double epochsBefore) {
        return new AveragingState(parameters, NONE, 0, NONE, NONE, null, 0, 0, epochsBefore, List.of());
    }

    public int rounds() {
        return history.size();
    }

    /** Returns a copy with one more record. */
    AveragingState with(NetworkRound round) {
        List<NetworkRound> longer = new ArrayList<>(history);
        longer.add(round);
        return withHistory(longer);
    }

    /** Returns a copy whose last record has the results of an evaluation. */
    AveragingState evaluated(List<Double> heldOut, List<Double> averageHeldOut, double seconds) {
        List<NetworkRound> same = new ArrayList<>(history);
        NetworkRound last = same.remove(same.size() - 1);
        same.add(last.withHeldOut(heldOut).withAverageHeldOut(averageHeldOut).withEvaluate(seconds));
        return withHistory(same);
    }

    /**
     * Returns a copy updated with the best parameters of one evaluation.
     *
     * @param found replaces the best so far if its loss is smaller
     */
    AveragingState found(Best found) {
        return best == null || found.loss() < best.loss()
                ? withBest(found).withSinceBest(0)
                : withSinceBest(sinceBest + 1);
    }

    /**
     * Parameters and their measures on held-out rows.
     *
     * @param parameters parameter vector. Not to be modified.
     * @param measures means of the objective's measures over the held-out rows; empty without them
     * @param loss the held-out loss, which is the first measure; NaN if nothing has chosen
     * @param round number of the round after which the parameters were reached; 0 for the initial parameters
     * @param movingAverage whether the parameters are a moving average
     */
    public record Best(float[] parameters, List<Double> measures, double loss, int round, boolean movingAverage) {
        public Best {
            measures = List.copyOf(measures);
        }
    }
}
