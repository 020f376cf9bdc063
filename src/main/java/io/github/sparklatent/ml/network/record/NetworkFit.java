package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a network was trained; saved with it.
 *
 * @param measures names of the figures below
 * @param train means over the training rows under the parameters kept
 * @param holdout the same over the held-out rows; empty where none were held out
 * @param stages of the training, in their order
 * @param rows of the training table
 * @param bestRound of the last stage, after which the parameters kept stood
 * @param stoppedEarly whether patience, not the maximum of epochs, ended the last stage
 * @param origin where the model comes from: a JSON object
 */
public record NetworkFit(
        List<String> measures,
        List<Double> train,
        List<Double> holdout,
        List<StageFit> stages,
        long rows,
        int bestRound,
        boolean stoppedEarly,
        String origin) {
    /**
     * Costs, of which the first that a network has is held against its rounds' losses. Of a
     * likelihood it is the part of the loss that needs no weight of the divergence. In a game it is
     * the generator's, which is no part of it but of the order of one, as the loss is at first.
     */
    private static final List<String> BOUNDED =
            List.of(AdversarialMeasures.GENERATOR_LOSS, "reconstruction", "loss");

    public NetworkFit {
        measures = List.copyOf(measures);
        train = List.copyOf(train);
        holdout = List.copyOf(holdout);
        stages = List.copyOf(stages);
    }

    /**
     * The record of a training.
     *
     * @param train figures of the training rows
     * @param holdout the same of the held-out rows; empty where there are none
     * @param stages of the training
     * @param last what the last of them ended with
     * @param rows trained on
     * @throws io.github.sparklatent.learn.DivergedException where the figures have left all bounds
     */
    public static NetworkFit of(
            Map<String, Object> train,
            Optional<Map<String, Object>> holdout,
            List<StageRecord> stages,
            AveragingResult last,
            long rows,
            String origin) {
        List<String> names = List.copyOf(train.keySet());
        requireBounded(train, last);
        return new NetworkFit(
                names,
                numbers(train, names),
                holdout.map(measures -> numbers(measures, names)).orElse(List.of()),
                stages.stream().map(StageFit::of).toList(),
                rows,
                last.round(),
                last.stoppedEarly(),
                origin);
    }

    /** A bound, where there is one, has to be a number; a cost no more than the rounds' may be. */
    private static void requireBounded(Map<String, Object> train, AveragingResult last) {
        if (train.get("elbo") instanceof Double bound && !Double.isFinite(bound)) {
            last.requireBounded(-bound);
        }
        BOUNDED.stream()
                .filter(train::containsKey)
                .findFirst()
                .ifPresent(cost -> last.requireBounded((Double) train.get(cost)));
    }

    private static List<Double> numbers(Map<String, Object> measures, List<String> names) {
        return names.stream().map(name -> (Double) measures.get(name)).toList();
    }

    /** Mean loss of each round, of all stages. */
    public List<Double> lossHistory() {
        return stages.stream().flatMap(stage -> stage.lossHistory().stream()).toList();
    }

    /** Rounds made, in all stages. */
    public int rounds() {
        return stages.stream().mapToInt(StageFit::rounds).sum();
    }

    /** Epochs over the rows, in all stages. */
    public double epochs() {
        return stages.stream().mapToDouble(StageFit::epochs).sum();
    }
}
