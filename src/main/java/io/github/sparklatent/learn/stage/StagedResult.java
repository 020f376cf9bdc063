package io.github.sparklatent.learn.stage;

import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.optimizer.LearningRate;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a staged training.
 *
 * @param parameters parameters of the trained model. Not to be modified.
 * @param last result of the last stage's loop
 * @param stages the records of all stages
 */
public record StagedResult(float[] parameters, AveragingResult last, List<StageRecord> stages) {
    public StagedResult {
        stages = List.copyOf(stages);
    }

    /** Returns the rounds of all stages, whose numbers and epochs are counted over all stages. */
    public List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        double start = 0;
        for (StageRecord stage : stages) {
            int before = rounds.size();
            for (NetworkRound round : stage.rounds()) {
                rounds.add(new Round(stage, start, before + round.number(), round));
            }
            start += stage.epochs();
        }
        return rounds;
    }

    /**
     * One round.
     *
     * @param stage stage of the round
     * @param start epochs completed at the start of the stage
     * @param number number of the round, from 1
     * @param record the round as its stage counts it
     */
    public record Round(StageRecord stage, double start, int number, NetworkRound record) {
        /** Returns whether the stage begins with this round. */
        public boolean isFirst() {
            return record.number() == 1;
        }

        /** Returns the epochs completed at the end of the round. */
        public double epochs() {
            return start + record.epochs();
        }

        /** Returns a mean over the training rows during the round; NaN if it was not measured. */
        public double training(String measure) {
            return value(measure, record.measures());
        }

        /** Returns a mean over the held-out rows after the round; NaN if it was not measured. */
        public double heldOut(String measure) {
            return value(measure, record.heldOut());
        }

        /** Returns a mean over the held-out rows under the moving average of the parameters; NaN if not measured. */
        public double averaged(String measure) {
            return value(measure, record.averageHeldOut());
        }

        private double value(String measure, List<Double> values) {
            int place = stage.measures().indexOf(measure);
            return place < 0 || values.isEmpty() ? Double.NaN : values.get(place);
        }

        /** Returns the learning rate of a parameter group; NaN if the round did not train it. */
        public double rate(String group) {
            return record.learningRates().stream()
                    .filter(rate -> rate.group().equals(group))
                    .mapToDouble(LearningRate::value)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
