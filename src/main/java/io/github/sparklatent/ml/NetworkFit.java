package io.github.sparklatent.ml;

import java.util.List;

/**
 * How a network was trained; saved with it.
 *
 * @param measures names of the figures below
 * @param train means over the training rows under the parameters kept
 * @param holdout the same over the held-out rows; empty where none were held out
 * @param lossHistory mean loss of each round
 * @param rows of the training table
 * @param rounds made
 * @param passes over the rows
 * @param bestRound after which the parameters kept stood
 * @param stoppedEarly whether patience, not the maximum of passes, ended the training
 * @param origin where the model comes from: a JSON object
 */
public record NetworkFit(
        List<String> measures,
        List<Double> train,
        List<Double> holdout,
        List<Double> lossHistory,
        long rows,
        int rounds,
        double passes,
        int bestRound,
        boolean stoppedEarly,
        String origin) {
    public NetworkFit {
        measures = List.copyOf(measures);
        train = List.copyOf(train);
        holdout = List.copyOf(holdout);
        lossHistory = List.copyOf(lossHistory);
    }
}
