package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import java.util.List;

/**
 * The result of a training by averaging.
 *
 * @param parameters all parameters of the result. With held-out rows and a {@linkplain StochasticObjective#isComparable
 *     comparable} loss: the best of all evaluated parameters, the initial ones among them. Otherwise the moving
 *     average, if there is one, else the parameters after the last round.
 * @param movingAverage whether the parameters are a moving average
 * @param round number, from 1, of the round after which these parameters were reached; 0 if they are the initial
 *     parameters
 * @param heldOut means of the objective's measures over the held-out rows, computed with these parameters; empty
 *     without held-out rows
 * @param stoppedEarly whether the training ended because of patience, before the maximum of epochs
 * @param adversarial whether there are several parameter groups
 * @param state the state of the training after the last round
 */
public record AveragingResult(
        float[] parameters,
        boolean movingAverage,
        int round,
        List<Double> heldOut,
        boolean stoppedEarly,
        boolean adversarial,
        AveragingState state) {
    public AveragingResult {
        heldOut = List.copyOf(heldOut);
    }

    /** Returns whether held-out rows have chosen the parameters. */
    public boolean isChosen() {
        return state.best() != null;
    }

    public List<NetworkRound> history() {
        return state.history();
    }

    /**
     * Requires that the steps of the last round have not diverged. Each round checks the steps of the round before;
     * this method checks the steps of the last round. If held-out rows have chosen the result, the loss has to be
     * finite only: the means of rounds limit the losses of outliers, which this one does not.
     *
     * @param loss mean loss of the training rows under the result
     * @throws DivergedException if the loss is not finite or far above that of the first round
     */
    public void requireBounded(double loss) {
        if (round > 0 && !(isChosen() && Double.isFinite(loss))) {
            List<LearningRate> rates = history().get(round - 1).learningRates();
            new Divergence("after round " + round, rates, false, adversarial).requireBounded(loss, history());
        }
    }
}
