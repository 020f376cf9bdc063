package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a comparison of generated rows with real rows.
 *
 * @param rows most rows of each table
 * @param generated paths of generated rows; absent: the model draws them
 * @param target column whose prediction is compared; absent: none
 */
public record SynthesisSection(
        @Setting(
                key = "evaluate.synthesis.rows",
                meaning = "most rows of each table that are compared; setting it asks for the" + " comparison",
                range = ">= 100")
        int rows,

        @Setting(
                key = "evaluate.synthesis.generated",
                meaning = "paths of generated rows, in data.format, of any program",
                absent = "the model draws them",
                noun = "a path")
        Optional<List<String>> generated,

        @Setting(
                key = "evaluate.synthesis.target",
                meaning = "modelled column that a classifier learns from generated and from" + " real rows",
                absent = "utility is not measured",
                noun = "a column name")
        Optional<String> target) {
    /** The default settings. */
    public static final SynthesisSection DEFAULT = new SynthesisSection(50_000, Optional.empty(), Optional.empty());

    public SynthesisSection {
        Rules.of(SynthesisSection.class).range("rows", rows).check();
    }

    /** Returns the section if the configuration asks for a comparison. */
    public static Optional<SynthesisSection> of(Settings settings) {
        boolean asked = OptionsRecord.keys(DEFAULT).stream().anyMatch(key -> settings.isGiven(key.path()));
        return asked ? Optional.of(settings.bind(DEFAULT)) : Optional.empty();
    }
}
