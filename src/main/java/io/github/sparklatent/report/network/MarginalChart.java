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

/** A small chart that compares the values of one column in the table with values drawn from the model. */
final class MarginalChart {

    private static final int HEIGHT = 170;
    private static final int BINS = 24;
    private static final int CATEGORIES = 8;

    private MarginalChart() {}

    static Chart of(Marginal marginal, String id) {
        if (!marginal.categories().isEmpty()) {
            return ofCategories(marginal, id);
        }
        boolean counts = Histogram.areCounts(marginal.real());
        Histogram histogram = counts ? Histogram.ofCounts(marginal.real()) : Histogram.over(marginal.real(), BINS);
        IntFunction<String> name = counts
                ? bin -> Numbers.tick(histogram.least() + 0.5 + bin, 1)
                : bin -> Numbers.brief(histogram.least() + (bin + 0.5) * histogram.width());
        String words = "Histogram of %s: mean %s in the table, %s in the drawn rows."
                .formatted(
                        marginal.name(), Numbers.figure(mean(marginal.real())), Numbers.figure(mean(marginal.drawn())));
        return chart(
                marginal,
                id,
                words,
                IntStream.range(0, histogram.bins()).mapToObj(name).toList(),
                histogram.shares(marginal.real()),
                histogram.shares(marginal.drawn()));
    }

    private static Chart ofCategories(Marginal marginal, String id) {
        int[] shown = IntStream.of(Order.descending(marginal.real()))
                .limit(CATEGORIES)
                .toArray();
        String words = IntStream.of(shown)
                .mapToObj(i -> "%s %s and %s"
                        .formatted(
                                marginal.categories().get(i),
                                Numbers.percent(marginal.real()[i]),
                                Numbers.percent(marginal.drawn()[i])))
                .collect(Collectors.joining(
                        ", ",
                        "Bar chart of %s, share in the table and in the drawn rows: ".formatted(marginal.name()),
                        "."));
        return chart(
                marginal,
                id,
                words,
                IntStream.of(shown).mapToObj(marginal.categories()::get).toList(),
                IntStream.of(shown).mapToDouble(i -> marginal.real()[i]).toArray(),
                IntStream.of(shown).mapToDouble(i -> marginal.drawn()[i]).toArray());
    }

    private static Chart chart(
            Marginal marginal, String id, String words, List<String> names, double[] real, double[] drawn) {
        return Chart.of(id, marginal.name(), words, Axis.ofNames("", names), Axis.percent(""))
                .sized(false, HEIGHT)
                .with(Series.over(Kind.BARS, "in the table", Palette.series(5), percent(real)))
                .with(Series.over(
                        names.size() < BINS ? Kind.BARS : Kind.STEPS,
                        "drawn from the model",
                        Palette.series(4),
                        percent(drawn)));
    }

    private static double[] percent(double[] shares) {
        return Arrays.stream(shares).map(share -> 100 * share).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
    }
}
