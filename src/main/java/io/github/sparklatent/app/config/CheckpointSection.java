package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * The settings of checkpoints, from which a stopped training can continue.
 *
 * @param every rounds between two checkpoints; 0: no checkpoints
 * @param path path of the checkpoint file; absent if neither it nor output.path is set
 */
public record CheckpointSection(int every, Optional<String> path) {

    public CheckpointSection {
        CommonKeys.CHECKPOINT_EVERY.require(every);
        CommonKeys.CHECKPOINT_PATH.require(path);
    }

    static CheckpointSection of(Settings settings) {
        return new CheckpointSection(
                settings.get(CommonKeys.CHECKPOINT_EVERY),
                settings.find(CommonKeys.CHECKPOINT_PATH)
                        .or(
                                () ->
                                        settings.find(CommonKeys.OUTPUT_PATH)
                                                .map(path -> Sibling.of(path, ".checkpoint"))));
    }
}
