package io.github.sparklatent.bench.training;

import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.util.ArrayList;
import java.util.List;

/**
 * One training of the benchmark. All other options have their defaults.
 *
 * @param partitions of the data
 * @param skewed whether each partition has two of the digits only
 * @param outer optimiser
 * @param decay whether the rate falls to 0 over the last 30% of the epochs
 */
record AveragingTrial(
        int partitions, boolean skewed, OuterOptimizer.Type outer, int epochs, int roundsPerEpoch, boolean decay) {
    static final List<Integer> PARTITIONS = List.of(1, 2, 4, 8, 16, 32);
    static final List<Integer> LENGTHS = List.of(10, 20, 50);
    static final int SKEWED = 10;

    /** Epochs of the trainings of the grid: outer optimisers by partitions. */
    static final int GRID = 10;

    private static final int ROUNDS = 8;
    private static final int LONG = 50;

    /** Plain training in one partition, and the defaults in eight partitions. */
    static final List<AveragingTrial> COMPARED =
            List.of(grid(1, OuterOptimizer.Type.AVERAGE), grid(8, OuterOptimizer.DEFAULT.type()));

    static AveragingTrial grid(int partitions, OuterOptimizer.Type outer) {
        return new AveragingTrial(partitions, false, outer, GRID, ROUNDS, false);
    }

    static AveragingTrial skewed(OuterOptimizer.Type outer, int roundsPerEpoch) {
        return new AveragingTrial(SKEWED, true, outer, GRID, roundsPerEpoch, false);
    }

    /** The longest training at a constant rate, which includes the shorter ones. */
    AveragingTrial constant() {
        return new AveragingTrial(partitions, skewed, outer, LONG, roundsPerEpoch, false);
    }

    AveragingTrial decayed(int length) {
        return new AveragingTrial(partitions, skewed, outer, length, roundsPerEpoch, true);
    }

    /** All trainings, the most important first. */
    static List<AveragingTrial> all() {
        List<AveragingTrial> all = new ArrayList<>();
        COMPARED.forEach(trial -> all.add(trial.constant()));
        COMPARED.forEach(trial -> all.add(trial.decayed(LONG)));
        List<OuterOptimizer.Type> outers = List.of(
                OuterOptimizer.Type.NESTEROV,
                OuterOptimizer.Type.AVERAGE,
                OuterOptimizer.Type.MOMENTUM,
                OuterOptimizer.Type.ADAM);
        for (OuterOptimizer.Type outer : outers) {
            PARTITIONS.stream()
                    .map(partitions -> grid(partitions, outer))
                    .filter(trial -> !COMPARED.contains(trial)) // included in the constant run
                    .forEach(all::add);
        }
        for (OuterOptimizer.Type outer : outers.subList(0, 2)) {
            all.add(skewed(outer, ROUNDS));
            all.add(skewed(outer, 1));
        }
        for (int length : LENGTHS.subList(0, LENGTHS.indexOf(LONG))) {
            COMPARED.forEach(trial -> all.add(trial.decayed(length)));
        }
        return all;
    }

    /** For example {@code 8-nesterov-50-decay}. */
    String name() {
        return "%d%s-%s-%d%s%s"
                .formatted(
                        partitions,
                        skewed ? "-skewed" : "",
                        outer,
                        epochs,
                        roundsPerEpoch == ROUNDS ? "" : "-rounds-" + roundsPerEpoch,
                        decay ? "-decay" : "");
    }

    Training training(double limit) {
        AveragingOptions options = AveragingOptions.DEFAULT
                .withMaxEpochs(Math.min(limit, epochs))
                .withRoundsPerEpoch(roundsPerEpoch)
                .withMovingAverage(1)
                .withOuter(OuterOptimizer.of(outer));
        if (decay) {
            options = options.withOptimizer(options.optimizer().withSchedule(Schedule.of(Schedule.Type.LINEAR)));
        }
        return new Training(
                name(),
                Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 200),
                VariationalOptions.DEFAULT,
                options);
    }
}
