package io.github.sparklatent.config;

import io.github.sparklatent.settings.Setting;
import java.util.Optional;

/**
 * The type of model and the saved model that a job reads.
 *
 * @param type type of model
 * @param path saved result; absent: the champion of the registry, or {@code output.path}
 */
public record ModelSection(
        @Setting(key = "model.type", meaning = "type of model", noun = "a type of model", param = "-")
        String type,

        @Setting(
                key = "model.path",
                meaning = "saved result that evaluate, score, sample and inspect read",
                absent = "the registry's champion, or output.path",
                noun = "a path",
                param = "-")
        Optional<String> path) {
    /** The default settings. */
    public static final ModelSection DEFAULT = new ModelSection("gmm", Optional.empty());
}
