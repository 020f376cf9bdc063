package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Scale;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Section;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The section that shows a sample of rows in the plane, coloured by component, with the components' means and
 * covariances.
 */
public final class ScatterSection {

    private static final int POINTS = 3000;

    /** The radius of an ellipse in standard deviations; it contains 86% of a component's rows (1 − exp(−2²/2)). */
    private static final double RADIUS = 2;

    private static final int CORNERS = 72;
    private static final int HEIGHT = 560;

    private final Scatter scatter;
    private final int[] coloured;
    private final Color[] colours;
    private final boolean line;

    /**
     * The components and a sample of rows in the plane.
     *
     * @param points m x 2. A sample of rows in the plane ({@link Projection}). Not modified.
     * @param components m. The component of each row of the sample. Not modified.
     * @param means K x 2. The components' means in the plane. Not modified.
     * @param covariances K matrices 2 x 2, the components' covariances in the plane; empty: not drawn
     * @param rows number of rows that the sample was drawn from
     */
    public record Scatter(
            DMatrixRMaj points, int[] components, DMatrixRMaj means, List<DMatrixRMaj> covariances, long rows) {
        public Scatter {
            covariances = List.copyOf(covariances);
            Require.size("scatter.components", components.length, points.numRows);
            Require.size("columns of scatter.points", points.numCols, 2);
            Require.size("columns of scatter.means", means.numCols, 2);
            if (!covariances.isEmpty()) {
                Require.size("scatter.covariances", covariances.size(), means.numRows);
            }
        }
    }

    private ScatterSection(Scatter scatter, double[] weights) {
        this.scatter = scatter;
        coloured = Order.largest(weights, Palette.size());
        colours = new Color[scatter.means().numRows];
        Arrays.fill(colours, Palette.OTHER);
        for (int i = 0; i < coloured.length; i++) {
            colours[coloured[i]] = Palette.series(i);
        }
        line = IntStream.range(0, scatter.points().numRows)
                        .allMatch(i -> scatter.points().get(i, 1) == 0)
                && IntStream.range(0, colours.length)
                        .allMatch(k -> scatter.means().get(k, 1) == 0);
    }

    /**
     * Returns the section.
     *
     * @param weights weights of the components. Not modified.
     */
    public static Section of(Scatter scatter, double[] weights) {
        ScatterSection section = new ScatterSection(scatter, weights);
        return new Section("projection", "The rows in the plane", section.text(), List.of(section.chart()));
    }

    private String text() {
        int shown = Math.min(POINTS, scatter.points().numRows);
        String rows = (shown == scatter.rows() ? "All " : Numbers.count(shown) + " of ")
                + "%s, each in the colour of its most probable component"
                        .formatted(Words.counted(scatter.rows(), "row"));
        String where = line
                ? ". The rows vary in one direction only, so each component has its own line."
                : ". In this plane the means lie farthest apart, measured in standard deviations within a component.";
        String numbers = " Numbers mark the means of the components"
                + (line || scatter.covariances().isEmpty()
                        ? "."
                        : "; ellipses mark two standard deviations (86% of a component's rows).");
        return rows + where + numbers;
    }

    private Chart chart() {
        int height = line ? Math.min(HEIGHT, 120 + 50 * colours.length) : HEIGHT;
        int[] shown = Order.evenly(scatter.points().numRows, POINTS);
        Chart chart = Chart.of(
                        "scatter",
                        "Rows and components in the plane.",
                        "Scatter chart of %s in %s."
                                .formatted(
                                        Words.counted(shown.length, "row"), Words.counted(colours.length, "component")),
                        Axis.of(line ? "direction" : "first direction"),
                        line
                                ? Axis.of("component").scaled(Scale.WHOLE).range(-0.6, colours.length - 0.4)
                                : Axis.of("second direction"))
                .sized(true, height);
        for (int k = 0; k < colours.length; k++) {
            chart = chart.with(points(k, shown));
        }
        int[] marked = line || colours.length > Palette.size()
                ? coloured
                : IntStream.range(0, colours.length).toArray();
        for (int k : marked) {
            if (!line && !scatter.covariances().isEmpty()) {
                chart = chart.with(ellipse(k));
            }
        }
        for (int k : marked) {
            chart = chart.with(Series.badge(
                    name(k),
                    colours[k],
                    Integer.toString(k),
                    scatter.means().get(k, 0),
                    height(scatter.means(), k, k)));
        }
        return chart;
    }

    private String name(int component) {
        return IntStream.of(coloured).anyMatch(k -> k == component)
                ? Integer.toString(component)
                : "the other %s".formatted(Numbers.count(colours.length - coloured.length));
    }

    private Series points(int component, int[] shown) {
        int[] own = IntStream.of(shown)
                .filter(i -> scatter.components()[i] == component)
                .toArray();
        return Series.dots(
                name(component),
                colours[component],
                5,
                IntStream.of(own).mapToDouble(i -> scatter.points().get(i, 0)).toArray(),
                IntStream.of(own)
                        .mapToDouble(i -> height(scatter.points(), i, component))
                        .toArray());
    }

    private double height(DMatrixRMaj points, int row, int component) {
        return line ? component : points.get(row, 1);
    }

    /** Draws the ellipse |L⁻¹ (y − m)| = 2, where L Lᵀ is the covariance. A covariance of rank one gives a line. */
    private Series ellipse(int component) {
        DMatrixRMaj covariance = scatter.covariances().get(component);
        double l00 = Math.sqrt(Math.max(0, covariance.get(0, 0)));
        double l10 = l00 > 0 ? covariance.get(1, 0) / l00 : 0;
        double l11 = Math.sqrt(Math.max(0, covariance.get(1, 1) - l10 * l10));
        double[] x = new double[CORNERS + 1];
        double[] y = new double[CORNERS + 1];
        for (int i = 0; i <= CORNERS; i++) {
            double angle = 2 * Math.PI * (i % CORNERS) / CORNERS;
            x[i] = scatter.means().get(component, 0) + RADIUS * l00 * Math.cos(angle);
            y[i] = scatter.means().get(component, 1) + RADIUS * (l10 * Math.cos(angle) + l11 * Math.sin(angle));
        }
        return Series.line(name(component), colours[component], 1.4, x, y);
    }
}
