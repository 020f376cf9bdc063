package io.github.sparklatent.config;

import java.util.Optional;

/**
 * A partition's steps as the configuration has them; what is absent is as the type has it.
 *
 * @param type the optimiser's name
 * @param clipNorm longest gradient; 0: any
 * @param moments average or reset
 * @param schedule how the learning rate changes
 */
public record OptimizerSettings(
        String type,
        Optional<Double> learningRate,
        Optional<Double> momentum,
        Optional<Double> beta1,
        Optional<Double> beta2,
        Optional<Double> epsilon,
        Optional<Double> weightDecay,
        double clipNorm,
        String moments,
        ScheduleSettings schedule) {
    /**
     * How the learning rate changes as the passes go by; what is absent is as the type has it.
     *
     * @param type its name
     * @param warmUpPasses passes over which the rate grows from 0
     */
    public record ScheduleSettings(
            String type,
            Optional<Double> factor,
            Optional<Double> every,
            Optional<Double> share,
            Optional<Double> least,
            double warmUpPasses) {}

    static OptimizerSettings of(Settings settings) {
        return new OptimizerSettings(
                settings.get(OptimizerKeys.TYPE),
                settings.find(OptimizerKeys.RATE),
                settings.find(OptimizerKeys.MOMENTUM),
                settings.find(OptimizerKeys.FIRST_DECAY),
                settings.find(OptimizerKeys.SECOND_DECAY),
                settings.find(OptimizerKeys.EPSILON),
                settings.find(OptimizerKeys.WEIGHT_DECAY),
                settings.get(OptimizerKeys.CLIP_NORM),
                settings.get(OptimizerKeys.MOMENTS),
                new ScheduleSettings(
                        settings.get(OptimizerKeys.SCHEDULE),
                        settings.find(OptimizerKeys.FACTOR),
                        settings.find(OptimizerKeys.EVERY),
                        settings.find(OptimizerKeys.SHARE),
                        settings.find(OptimizerKeys.LEAST),
                        settings.get(OptimizerKeys.WARM_UP)));
    }
}
