package io.github.sparklatent.ml.core;

import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.OriginSection;
import io.github.sparklatent.report.OriginSection.RunOrigin;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sections of a page on the training of a model: its progress, its metrics and its origin. */
final class TrainingSections {
    private final TrainingRecord record;
    private final Map<String, Object> metrics;

    TrainingSections(TrainingRecord record) {
        this.record = record;
        this.metrics = Json.parse(record.metrics());
    }

    /** Returns the sections for readers who want to know how the model came about. */
    List<Section> all() {
        List<Section> sections = new ArrayList<>();
        progress().ifPresent(sections::add);
        List<List<Cell>> rows = new ArrayList<>();
        for (String part : List.of("model", "rows", "train", "holdout")) {
            if (metrics.get(part) instanceof Map<?, ?> entries) {
                entries.forEach((name, value) -> {
                    if (value instanceof Number || value instanceof String || value instanceof Boolean) {
                        String text = value instanceof Double number ? Numbers.figure(number) : String.valueOf(value);
                        rows.add(List.of(Cell.of(part), Cell.of(String.valueOf(name)), Cell.of(text)));
                    }
                });
            }
        }
        if (!rows.isEmpty()) {
            sections.add(new Section(
                    "metrics",
                    "Metrics",
                    "",
                    List.of(new Table(
                            "metrics-training",
                            "Metrics of the training.",
                            "",
                            List.of("Part", "Metric", "Value"),
                            rows,
                            false))));
        }
        if (metrics.get("origin") instanceof Map<?, ?> origin) {
            Map<String, String> entries = new LinkedHashMap<>();
            origin.forEach((name, value) -> {
                if (!name.equals("options")) {
                    entries.put(String.valueOf(name), String.valueOf(value));
                }
            });
            sections.add(OriginSection.of(new RunOrigin(entries, "")));
        }
        return sections;
    }

    /** Returns the curve of the objective: of the first metric that a round's line has of these. */
    private Optional<Section> progress() {
        List<TrainingRecord.Round> rounds = record.parsedRounds();
        for (String name : List.of("objective", "loss")) {
            double[] values = rounds.stream()
                    .mapToDouble(round ->
                            round.metrics().get(name) instanceof Number number ? number.doubleValue() : Double.NaN)
                    .toArray();
            if (Arrays.stream(values).filter(Double::isFinite).count() > 1) {
                double[] x = rounds.stream()
                        .mapToDouble(TrainingRecord.Round::number)
                        .toArray();
                Chart chart = Chart.of(
                                "objective",
                                "The %s after each round.".formatted(name),
                                "Line chart of the %s, in round %.0f %s."
                                        .formatted(name, x[x.length - 1], Numbers.figure(values[values.length - 1])),
                                Chart.Axis.of("round").scaled(Chart.Scale.WHOLE),
                                Chart.Axis.of(name))
                        .with(Chart.Series.line("", Palette.series(0), 2.5, x, values));
                return Optional.of(new Section("progress", "Progress of the training", "", List.of(chart)));
            }
        }
        return Optional.empty();
    }
}
