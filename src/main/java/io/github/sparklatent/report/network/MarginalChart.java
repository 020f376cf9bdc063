package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Page.Chart;
import io.github.sparklatent.report.chart.Bars;
import io.github.sparklatent.report.chart.ChartStyle;
import io.github.sparklatent.report.chart.Histogram;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.chart.Svg;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
import io.github.sparklatent.report.format.Words;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;

/**
 * A small chart that compares the values of one column in the table with values drawn from the
 * model.
 */
final class MarginalChart {

    static final Color REAL = Palette.faint(Palette.series(5), 0.75);
    static final Color DRAWN = Palette.series(4);

    private static final int WIDTH = 244;
    private static final int HEIGHT = 150;
    private static final int BINS = 24;
    private static final int CATEGORIES = 8;

    /** The gap between the bars of whole numbers or categories, as a share of a bar's slot. */
    private static final double GAP = 0.3;

    /** The most characters of all names together that fit under the chart. */
    private static final int CHARACTERS = 24;

    private MarginalChart() {}

    static Chart of(Marginal marginal, String id) {
        if (!marginal.categories().isEmpty()) {
            return ofCategories(marginal, id);
        }
        boolean counts = Histogram.areCounts(marginal.real());
        Histogram histogram =
                counts
                        ? Histogram.ofCounts(marginal.real())
                        : Histogram.over(marginal.real(), BINS);
        double[] real = histogram.shares(marginal.real());
        double[] drawn = histogram.shares(marginal.drawn());
        XYChart chart =
                counts
                        ? chart(-0.5, 1, GAP, real, drawn)
                        : chart(histogram.least(), histogram.width(), 0, real, drawn);
        if (counts) {
            values(chart, histogram);
        } else {
            double end = histogram.least() + histogram.width() * histogram.bins();
            ChartStyle.fitHorizontal(
                    chart.getStyler(), WIDTH, new double[] {histogram.least(), end});
        }
        String words =
                "Histogram of %s: mean %s in the table, %s in the drawn rows."
                        .formatted(
                                marginal.name(),
                                Numbers.figure(mean(marginal.real())),
                                Numbers.figure(mean(marginal.drawn())));
        return new Chart(marginal.name(), words, Svg.of(chart, id));
    }

    /**
     * Labels the bars with their numbers. If there is not enough room for all, only every n-th bar
     * has a label.
     */
    private static void values(XYChart chart, Histogram histogram) {
        int every = 1;
        List<String> names;
        do {
            int step = every++;
            names =
                    IntStream.range(0, histogram.bins())
                            .mapToObj(
                                    bar ->
                                            bar % step == 0
                                                    ? Numbers.tick(histogram.least() + 0.5 + bar, 1)
                                                    : "")
                            .toList();
        } while (names.stream().mapToInt(String::length).sum() > CHARACTERS);
        ChartStyle.named(chart.getStyler(), WIDTH, names);
    }

    private static Chart ofCategories(Marginal marginal, String id) {
        int[] shown = IntStream.of(Order.descending(marginal.real())).limit(CATEGORIES).toArray();
        List<String> names = IntStream.of(shown).mapToObj(marginal.categories()::get).toList();
        double[] real = IntStream.of(shown).mapToDouble(i -> marginal.real()[i]).toArray();
        double[] drawn = IntStream.of(shown).mapToDouble(i -> marginal.drawn()[i]).toArray();
        XYChart chart = chart(-0.5, 1, GAP, real, drawn);
        int most = Math.max(2, CHARACTERS / names.size());
        ChartStyle.named(
                chart.getStyler(),
                WIDTH,
                names.stream().map(name -> Words.cut(name, most)).toList());
        String words =
                "Bar chart of %s, share in the table and in the drawn rows: %s."
                        .formatted(
                                marginal.name(),
                                String.join(
                                        ", ",
                                        IntStream.of(shown)
                                                .mapToObj(
                                                        i ->
                                                                "%s %s and %s"
                                                                        .formatted(
                                                                                marginal.categories()
                                                                                        .get(i),
                                                                                Numbers.percent(
                                                                                        marginal.real()[
                                                                                                i]),
                                                                                Numbers.percent(
                                                                                        marginal.drawn()[
                                                                                                i])))
                                                .toList()));
        return new Chart(marginal.name(), words, Svg.of(chart, id));
    }

    private static XYChart chart(
            double least, double width, double gap, double[] real, double[] drawn) {
        XYChart chart = ChartStyle.plot(WIDTH, HEIGHT, "", "");
        Bars.filled(chart, "table", least, width, gap, real, REAL);
        Bars.outline(chart, "drawn", least, width, gap, drawn, DRAWN);
        double largest = Math.max(largest(real), largest(drawn));
        ChartStyle.fromZero(chart.getStyler(), HEIGHT, largest, 100, "%");
        return chart;
    }

    private static double largest(double[] shares) {
        return Arrays.stream(shares).filter(Double::isFinite).max().orElse(0);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
    }
}
