package io.github.sparklatent.ml;

import io.github.sparklatent.learn.AveragingResult;
import io.github.sparklatent.learn.NetworkRound;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /**
     * The record of a training.
     *
     * @param train figures of the training rows
     * @param holdout the same of the held-out rows; empty where there are none
     * @param rows trained on
     * @throws io.github.sparklatent.learn.DivergedException where the figures have left all bounds
     */
    public static NetworkFit of(
            Map<String, Object> train,
            Optional<Map<String, Object>> holdout,
            AveragingResult result,
            long rows,
            String origin) {
        List<String> names = List.copyOf(train.keySet());
        List<NetworkRound> history = result.history();
        requireBounded(train, result);
        return new NetworkFit(
                names,
                numbers(train, names),
                holdout.map(measures -> numbers(measures, names)).orElse(List.of()),
                history.stream().map(NetworkRound::loss).toList(),
                rows,
                history.size(),
                history.isEmpty() ? 0 : history.get(history.size() - 1).passes(),
                result.round(),
                result.stoppedEarly(),
                origin);
    }

    /** The part that needs no weight of the divergence can be held against the first round's. */
    private static void requireBounded(Map<String, Object> train, AveragingResult result) {
        boolean variational = train.containsKey("reconstruction");
        double cost = (Double) train.get(variational ? "reconstruction" : "loss");
        double whole = variational ? -(Double) train.get("elbo") : cost;
        result.requireBounded(Double.isFinite(whole) ? cost : whole);
    }

    private static List<Double> numbers(Map<String, Object> measures, List<String> names) {
        return names.stream().map(name -> (Double) measures.get(name)).toList();
    }
}
