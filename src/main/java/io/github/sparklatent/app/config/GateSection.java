package io.github.sparklatent.app.config;

import io.github.sparklatent.config.RegistryKeys;
import io.github.sparklatent.config.Settings;
import java.util.Map;

/**
 * The settings of the checks that a model version has to pass before it is published.
 *
 * @param fraction fraction of the rows that no run trains on
 * @param maxRows largest number of rows of a comparison and of a profile
 * @param margin gain over the champion that the interval must lie above, in nats per row
 * @param confidence confidence of the interval of the mean gain
 * @param minimum lowest accepted figures by name
 * @param rowsShare smallest accepted number of rows, as a share of the champion's
 * @param missingIncrease largest accepted increase of a share of missing values
 * @param shift largest accepted distance of a mean, in deviations
 * @param stretch largest accepted ratio of two deviations
 * @param drift population stability index above which a significant change is reported
 */
public record GateSection(
        double fraction,
        int maxRows,
        double margin,
        double confidence,
        Map<String, Double> minimum,
        double rowsShare,
        double missingIncrease,
        double shift,
        double stretch,
        double drift) {

    public GateSection {
        RegistryKeys.FRACTION.require(fraction);
        RegistryKeys.MAX_ROWS.require(maxRows);
        RegistryKeys.CONFIDENCE.require(confidence);
        minimum = Map.copyOf(minimum);
    }

    static GateSection of(Settings settings) {
        return new GateSection(
                settings.get(RegistryKeys.FRACTION),
                settings.get(RegistryKeys.MAX_ROWS),
                settings.get(RegistryKeys.MARGIN),
                settings.get(RegistryKeys.CONFIDENCE),
                settings.find(RegistryKeys.MINIMUM).orElse(Map.of()),
                settings.get(RegistryKeys.ROWS_SHARE),
                settings.get(RegistryKeys.MISSING_INCREASE),
                settings.get(RegistryKeys.SHIFT),
                settings.get(RegistryKeys.STRETCH),
                settings.get(RegistryKeys.DRIFT));
    }
}
