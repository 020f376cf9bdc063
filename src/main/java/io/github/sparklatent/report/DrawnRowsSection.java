package io.github.sparklatent.report;

import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Kind;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Charts;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Section;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The sections with rows drawn from the model: as images, or their columns beside those of the table. */
public final class DrawnRowsSection {
    private static final int HEIGHT = 170;
    private static final int BINS = 24;
    private static final int PICTURES = 70;
    private static final String REAL = "in the table";
    private static final String DRAWN = "drawn from the model";

    private DrawnRowsSection() {}

    /**
     * One column. If it has few whole numbers, its chart has a bar for each.
     *
     * @param name name of the column
     * @param real values of a sample of rows. Not modified.
     * @param drawn values of rows drawn from the model, in any number. Not modified.
     */
    public record Marginal(String name, double[] real, double[] drawn) {}

    /** Returns the section; without columns, it has no blocks. */
    public static Section of(List<Marginal> all) {
        int shown = Math.min(Order.FEATURES, all.size());
        List<Chart> charts = IntStream.range(0, shown)
                .mapToObj(i -> chart(all.get(i), "marginal-" + i))
                .toList();
        List<Block> blocks = charts.isEmpty()
                ? List.of()
                : List.of(new Charts(
                        "marginal-charts",
                        "Share of the rows by value: blue in the table, orange in rows drawn from the model. Values beyond an axis are counted at its end.",
                        charts));
        return new Section(
                "marginals",
                "Columns in the table and in drawn rows",
                "The distribution of each column's values in the table and in rows drawn from the model."
                        + Order.remark(shown, all.size(), "first columns"),
                blocks);
    }

    private static Chart chart(Marginal marginal, String id) {
        boolean counts = Histogram.areCounts(marginal.real());
        Histogram histogram = counts ? Histogram.ofCounts(marginal.real()) : Histogram.over(marginal.real(), BINS);
        IntFunction<String> name = counts
                ? bin -> Numbers.tick(histogram.least() + 0.5 + bin, 1)
                : bin -> Numbers.brief(histogram.least() + (bin + 0.5) * histogram.width());
        List<String> names = IntStream.range(0, histogram.bins()).mapToObj(name).toList();
        String words = "Histogram of %s: mean %s %s, %s %s."
                .formatted(
                        marginal.name(),
                        Numbers.figure(mean(marginal.real())),
                        REAL,
                        Numbers.figure(mean(marginal.drawn())),
                        DRAWN);
        return Chart.of(id, marginal.name(), words, Axis.ofNames("", names), Axis.percent(""))
                .sized(false, HEIGHT)
                .with(Series.over(Kind.BARS, REAL, Palette.series(5), histogram.percent(marginal.real())))
                .with(Series.over(
                        names.size() < BINS ? Kind.BARS : Kind.STEPS,
                        DRAWN,
                        Palette.series(4),
                        histogram.percent(marginal.drawn())));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).filter(Double::isFinite).average().orElse(Double.NaN);
    }

    /**
     * Returns the section that shows images drawn from the model.
     *
     * @param samples s × d. Rows drawn from the model with z from its prior. Not modified.
     * @param scale rows whose values determine the shades, so that drawn and real rows can be compared. Not modified.
     * @param decoded whether the model has a likelihood, unlike a GAN
     */
    public static Section pictures(DMatrixRMaj samples, DMatrixRMaj scale, Image image, boolean decoded) {
        return new Section(
                "samples",
                "Rows drawn from the model",
                (decoded ? "The decoder's mean for latent codes" : "The generator's output for latent codes")
                        + " drawn from the prior. These rows are not in the data.",
                List.of(drawn(scale, samples, image)));
    }

    private static Block drawn(DMatrixRMaj scale, DMatrixRMaj samples, Image image) {
        RowPictures drawn = RowPictures.small(image, scale);
        List<Picture> pictures = IntStream.range(0, Math.min(PICTURES, samples.numRows))
                .mapToObj(i -> new Picture(List.of(drawn.of(samples, i, "Drawn row " + i)), ""))
                .toList();
        return drawn.block(
                "sample-pictures",
                "%s drawn from the model.".formatted(Words.counted(pictures.size(), "row")),
                "grid",
                pictures);
    }
}
