package io.github.sparklatent.app;

import io.github.sparklatent.config.AveragingSettings;
import io.github.sparklatent.config.OptimizerSettings;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Moments;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.learn.Schedule;
import io.github.sparklatent.ml.NetworkNames;

/** What the configuration says of rounds and steps, as the loop wants it. */
final class RoundOptions {
    private RoundOptions() {}

    /**
     * The rounds of a training or of one of its stages.
     *
     * @param optimizer of all that moves
     */
    static AveragingOptions of(AveragingSettings rounds, OptimizerSettings optimizer, long seed) {
        return AveragingOptions.DEFAULT
                .withMaxPasses(rounds.maxPasses())
                .withRoundsPerPass(rounds.roundsPerPass().orElse(0.0))
                .withLocalSteps(rounds.localSteps().orElse(0))
                .withBatchSize(rounds.batchSize().orElse(0))
                .withOptimizer(optimizer(optimizer))
                .withMoments(NetworkNames.constant(Moments.class, optimizer.moments()))
                .withOuter(outer(rounds.outer()))
                .withMovingAverage(rounds.movingAverage())
                .withEvaluateEvery(rounds.evaluateEvery().orElse(0))
                .withPatience(rounds.patience())
                .withSeed(seed);
    }

    static Optimizer optimizer(OptimizerSettings asked) {
        Optimizer preset = Optimizer.of(NetworkNames.constant(Optimizer.Type.class, asked.type()));
        OptimizerSettings.ScheduleSettings schedule = asked.schedule();
        Schedule curve = Schedule.of(NetworkNames.constant(Schedule.Type.class, schedule.type()));
        return new Optimizer(
                preset.type(),
                asked.learningRate().orElse(preset.learningRate()),
                asked.momentum().orElse(preset.momentum()),
                asked.beta1().orElse(preset.beta1()),
                asked.beta2().orElse(preset.beta2()),
                asked.epsilon().orElse(preset.epsilon()),
                asked.weightDecay().orElse(preset.weightDecay()),
                asked.clipNorm(),
                new Schedule(
                        curve.type(),
                        schedule.factor().orElse(curve.factor()),
                        schedule.every().orElse(curve.every()),
                        schedule.share().orElse(curve.share()),
                        schedule.least().orElse(curve.least()),
                        schedule.warmUpPasses()));
    }

    private static OuterOptimizer outer(AveragingSettings.OuterSettings asked) {
        OuterOptimizer preset =
                OuterOptimizer.of(NetworkNames.constant(OuterOptimizer.Type.class, asked.type()));
        return new OuterOptimizer(
                preset.type(),
                asked.learningRate().orElse(preset.learningRate()),
                asked.momentum().orElse(preset.momentum()),
                asked.beta2().orElse(preset.beta2()),
                asked.epsilon().orElse(preset.epsilon()),
                asked.warmUpPasses().orElse(preset.warmUpPasses()));
    }
}
