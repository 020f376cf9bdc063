package io.github.sparklatent.report;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of a network's training. Numbers and epochs are counted over all stages.
 *
 * @param stages finished stages, in order
 */
public record TrainingRounds(List<StageRecord> stages) {
    /**
     * One round.
     *
     * @param number number of the round, from 1
     * @param epochs epochs completed at the end of the round
     * @param measures names of the measures of its stage
     * @param record the round as its stage counts it
     */
    public record Round(int number, double epochs, List<String> measures, NetworkRound record) {
        /** Returns a mean over the training rows during the round; NaN if it was not measured. */
        public double training(String measure) {
            return value(measure, record.measures());
        }

        /** Returns a mean over the held-out rows after the round; NaN if it was not measured. */
        public double heldOut(String measure) {
            return value(measure, record.heldOut());
        }

        /** Returns a mean over the held-out rows under the moving average of the parameters; NaN if not measured. */
        double averaged(String measure) {
            return value(measure, record.averageHeldOut());
        }

        private double value(String measure, List<Double> values) {
            int place = measures.indexOf(measure);
            return place < 0 || values.isEmpty() ? Double.NaN : values.get(place);
        }

        /** Returns the largest learning rate of all parameter groups; NaN if none is known. */
        public double greatestRate() {
            return record.learningRates().stream()
                    .mapToDouble(LearningRate::value)
                    .max()
                    .orElse(Double.NaN);
        }
    }

    /**
     * One stage.
     *
     * @param name name of the stage for readers, such as "encoder"
     * @param from epochs completed at its start
     * @param to epochs completed at its end
     */
    record Stage(String name, double from, double to) {}

    /** Returns the rounds of all stages. */
    public List<Round> all() {
        List<Round> rounds = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : stages) {
            int before = rounds.size();
            for (NetworkRound round : stage.rounds()) {
                rounds.add(new Round(before + round.number(), epochs + round.epochs(), stage.measures(), round));
            }
            epochs += stage.epochs();
        }
        return rounds;
    }

    /** Returns the rounds of the stages that have a measure. */
    public List<Round> with(String measure) {
        return all().stream()
                .filter(round -> round.measures().contains(measure))
                .toList();
    }

    /** Returns whether rounds have a loss. Purely adversarial training has only the losses of its two players. */
    public boolean haveLoss() {
        return all().stream()
                .anyMatch(round -> Double.isFinite(round.training("loss")) || Double.isFinite(round.heldOut("loss")));
    }

    /** Returns the stages that a reader can tell apart; empty if there is only one. */
    List<Stage> named() {
        List<Stage> named = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : stages.size() > 1 ? stages : List.<StageRecord>of()) {
            named.add(new Stage(stage.name(), epochs, epochs + stage.epochs()));
            epochs += stage.epochs();
        }
        return named;
    }
}
