package io.github.sparklatent.config;

import java.util.Optional;

/**
 * What is drawn from a saved model.
 *
 * @param rows at least 1
 * @param component index from 0; absent: all, by their weights
 */
public record SampleSection(long rows, Optional<Integer> component, long seed) {

    public SampleSection {
        CommonKeys.SAMPLE_ROWS.require(rows);
        MixtureKeys.SAMPLE_COMPONENT.require(component);
    }

    static SampleSection of(Settings settings) {
        return new SampleSection(
                settings.get(CommonKeys.SAMPLE_ROWS),
                settings.find(MixtureKeys.SAMPLE_COMPONENT),
                settings.get(CommonKeys.SAMPLE_SEED));
    }
}
