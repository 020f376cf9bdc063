package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import java.util.List;

/**
 * The record of one round of averaging.
 *
 * @param number 1, 2, ...
 * @param epochs over the data made, this round's share among them
 * @param measures means over the rows of this round, in the order of {@link
 *     StochasticObjective#measures}: each row as it was met, under parameters that were moving. NaN
 *     where no partition had a batch
 * @param heldOut means over the held-out rows under the parameters after this round; empty where
 *     they were not evaluated
 * @param averageHeldOut the same under the moving average; empty where there is none
 * @param rows met in this round, over all partitions
 * @param steps taken in this round, over all partitions; a turn of all groups is one
 * @param learningRates of the partitions at the beginning of the round, of each group
 * @param broadcast seconds of sending the parameters to the workers
 * @param compute seconds of the workers' computation
 * @param reduce seconds of combining their results
 * @param update seconds of the driver's update
 * @param evaluate seconds of the evaluation; 0 where there was none
 */
public record NetworkRound(
        int number,
        double epochs,
        List<Double> measures,
        List<Double> heldOut,
        List<Double> averageHeldOut,
        long rows,
        long steps,
        List<LearningRate> learningRates,
        double broadcast,
        double compute,
        double reduce,
        double update,
        double evaluate) {
    public NetworkRound {
        measures = List.copyOf(measures);
        heldOut = List.copyOf(heldOut);
        averageHeldOut = List.copyOf(averageHeldOut);
        learningRates = List.copyOf(learningRates);
    }

    NetworkRound evaluated(
            List<Double> heldOutMeans, List<Double> averageHeldOutMeans, double seconds) {
        return new NetworkRound(
                number,
                epochs,
                measures,
                heldOutMeans,
                averageHeldOutMeans,
                rows,
                steps,
                learningRates,
                broadcast,
                compute,
                reduce,
                update,
                seconds);
    }

    /** Mean loss over the rows of this round. */
    public double loss() {
        return measures.get(0);
    }

    /** Seconds of the whole round. */
    public double seconds() {
        return broadcast + compute + reduce + update + evaluate;
    }
}
