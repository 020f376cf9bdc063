package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.averaging.AveragingState.Best;
import io.github.sparklatent.learn.objective.StochasticObjective;
import java.util.List;

/**
 * The result of a training by averaging.
 *
 * @param state the state of the training after the last round
 * @param stoppedEarly whether the training ended because of patience, before the maximum of epochs
 */
public record AveragingResult(AveragingState state, boolean stoppedEarly) {
    /** Returns whether held-out rows have chosen the parameters. */
    public boolean isChosen() {
        return state.best() != null;
    }

    /**
     * Returns the parameters of the result. With held-out rows and a {@linkplain StochasticObjective#isComparable
     * comparable} loss: the best of all evaluated parameters, the initial ones among them. Otherwise the moving
     * average, if there is one, else the parameters after the last round.
     */
    public Best kept() {
        if (isChosen()) {
            return state.best();
        }
        boolean averaged = state.average().length > 0;
        NetworkRound last = history().get(state.rounds() - 1);
        return new Best(
                averaged ? state.average() : state.parameters(),
                averaged ? last.averageHeldOut() : last.heldOut(),
                Double.NaN,
                state.rounds(),
                averaged);
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
        int round = kept().round();
        if (round > 0 && !(isChosen() && Double.isFinite(loss))) {
            new Divergence("after round " + round, history().get(round - 1).learningRates(), false)
                    .requireBounded(loss, history());
        }
    }
}
