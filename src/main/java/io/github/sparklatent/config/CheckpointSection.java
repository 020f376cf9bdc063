package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.Optional;

/**
 * The settings of checkpoints, from which a stopped training can continue.
 *
 * @param every rounds between two checkpoints; 0: no checkpoints
 * @param path path of the checkpoint file; absent: beside the output
 */
public record CheckpointSection(
        @Setting(
                key = "train.checkpoint.every",
                meaning = "rounds from one checkpoint to the next; 0: never",
                range = ">= 0",
                param = "-")
        int every,

        @Setting(
                key = "train.checkpoint.path",
                meaning = "path of the checkpoint file",
                absent = "<output.path>.checkpoint",
                noun = "a path",
                param = "-")
        Optional<String> path) {
    /** The default settings. */
    public static final CheckpointSection DEFAULT = new CheckpointSection(5, Optional.empty());

    public CheckpointSection {
        Rules.of(CheckpointSection.class).range("every", every).check();
    }
}
