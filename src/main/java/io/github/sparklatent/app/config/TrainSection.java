package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * The training settings that all model types have.
 *
 * @param seed seed of all random streams
 * @param partitions absent: derived from the size of the data
 * @param maxSeconds seconds after which the training ends with its best model so far; 0: no limit
 * @param initialModel path of a saved model to start from
 */
public record TrainSection(
        long seed,
        Optional<Integer> partitions,
        double maxSeconds,
        Optional<String> initialModel,
        CheckpointSection checkpoint) {

    public TrainSection {
        CommonKeys.PARTITIONS.require(partitions);
        CommonKeys.MAX_SECONDS.require(maxSeconds);
        CommonKeys.INITIAL_MODEL.require(initialModel);
    }

    static TrainSection of(Settings settings) {
        return new TrainSection(
                settings.get(CommonKeys.SEED),
                settings.find(CommonKeys.PARTITIONS),
                settings.get(CommonKeys.MAX_SECONDS),
                settings.find(CommonKeys.INITIAL_MODEL),
                CheckpointSection.of(settings));
    }
}
