package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * Training as every model has it; what only some have stands in their {@link ModelSettings}.
 *
 * @param seed of every random stream
 * @param partitions absent: from the data's size
 * @param initialModel path of a saved model to start from
 */
public record TrainSection(
        long seed,
        Optional<Integer> partitions,
        Optional<String> initialModel,
        CheckpointSection checkpoint) {

    public TrainSection {
        CommonKeys.PARTITIONS.require(partitions);
        CommonKeys.INITIAL_MODEL.require(initialModel);
    }

    static TrainSection of(Settings settings) {
        return new TrainSection(
                settings.get(CommonKeys.SEED),
                settings.find(CommonKeys.PARTITIONS),
                settings.find(CommonKeys.INITIAL_MODEL),
                CheckpointSection.of(settings));
    }
}
