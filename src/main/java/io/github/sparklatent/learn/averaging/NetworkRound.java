package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.Traffic;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;

/**
 * The record of one round of averaging.
 *
 * @param number number of the round: 1, 2, ...
 * @param epochs number of epochs completed after this round
 * @param measures means over the rows of this round, in the order of {@link StochasticObjective#measures}. Each row
 *     counts as it was when processed, while the parameters were changing. NaN if no partition had a batch
 * @param heldOut means over the held-out rows under the parameters after this round; empty if there was no evaluation
 * @param averageHeldOut means over the held-out rows under the moving average; empty if there is none
 * @param rows number of rows processed in this round by all partitions
 * @param steps number of steps taken in this round by all partitions; one step is a turn of all groups
 * @param learningRates learning rate of each parameter group at the beginning of the round
 * @param broadcast seconds to send the parameters to the workers
 * @param compute seconds of the workers' computation
 * @param reduce seconds to combine the workers' results
 * @param update seconds of the driver's update
 * @param evaluate seconds of the evaluation; 0 if there was none
 * @param traffic what reached the driver
 */
@RecordBuilder
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
        double evaluate,
        Traffic traffic)
        implements NetworkRoundBuilder.With {
    public NetworkRound {
        measures = List.copyOf(measures);
        heldOut = List.copyOf(heldOut);
        averageHeldOut = List.copyOf(averageHeldOut);
        learningRates = List.copyOf(learningRates);
    }

    /** Mean loss over the rows of this round. */
    public double loss() {
        return measures.get(0);
    }

    /** Least mean loss over the held-out rows, of the parameters and their moving average. */
    double heldOutLoss() {
        return averageHeldOut.isEmpty() ? heldOut.get(0) : Math.min(heldOut.get(0), averageHeldOut.get(0));
    }

    /** Duration of the whole round in seconds. */
    public double seconds() {
        return broadcast + compute + reduce + update + evaluate;
    }
}
