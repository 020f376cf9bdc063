package io.github.sparklatent.scoring;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.learn.stage.StagedResult;
import java.util.List;
import java.util.Map;

/**
 * The record of a network's training, saved with the model.
 *
 * @param measures names of the metrics
 * @param train means over the training rows under the kept parameters
 * @param holdout means over the held-out rows under the kept parameters; empty if there are none
 * @param stages stages of the training, in order
 * @param rows number of rows of the training table
 * @param bestRound round of the last stage whose parameters were kept
 * @param stoppedEarly whether patience ended the last stage before its last epoch
 * @param origin origin of the model as a JSON object
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
     * The record of one stage of a network's training.
     *
     * @param name name of the stage
     * @param lossHistory mean loss of each round
     * @param epochs number of epochs
     */
    public record StageFit(String name, List<Double> lossHistory, double epochs) {
        public StageFit {
            lossHistory = List.copyOf(lossHistory);
        }

        /** Returns the record of a finished stage. */
        public static StageFit of(StageRecord record) {
            return new StageFit(
                    record.name(),
                    record.rounds().stream().map(NetworkRound::loss).toList(),
                    record.epochs());
        }

        /** Returns the number of rounds. */
        public int rounds() {
            return lossHistory.size();
        }
    }

    /**
     * Names of losses. To detect divergence, the first loss in this list that a network has is compared with the losses
     * of the network's rounds. For a likelihood, this is the part of the loss without the KL divergence. For an
     * adversarial model, it is the generator's loss. The generator's loss is not part of the rounds' loss, but
     * initially both are of order 1.
     */
    private static final List<String> BOUNDED = List.of(GameObjective.GENERATOR_LOSS, "reconstruction", "loss");

    public NetworkFit {
        measures = List.copyOf(measures);
        train = List.copyOf(train);
        holdout = List.copyOf(holdout);
        stages = List.copyOf(stages);
        Require.size("metrics of the training rows", train.size(), measures.size());
        Require.that(
                holdout.isEmpty() || holdout.size() == measures.size(),
                "metrics of the held-out rows: found %d, expected %d",
                holdout.size(),
                measures.size());
    }

    /**
     * Returns the record of a training.
     *
     * @param metrics metrics of the training rows (false) and, if there are any, of the held-out rows (true)
     * @param rows number of training rows
     * @throws io.github.sparklatent.learn.DivergedException if the evidence lower bound is not finite or the loss is
     *     far above the loss of the first round
     */
    public static NetworkFit of(
            Map<Boolean, Map<String, Object>> metrics, StagedResult staged, long rows, String origin) {
        Map<String, Object> train = metrics.get(false);
        AveragingResult last = staged.last();
        List<String> names = List.copyOf(train.keySet());
        requireBounded(train, last);
        return new NetworkFit(
                names,
                numbers(train, names),
                metrics.containsKey(true) ? numbers(metrics.get(true), names) : List.of(),
                staged.stages().stream().map(StageFit::of).toList(),
                rows,
                last.kept().round(),
                last.stoppedEarly(),
                origin);
    }

    /**
     * Checks that the evidence lower bound, if there is one, is finite, and that the loss is not out of proportion to
     * the rounds' losses.
     */
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
        return names.stream()
                .map(name -> measures.get(name) instanceof Number number ? number.doubleValue() : Double.NaN)
                .toList();
    }

    /** Returns the number of rounds of all stages. */
    public int rounds() {
        return stages.stream().mapToInt(StageFit::rounds).sum();
    }

    /** Returns the last stage. */
    public StageFit last() {
        return stages.get(stages.size() - 1);
    }

    /** Returns the round whose parameters were kept, counted over all stages as {@link #rounds} are. */
    public int keptRound() {
        return rounds() - last().rounds() + bestRound;
    }

    /** Returns the number of epochs of all stages. */
    public double epochs() {
        return stages.stream().mapToDouble(StageFit::epochs).sum();
    }
}
