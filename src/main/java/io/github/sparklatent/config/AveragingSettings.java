package io.github.sparklatent.config;

import java.util.Optional;

/**
 * The rounds of a network's training as the configuration has them.
 *
 * @param maxPasses at most
 * @param roundsPerPass averages in a pass, where there are no local steps; absent: from the data's
 *     size
 * @param localSteps batches of a round
 * @param batchSize rows of a step; absent: from the number of partitions
 * @param patience evaluations without progress; 0: any number
 * @param evaluateEvery rounds; absent: once a pass
 * @param movingAverage passes over which parameters are averaged; 0: none
 * @param outer what is done with the average
 */
public record AveragingSettings(
        double maxPasses,
        Optional<Double> roundsPerPass,
        Optional<Integer> localSteps,
        Optional<Integer> batchSize,
        int patience,
        Optional<Integer> evaluateEvery,
        double movingAverage,
        OuterSettings outer) {
    /**
     * The driver's optimiser; what is absent is as its type has it.
     *
     * @param type its name
     */
    public record OuterSettings(
            String type,
            Optional<Double> learningRate,
            Optional<Double> momentum,
            Optional<Double> beta2,
            Optional<Double> epsilon,
            Optional<Double> warmUpPasses) {}

    static AveragingSettings of(Settings settings) {
        return new AveragingSettings(
                settings.get(AveragingKeys.MAX_PASSES),
                settings.find(AveragingKeys.ROUNDS_PER_PASS),
                settings.find(AveragingKeys.LOCAL_STEPS),
                settings.find(AveragingKeys.BATCH_SIZE),
                settings.get(AveragingKeys.PATIENCE),
                settings.find(AveragingKeys.EVALUATE_EVERY),
                settings.get(AveragingKeys.MOVING_AVERAGE),
                new OuterSettings(
                        settings.get(AveragingKeys.OUTER),
                        settings.find(AveragingKeys.OUTER_RATE),
                        settings.find(AveragingKeys.OUTER_MOMENTUM),
                        settings.find(AveragingKeys.OUTER_SECOND_DECAY),
                        settings.find(AveragingKeys.OUTER_EPSILON),
                        settings.find(AveragingKeys.OUTER_WARM_UP)));
    }
}
