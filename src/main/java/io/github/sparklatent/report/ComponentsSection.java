package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The section that shows the size of each component: its weight and its share of the rows. */
public final class ComponentsSection {

    /** The most components that the table beside the chart holds. More components are only drawn. */
    private static final int TABLE = 14;

    private static final int HEIGHT = 300;

    /**
     * The sizes of K components.
     *
     * @param weights K. Mixture weights, which sum to 1. Not modified.
     * @param rows K. Number (or total weight) of the rows assigned to each component, or empty if the rows were not
     *     counted. Not modified.
     */
    public record Components(double[] weights, double[] rows) {
        public Components {
            Require.that(
                    rows.length == 0 || rows.length == weights.length,
                    "components.rows has %s elements, expected %s or none",
                    rows.length,
                    weights.length);
        }
    }

    private ComponentsSection() {}

    /**
     * Returns the section for a set of components.
     *
     * @param fitted number of rows that the components were fitted to
     * @param which name of the rows that were counted, such as "held-out rows of this report"
     */
    public static Section of(Components components, long fitted, String which) {
        int all = components.weights().length;
        int[] shown = Order.largest(components.weights(), Order.COMPONENTS);
        boolean counted = components.rows().length > 0;
        String text = "A component's weight is its share of the mixture, learnt from the training rows"
                + (counted ? "; its rows are the %s that most probably belong to it".formatted(which) : "")
                + ". Component numbers start at 0."
                + Order.remark(shown.length, all, "largest");
        List<Block> blocks = new ArrayList<>();
        if (all > 1) {
            blocks.add(chart(components, shown, all > TABLE));
        }
        if (all <= TABLE) {
            blocks.add(table(components, fitted));
        }
        return new Section("components", "Components", text, blocks);
    }

    private static Chart chart(Components components, int[] shown, boolean wide) {
        double[] shares = shares(components.rows());
        Chart chart = Chart.of(
                        "weights",
                        "Weight of each component" + (shares.length > 0 ? " and its share of the rows." : "."),
                        "Bar chart of weights, from %s to %s."
                                .formatted(
                                        Numbers.percent(Arrays.stream(components.weights())
                                                .min()
                                                .orElse(0)),
                                        Numbers.percent(Arrays.stream(components.weights())
                                                .max()
                                                .orElse(1))),
                        Axis.ofNames(
                                "component",
                                IntStream.of(shown).mapToObj(Integer::toString).toList()),
                        Axis.percent("share"))
                .sized(wide, HEIGHT)
                .with(bars("weight", components.weights(), shown, 0));
        return shares.length > 0 ? chart.with(bars("share of rows", shares, shown, 5)) : chart;
    }

    private static Series bars(String name, double[] shares, int[] shown, int colour) {
        return Series.over(
                Kind.BARS,
                name,
                Palette.series(colour),
                IntStream.of(shown).mapToDouble(k -> 100 * shares[k]).toArray());
    }

    private static Table table(Components components, long fitted) {
        double[] shares = shares(components.rows());
        List<String> head = new ArrayList<>(List.of("Component", "Weight"));
        head.addAll(shares.length > 0 ? List.of("Rows", "Share of rows") : List.of("Rows accounted for"));
        List<List<Cell>> rows = new ArrayList<>();
        for (int k = 0; k < components.weights().length; k++) {
            double weight = components.weights()[k];
            List<Cell> row = new ArrayList<>(List.of(Cell.of(Integer.toString(k)), Cell.of(Numbers.percent(weight))));
            if (shares.length > 0) {
                row.add(Cell.of(Numbers.amount(components.rows()[k])));
                row.add(Cell.of(Numbers.percent(shares[k])));
            } else {
                row.add(Cell.of(Numbers.count(Math.round(weight * fitted))));
            }
            rows.add(row);
        }
        return new Table("sizes", "Components by number.", "", head, rows, false);
    }

    private static double[] shares(double[] sizes) {
        double all = Arrays.stream(sizes).sum();
        return Arrays.stream(sizes).map(size -> all > 0 ? size / all : 0).toArray();
    }
}
