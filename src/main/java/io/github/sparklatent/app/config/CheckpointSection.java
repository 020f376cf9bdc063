package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * When and where training writes what it needs to go on after a stop.
 *
 * @param every rounds; 0: never
 * @param path absent where neither it nor output.path is given
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
