package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import java.util.List;

/**
 * The result of a training by averaging.
 *
 * @param parameters the result. With held-out rows and a {@linkplain
 *     StochasticObjective#isComparable comparable} loss: the best of all evaluated parameters.
 *     Otherwise the moving average, if there is one, else the parameters after the last round.
 * @param movingAverage whether the result is a moving average
 * @param round after which the result was reached
 * @param heldOut means over the held-out rows under the result; empty without held-out rows
 * @param stoppedEarly whether patience, not the maximum of epochs, ended the training
 * @param adversarial whether there are several parameter groups
 * @param state after the last round
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

    /** Returns a record for each round. */
    public List<NetworkRound> history() {
        return state.history();
    }

    /**
     * Requires that the last round's steps have not diverged; no later round has checked them.
     *
     * @param loss mean loss of the training rows under the result
     * @throws DivergedException if the loss is not finite or far above that of the first round
     */
    public void requireBounded(double loss) {
        if (!history().isEmpty()) {
            List<LearningRate> rates = history().get(round - 1).learningRates();
            new Divergence("after round " + round, rates, adversarial)
                    .requireBounded(loss, history());
        }
    }
}
