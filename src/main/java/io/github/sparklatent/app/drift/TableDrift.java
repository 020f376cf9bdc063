package io.github.sparklatent.app.drift;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.config.DriftSection;
import io.github.sparklatent.metrics.synthesis.ColumnShapes;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.synthesis.Detection;
import io.github.sparklatent.report.format.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/**
 * The drift of a table.
 *
 * @param columns the columns, those that differ most first
 * @param leftOut columns of both tables that are not compared, with the reasons
 * @param detection the classifier of the two tables; empty if there are too few rows or no columns to compare
 * @param features names of the columns that the classifier reads
 * @param scores anomaly scores under a model; empty without a model
 * @param section the limits
 */
public record TableDrift(
        List<ColumnDrift> columns,
        List<String> leftOut,
        Optional<Detection> detection,
        List<String> features,
        Optional<ScoreDrift> scores,
        DriftSection section) {
    /** Standard errors by which an area must exceed 0.5. */
    private static final double ERRORS = 3;

    /** Largest number of columns that the lines name. */
    private static final int NAMED = 10;

    /** Largest number of columns named for the classifier. */
    private static final int TELLING = 5;

    /**
     * Compares the columns.
     *
     * @param all columns of both tables
     * @param reference sample of the reference: the numbers of the encoders of the columns, in order; empty if there
     *     are none
     */
    public static TableDrift of(
            List<ComparedColumn> all,
            Optional<ComparedRows> reference,
            Optional<ComparedRows> current,
            Optional<Detection> detection,
            Optional<ScoreDrift> scores,
            DriftSection section) {
        List<ColumnDrift> columns = new ArrayList<>();
        List<String> features = new ArrayList<>();
        double[] shapes = reference.isPresent() ? ColumnShapes.of(reference.get(), current.orElseThrow()) : null;
        int width = reference.map(ComparedRows::width).orElse(0);
        for (ComparedColumn column : all) {
            if (!column.fault().isEmpty()) {
                columns.add(ColumnDrift.faulty(column));
            }
            for (Feature feature :
                    column.encoder().map(encoder -> encoder.features()).orElse(List.of())) {
                int j = features.size();
                features.add(feature.name());
                columns.add(ColumnDrift.of(
                        column,
                        feature,
                        reference.orElseThrow().column(j),
                        current.orElseThrow().column(j),
                        1 - shapes[j],
                        detection.map(found -> found.importances()[j]).orElse(Double.NaN),
                        section.stability(),
                        width));
            }
        }
        columns.sort(Comparator.comparingDouble(ColumnDrift::order));
        List<String> leftOut = all.stream()
                .filter(column -> column.encoder().isEmpty() && column.fault().isEmpty())
                .map(column -> column.name() + ": " + column.type())
                .toList();
        return new TableDrift(columns, leftOut, detection, features, scores, section);
    }

    /** Returns the columns that have drifted. */
    public List<ColumnDrift> drifted() {
        return columns.stream().filter(ColumnDrift::drifted).toList();
    }

    /** Returns the share of the columns that have drifted. */
    public double share() {
        return columns.isEmpty() ? 0 : (double) drifted().size() / columns.size();
    }

    /** Returns why the table has drifted, as sentences without an end; empty if it has not. */
    public List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        if (share() > section.share()) {
            reasons.add(
                    "%.1f%% of the columns have drifted, limit %.1f%%".formatted(100 * share(), 100 * section.share()));
        }
        detection
                .filter(found -> exceeds(found.area(), found.standardError()))
                .ifPresent(found -> reasons.add("a classifier tells the tables apart with area %.4f, limit %.4f"
                        .formatted(found.area(), section.area())));
        scores.filter(found -> exceeds(Math.max(found.area(), 1 - found.area()), found.areaError()))
                .ifPresent(found -> reasons.add("the anomaly scores have moved, area %.4f, limits %.4f and %.4f"
                        .formatted(found.area(), 1 - section.area(), section.area())));
        return reasons;
    }

    private boolean exceeds(double area, double error) {
        return area > section.area() && area > 0.5 + ERRORS * error;
    }

    /**
     * Returns the columns that tell the tables apart most, with their shares in percent; empty if the classifier cannot
     * tell them apart, because its choice of columns means nothing then.
     */
    public String telling() {
        double[] importances = detection
                .filter(found -> found.area() > 0.5 + ERRORS * found.standardError())
                .map(Detection::importances)
                .orElse(new double[0]);
        return IntStream.of(Order.descending(importances))
                .limit(TELLING)
                .filter(j -> importances[j] > 0)
                .mapToObj(j -> "%s %.0f%%".formatted(features.get(j), 100 * importances[j]))
                .collect(Collectors.joining(", "));
    }

    /** Returns the columns as rows of {@link ColumnDrift#SCHEMA}. */
    public List<Row> rows() {
        return columns.stream().map(ColumnDrift::row).toList();
    }

    /** Returns the figures. */
    public Map<String, Object> json() {
        return Json.object(
                "decision", reasons().isEmpty() ? "alike" : "drifted",
                "reasons", reasons(),
                "drift",
                        Json.object(
                                "columns", columns.size(),
                                "drifted", drifted().size(),
                                "share", share()),
                "classifier",
                        detection
                                .map(found -> Json.object(
                                        "auc", found.area(),
                                        "standardError", found.standardError(),
                                        "rows", found.rows()))
                                .orElse(null),
                "scores", scores.map(ScoreDrift::json).orElse(null),
                "columns", columns.stream().map(ColumnDrift::json).toList(),
                "leftOut", leftOut);
    }

    /** Adds the lines of the result. */
    public void addTo(Lines lines) {
        List<ColumnDrift> drifted = drifted();
        lines.add("drift", "%d of %s, %.1f%%", drifted.size(), Lines.count(columns.size(), "column"), 100 * share());
        drifted.stream()
                .limit(NAMED)
                .forEach(column -> lines.add("column", "%s: %s", column.column(), String.join("; ", column.notes())));
        if (drifted.size() > NAMED) {
            lines.add("column", "and %d more", drifted.size() - NAMED);
        }
        detection.ifPresent(found -> lines.add(
                "area",
                "%.4f ± %.4f of a classifier of the tables (0.5: it cannot tell them apart)%s",
                found.area(),
                found.standardError(),
                telling().isEmpty() ? "" : ", mostly by " + telling()));
        scores.ifPresent(found -> lines.add(
                "scores",
                "area %.4f ± %.4f, mean anomaly score %.4f, then %.4f: difference %.4f ± %.4f nats",
                found.area(),
                found.areaError(),
                found.before(),
                found.after(),
                found.difference(),
                found.error()));
        lines.add("decision", "%s", reasons().isEmpty() ? "alike" : "drifted: " + String.join("; ", reasons()));
    }
}
