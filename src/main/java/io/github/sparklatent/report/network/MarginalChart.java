package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.chart.Histogram;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A small chart that compares the values of one column in two tables. */
public final class MarginalChart {

    private static final int HEIGHT = 170;
    private static final int BINS = 24;
    private static final int CATEGORIES = 8;

    private MarginalChart() {}

    /**
     * Returns the chart.
     *
     * @param first words for the real values, such as "in the table"
     * @param second words for the drawn values
     */
    public static Chart of(Marginal marginal, String id, String first, String second) {
        if (!marginal.categories().isEmpty()) {
            return ofCategories(marginal, id, first, second);
        }
        boolean counts = Histogram.areCounts(marginal.real());
        Histogram histogram = counts ? Histogram.ofCounts(marginal.real()) : Histogram.over(marginal.real(), BINS);
        IntFunction<String> name = counts
                ? bin -> Numbers.tick(histogram.least() + 0.5 + bin, 1)
                : bin -> Numbers.brief(histogram.least() + (bin + 0.5) * histogram.width());
        String words = "Histogram of %s: mean %s %s, %s %s."
                .formatted(
                        marginal.name(),
                        Numbers.figure(mean(marginal.real())),
                        first,
                        Numbers.figure(mean(marginal.drawn())),
                        second);
        return chart(
                marginal,
                id,
                words,
                IntStream.range(0, histogram.bins()).mapToObj(name).toList(),
                histogram.shares(marginal.real()),
                histogram.shares(marginal.drawn()),
                first,
                second);
    }

    private static Chart ofCategories(Marginal marginal, String id, String first, String second) {
        double[] larger = IntStream.range(0, marginal.real().length)
                .mapToDouble(i -> Math.max(marginal.real()[i], marginal.drawn()[i]))
                .toArray();
        int[] shown = IntStream.of(Order.descending(larger)).limit(CATEGORIES).toArray();
        String words = IntStream.of(shown)
                .mapToObj(i -> "%s %s and %s"
                        .formatted(
                                marginal.categories().get(i),
                                Numbers.percent(marginal.real()[i]),
                                Numbers.percent(marginal.drawn()[i])))
                .collect(Collectors.joining(
                        ", ", "Bar chart of %s, share %s and %s: ".formatted(marginal.name(), first, second), "."));
        return chart(
                marginal,
                id,
                words,
                IntStream.of(shown).mapToObj(marginal.categories()::get).toList(),
                IntStream.of(shown).mapToDouble(i -> marginal.real()[i]).toArray(),
                IntStream.of(shown).mapToDouble(i -> marginal.drawn()[i]).toArray(),
                first,
                second);
    }

    private static Chart chart(
            Marginal marginal,
            String id,
            String words,
            List<String> names,
            double[] real,
            double[] drawn,
            String first,
            String second) {
        return Chart.of(id, marginal.name(), words, Axis.ofNames("", names), Axis.percent(""))
                .sized(false, HEIGHT)
                .with(Series.over(Kind.BARS, first, Palette.series(5), percent(real)))
                .with(Series.over(
                        names.size() < BINS ? Kind.BARS : Kind.STEPS, second, Palette.series(4), percent(drawn)));
    }

    private static double[] percent(double[] shares) {
        return Arrays.stream(shares).map(share -> 100 * share).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
    }
}
