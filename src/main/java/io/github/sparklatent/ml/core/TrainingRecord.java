package io.github.sparklatent.ml.core;

import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.Palette;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics of a training, saved with the model.
 *
 * @param metrics the metrics as {@code metrics.json} has them: a JSON object
 * @param rounds the rounds as {@code rounds.jsonl} has them: a JSON object each
 * @param profile distributions of the columns of the training table; null if they are not known
 */
record TrainingRecord(String metrics, List<String> rounds, TableProfile profile) {
    static TrainingRecord of(Trained<?> trained) {
        return new TrainingRecord(
                Json.line(trained.result().metrics()),
                trained.rounds().stream().map(Json::line).toList(),
                trained.facts().profile());
    }

    /** A round with its number and its metrics. */
    record Round(int number, Map<String, Object> metrics) {}

    /** Returns the rounds; one without a number has that of its place, from 1. */
    List<Round> parsedRounds() {
        List<Round> all = new ArrayList<>();
        for (String line : rounds) {
            Map<String, Object> round = Json.parse(line);
            int number = round.remove("round") instanceof Number found ? found.intValue() : all.size() + 1;
            all.add(new Round(number, round));
        }
        return all;
    }

    /** Returns the warnings of the training, as sentences. */
    List<String> warnings() {
        return Json.parse(metrics).get("warnings") instanceof List<?> found
                ? found.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Returns the sections for readers who want to know how the model came about. */
    List<Section> sections() {
        Map<String, Object> parsed = Json.parse(metrics);
        List<Section> sections = new ArrayList<>();
        progress().ifPresent(sections::add);
        List<List<Cell>> rows = new ArrayList<>();
        for (String part : List.of("model", "rows", "train", "holdout")) {
            if (parsed.get(part) instanceof Map<?, ?> entries) {
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
        if (parsed.get("origin") instanceof Map<?, ?> found) {
            @SuppressWarnings("unchecked") // a JSON object has texts as its keys
            Map<String, Object> origin = (Map<String, Object>) found;
            sections.add(new Origin(origin).section(""));
        }
        return sections;
    }

    /** Returns the curve of the objective: of the first metric that a round's line has of these. */
    private Optional<Section> progress() {
        List<Round> all = parsedRounds();
        for (String name : List.of("objective", "loss")) {
            double[] values = all.stream()
                    .mapToDouble(round ->
                            round.metrics().get(name) instanceof Number number ? number.doubleValue() : Double.NaN)
                    .toArray();
            if (Arrays.stream(values).filter(Double::isFinite).count() > 1) {
                double[] x = all.stream().mapToDouble(Round::number).toArray();
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
