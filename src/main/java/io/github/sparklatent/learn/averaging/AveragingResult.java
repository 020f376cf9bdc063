package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import java.util.List;

/**
 * What a training by averaging ended with.
 *
 * @param parameters the result: with held-out rows the best of all that were evaluated, where their
 *     loss is {@linkplain StochasticObjective#isComparable comparable}; else the moving average;
 *     else those after the last round
 * @param movingAverage whether they are the moving average
 * @param round after which they stood
 * @param heldOut means over the held-out rows under these parameters; empty without such rows
 * @param stoppedEarly whether patience, not the maximum of epochs, ended the training
 * @param game whether several groups moved the parameters
 * @param state after the last round
 */
public record AveragingResult(
        float[] parameters,
        boolean movingAverage,
        int round,
        List<Double> heldOut,
        boolean stoppedEarly,
        boolean game,
        AveragingState state) {
    public AveragingResult {
        heldOut = List.copyOf(heldOut);
    }

    /** A record for each round. */
    public List<NetworkRound> history() {
        return state.history();
    }

    /**
     * The last round's steps may have left all bounds, and no round after it has seen that.
     *
     * @param loss of the rows trained on under the result: a mean
     * @throws DivergedException where it is no finite number or beyond all measure
     */
    public void requireBounded(double loss) {
        if (!history().isEmpty()) {
            List<LearningRate> rates = history().get(round - 1).learningRates();
            new Divergence("after round " + round, rates, game).requireBounded(loss, history());
        }
    }
}
