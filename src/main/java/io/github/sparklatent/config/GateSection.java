package io.github.sparklatent.config;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.Map;

/** The settings of the checks that a model version has to pass before it is published. */
public record GateSection(
        @Setting(
                key = "gate.fraction",
                meaning = "fraction of the rows on which versions are compared; no run trains" + " on them",
                range = "> 0 and < 1")
        double fraction,

        @Setting(
                key = "gate.margin",
                meaning = "mean gain over the champion that the interval must lie above; may" + " be negative",
                unit = "nats per row")
        double margin,

        @Setting(
                key = "gate.minimum",
                meaning = "lowest accepted metrics of the held-out rows, { accuracy = 0.8 }",
                absent = "no metric has a floor")
        Map<String, Double> minimum,

        @Setting(
                key = "gate.checks",
                meaning = "whether a table that is unlike the champion's is refused; false:" + " it is reported")
        boolean checks) {
    /** The default settings. */
    public static final GateSection DEFAULT = new GateSection(0.1, 0, Map.of(), true);

    public GateSection {
        Rules.of(GateSection.class)
                .range("fraction", fraction)
                .range("margin", margin)
                .check();
        minimum = Map.copyOf(minimum);
    }
}
