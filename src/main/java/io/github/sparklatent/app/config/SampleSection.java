package io.github.sparklatent.app.config;

import io.github.sparklatent.config.CommonKeys;
import io.github.sparklatent.config.Settings;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of drawing rows from a saved model.
 *
 * @param rows number of rows, at least 1
 * @param component index of the component from which rows are drawn, from 0; absent: all
 *     components, by their weights
 * @param seed seed of the draw
 * @param noise whether rows are drawn from the likelihood, if the model has the choice
 * @param missing whether cells may be missing, if the model has the choice
 * @param given values of some features by name, in the units of the table; absent: none
 */
public record SampleSection(
        long rows,
        Optional<Integer> component,
        long seed,
        boolean noise,
        boolean missing,
        Optional<Map<String, String>> given) {

    public SampleSection {
        CommonKeys.SAMPLE_ROWS.require(rows);
        CommonKeys.SAMPLE_COMPONENT.require(component);
    }

    static SampleSection of(Settings settings) {
        return new SampleSection(
                settings.get(CommonKeys.SAMPLE_ROWS),
                settings.find(CommonKeys.SAMPLE_COMPONENT),
                settings.get(CommonKeys.SAMPLE_SEED),
                settings.findOwn(CommonKeys.SAMPLE_NOISE).orElse(false),
                settings.findOwn(CommonKeys.SAMPLE_MISSING).orElse(true),
                settings.findOwn(CommonKeys.SAMPLE_GIVEN));
    }
}
