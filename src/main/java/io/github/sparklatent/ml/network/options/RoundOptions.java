package io.github.sparklatent.ml.network.options;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.Moments;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.ml.network.keys.AveragingKeys;
import io.github.sparklatent.ml.network.keys.OptimizerKeys;

/** Builds the options of rounds and optimisers from settings. */
final class RoundOptions {
    private RoundOptions() {}

    /** Returns the options of the rounds of a training or of one of its stages. */
    public static AveragingOptions of(Settings settings) {
        return AveragingOptions.DEFAULT
                .withMaxEpochs(settings.get(AveragingKeys.MAX_EPOCHS))
                .withRoundsPerEpoch(settings.find(AveragingKeys.ROUNDS_PER_EPOCH).orElse(0.0))
                .withLocalSteps(settings.find(AveragingKeys.LOCAL_STEPS).orElse(0))
                .withBatchSize(settings.find(AveragingKeys.BATCH_SIZE).orElse(0))
                .withOptimizer(optimizer(settings))
                .withMoments(Names.constant(Moments.class, settings.get(OptimizerKeys.MOMENTS)))
                .withOuter(outer(settings))
                .withMovingAverage(settings.get(AveragingKeys.MOVING_AVERAGE))
                .withEvaluateEvery(settings.find(AveragingKeys.EVALUATE_EVERY).orElse(0))
                .withPatience(settings.get(AveragingKeys.PATIENCE))
                .withSeed(settings.get("train.seed", Long.class));
    }

    /**
     * Returns the optimiser of the partitions. Values that are not set have the defaults of its
     * type.
     */
    public static Optimizer optimizer(Settings settings) {
        Optimizer preset =
                Optimizer.of(
                        Names.constant(Optimizer.Type.class, settings.get(OptimizerKeys.TYPE)));
        Schedule curve =
                Schedule.of(
                        Names.constant(Schedule.Type.class, settings.get(OptimizerKeys.SCHEDULE)));
        return new Optimizer(
                preset.type(),
                settings.find(OptimizerKeys.RATE).orElse(preset.learningRate()),
                settings.find(OptimizerKeys.MOMENTUM).orElse(preset.momentum()),
                settings.find(OptimizerKeys.FIRST_DECAY).orElse(preset.beta1()),
                settings.find(OptimizerKeys.SECOND_DECAY).orElse(preset.beta2()),
                settings.find(OptimizerKeys.EPSILON).orElse(preset.epsilon()),
                settings.find(OptimizerKeys.WEIGHT_DECAY).orElse(preset.weightDecay()),
                settings.get(OptimizerKeys.CLIP_NORM),
                new Schedule(
                        curve.type(),
                        settings.find(OptimizerKeys.FACTOR).orElse(curve.factor()),
                        settings.find(OptimizerKeys.EVERY).orElse(curve.every()),
                        settings.find(OptimizerKeys.SHARE).orElse(curve.share()),
                        settings.find(OptimizerKeys.LEAST).orElse(curve.least()),
                        settings.get(OptimizerKeys.WARM_UP)));
    }

    private static OuterOptimizer outer(Settings settings) {
        OuterOptimizer preset =
                OuterOptimizer.of(
                        Names.constant(
                                OuterOptimizer.Type.class, settings.get(AveragingKeys.OUTER)));
        return new OuterOptimizer(
                preset.type(),
                settings.find(AveragingKeys.OUTER_RATE).orElse(preset.learningRate()),
                settings.find(AveragingKeys.OUTER_MOMENTUM).orElse(preset.momentum()),
                settings.find(AveragingKeys.OUTER_SECOND_DECAY).orElse(preset.beta2()),
                settings.find(AveragingKeys.OUTER_EPSILON).orElse(preset.epsilon()),
                settings.find(AveragingKeys.OUTER_WARM_UP).orElse(preset.warmUpEpochs()));
    }
}
