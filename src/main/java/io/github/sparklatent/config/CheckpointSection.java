package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;

/**
 * The settings of checkpoints, from which a stopped training can continue.
 *
 * @param every rounds between two checkpoints; 0: no checkpoints
 */
public record CheckpointSection(
        @Setting(
                key = "train.checkpoint.every",
                meaning = "rounds from one checkpoint to the next; 0: never",
                range = ">= 0",
                param = "-")
        int every) {
    /** The default settings. */
    public static final CheckpointSection DEFAULT = new CheckpointSection(5);

    public CheckpointSection {
        Rules.of(CheckpointSection.class).range("every", every).check();
    }
}
