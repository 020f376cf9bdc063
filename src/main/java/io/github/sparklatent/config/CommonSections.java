package io.github.sparklatent.config;

import java.util.List;

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

    private CommonSections() {}

    /** Returns the key of a path, which must be one. */
    public static Key<?> key(String path) {
        return KEYS.stream().filter(key -> key.path().equals(path)).findFirst().orElseThrow();
    }
}
