package io.github.sparklatent.config;

import io.github.sparklatent.settings.Setting;
import java.util.List;
import java.util.Optional;

/** The sections of a configuration that every model type has, with the default values. */
public final class CommonSections {
    /** The sections. */
    public static final List<Record> SECTIONS = List.of(
            ModelSection.DEFAULT,
            DataSection.DEFAULT,
            TrainSection.DEFAULT,
            OutputSection.DEFAULT,
            ScoreSection.DEFAULT,
            SampleSection.DEFAULT,
            RegistrySection.DEFAULT,
            GateSection.DEFAULT);

    /** All keys of the sections, in the order of the reference. */
    public static final List<Key<?>> KEYS = SECTIONS.stream()
            .flatMap(section -> OptionsRecord.keys(section).stream())
            .<Key<?>>map(key -> key)
            .toList();

    /** The type of model and the saved model that a job reads. */
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

    private CommonSections() {}

    /** Returns the key of a path, which must be one. */
    public static Key<?> key(String path) {
        return KEYS.stream().filter(key -> key.path().equals(path)).findFirst().orElseThrow();
    }
}
