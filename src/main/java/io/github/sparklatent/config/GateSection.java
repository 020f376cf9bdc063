package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
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
        @Setting(
                        key = "gate.fraction",
                        meaning =
                                "fraction of the rows on which versions are compared; no run trains"
                                        + " on them",
                        range = "> 0 and < 1")
                double fraction,
        @Setting(
                        key = "gate.maxRows",
                        meaning =
                                "largest number of rows of a comparison and of a column's profile",
                        range = ">= 100")
                int maxRows,
        @Setting(
                        key = "gate.margin",
                        meaning =
                                "mean gain over the champion that the interval must lie above; may"
                                        + " be negative",
                        unit = "nats per row")
                double margin,
        @Setting(
                        key = "gate.confidence",
                        meaning = "confidence of the one-sided bootstrap interval of the mean gain",
                        range = "> 0 and < 1")
                double confidence,
        @Setting(
                        key = "gate.minimum",
                        meaning =
                                "lowest accepted figures of the held-out rows, { accuracy = 0.8 }",
                        absent = "no figure has a floor")
                Map<String, Double> minimum,
        @Setting(
                        key = "gate.rowsShare",
                        meaning = "smallest accepted number of rows, as a share of the champion's",
                        range = ">= 0 and < 1")
                double rowsShare,
        @Setting(
                        key = "gate.missingIncrease",
                        meaning = "largest accepted increase of a column's share of missing values",
                        range = "> 0 and <= 1")
                double missingIncrease,
        @Setting(
                        key = "gate.shift",
                        meaning =
                                "largest accepted distance of a column's mean from the champion's",
                        range = "> 0",
                        unit = "deviations")
                double shift,
        @Setting(
                        key = "gate.stretch",
                        meaning =
                                "largest accepted ratio of a column's deviation to the champion's,"
                                        + " or its inverse",
                        range = "> 0")
                double stretch,
        @Setting(
                        key = "gate.drift",
                        meaning =
                                "population stability index above which a significant change is"
                                        + " reported",
                        range = "> 0")
                double drift) {
    /** The default settings. */
    public static final GateSection DEFAULT =
            new GateSection(0.1, 100_000, 0, 0.95, Map.of(), 0.5, 0.1, 3, 10, 0.1);

    public GateSection {
        Rules.of(GateSection.class)
                .range("fraction", fraction)
                .range("maxRows", maxRows)
                .range("margin", margin)
                .range("confidence", confidence)
                .range("rowsShare", rowsShare)
                .range("missingIncrease", missingIncrease)
                .range("shift", shift)
                .range("stretch", stretch)
                .range("drift", drift)
                .check();
        minimum = Map.copyOf(minimum);
    }
}
