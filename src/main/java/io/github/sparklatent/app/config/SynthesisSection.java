package io.github.sparklatent.app.config;

import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.SynthesisKeys;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a comparison of generated rows with real rows.
 *
 * @param rows most rows of each table
 * @param generated paths of generated rows; absent: the model draws them
 * @param target column whose prediction is compared; absent: none
 * @param isBoosted whether the classifier of detection is boosted trees; otherwise a forest
 */
public record SynthesisSection(
        int rows, Optional<List<String>> generated, Optional<String> target, boolean isBoosted) {

    /** Returns the section if the configuration asks for a comparison. */
    static Optional<SynthesisSection> of(Settings settings) {
        boolean asked =
                Stream.of(
                                SynthesisKeys.ROWS,
                                SynthesisKeys.GENERATED,
                                SynthesisKeys.TARGET,
                                SynthesisKeys.CLASSIFIER)
                        .anyMatch(settings::isGiven);
        return asked
                ? Optional.of(
                        new SynthesisSection(
                                settings.get(SynthesisKeys.ROWS),
                                settings.find(SynthesisKeys.GENERATED),
                                settings.find(SynthesisKeys.TARGET),
                                settings.get(SynthesisKeys.CLASSIFIER).equals("boosted-trees")))
                : Optional.empty();
    }
}
