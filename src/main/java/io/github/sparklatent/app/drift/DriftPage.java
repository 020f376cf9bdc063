package io.github.sparklatent.app.drift;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.metrics.synthesis.ComparedRows;
import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Charts;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import io.github.sparklatent.report.network.Marginal;
import io.github.sparklatent.report.network.MarginalChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The page on the drift of a table. It shows histograms and levels, and no rows. */
public final class DriftPage {
    /** Columns in the table. */
    private static final int SHOWN = 200;

    /** Columns with a chart. */
    private static final int DRAWN = 12;

    private DriftPage() {}

    /**
     * Returns the page without its technical part.
     *
     * @param features features of the samples, in order
     * @param reference sample of the reference; null if no column can be compared
     * @param current sample of the current table; null if no column can be compared
     * @param tables what the two tables are, as a sentence
     */
    public static Page of(
            TableDrift drift,
            List<Feature> features,
            ComparedRows reference,
            ComparedRows current,
            String tables,
            List<String> warnings) {
        boolean alike = drift.reasons().isEmpty();
        List<Tile> tiles = new ArrayList<>(List.of(new Tile(
                "%d of %d".formatted(drift.drifted().size(), drift.columns().size()), "columns have drifted", "")));
        drift.detection()
                .ifPresent(found -> tiles.add(new Tile(
                        Numbers.figure(found.area()),
                        "area of a classifier of the tables",
                        "± %s; 0.5: it cannot tell them apart".formatted(Numbers.figure(found.standardError())))));
        drift.scores()
                .ifPresent(found -> tiles.add(new Tile(
                        Numbers.figure(found.difference()),
                        "change of the mean anomaly score",
                        "± %s nats; area %s".formatted(Numbers.figure(found.error()), Numbers.figure(found.area())))));
        return Page.head(
                        "Drift",
                        alike ? "The tables are alike" : "The table has drifted",
                        alike ? tables : tables + " " + sentence(drift),
                        alike ? "alike" : "drifted",
                        alike,
                        Words.first(warnings),
                        tiles)
                .with(List.of(columns(drift), charts(drift, features, reference, current)), List.of());
    }

    private static String sentence(TableDrift drift) {
        String telling = drift.telling();
        return Words.capitalised(String.join("; ", drift.reasons()))
                + (telling.isEmpty() ? "." : "; the classifier goes by " + telling + ".");
    }

    private static Section columns(TableDrift drift) {
        List<List<Cell>> rows = drift.columns().stream()
                .limit(SHOWN)
                .map(column -> List.of(
                        Cell.of(column.column()),
                        Cell.of(column.type()),
                        Cell.of(column.drifted() ? "drifted" : ""),
                        Cell.of(Numbers.figure(column.stability())),
                        Cell.of(Numbers.figure(column.distance())),
                        Cell.of(Numbers.figure(column.shift())),
                        Cell.of(Numbers.percent(column.before())),
                        Cell.of(Numbers.percent(column.after())),
                        Cell.of(Numbers.percent(column.importance())),
                        Cell.of(String.join("; ", column.notes()))))
                .toList();
        return new Section(
                "columns",
                "Columns",
                "Population stability index, with missing values as a bin; distance of the distributions"
                        + " (Kolmogorov-Smirnov of numbers, total variation of levels); change of the mean in standard"
                        + " deviations of the reference; share in what the classifier has learnt."
                        + (drift.leftOut().isEmpty()
                                ? ""
                                : " Not compared: " + String.join("; ", drift.leftOut()) + "."),
                List.of(new Table(
                        "drift-columns",
                        drift.columns().size() > SHOWN
                                ? "The %d columns of %d that differ most."
                                        .formatted(SHOWN, drift.columns().size())
                                : "All columns, those that differ most first.",
                        "sentences",
                        List.of(
                                "Column",
                                "Type",
                                "Drift",
                                "Index",
                                "Distance",
                                "Shift",
                                "Missing before",
                                "Missing now",
                                "Classifier",
                                "What has changed"),
                        rows,
                        true)));
    }

    private static Section charts(
            TableDrift drift, List<Feature> features, ComparedRows reference, ComparedRows current) {
        List<Chart> charts = drift.columns().stream()
                .map(column -> drift.features().indexOf(column.column()))
                .filter(j -> j >= 0)
                .limit(DRAWN)
                .map(j -> MarginalChart.of(
                        marginal(features.get(j), reference.column(j), current.column(j)),
                        "drift-" + j,
                        "in the reference",
                        "in the current table"))
                .toList();
        return new Section(
                "distributions",
                "Distributions",
                "The columns that differ most.",
                charts.isEmpty()
                        ? List.of()
                        : List.of(new Charts(
                                "drift-charts",
                                "Share of the rows by value: blue in the reference, orange in the current table. Values"
                                        + " beyond an axis are counted at its end.",
                                charts)));
    }

    private static Marginal marginal(Feature feature, double[] reference, double[] current) {
        return feature.levels().isEmpty()
                ? Marginal.ofValues(feature.name(), reference, current)
                : Marginal.ofShares(
                        feature.name(),
                        feature.levels(),
                        shares(reference, feature.levels().size()),
                        shares(current, feature.levels().size()));
    }

    private static double[] shares(double[] codes, int levels) {
        double[] shares = new double[levels];
        double[] present =
                Arrays.stream(codes).filter(code -> !Double.isNaN(code)).toArray();
        for (double code : present) {
            shares[(int) code] += 1.0 / present.length;
        }
        return shares;
    }
}
