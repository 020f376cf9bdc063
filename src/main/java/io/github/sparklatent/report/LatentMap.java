package io.github.sparklatent.report;

import io.github.sparklatent.report.NetworkReport.Latents;
import io.github.sparklatent.report.Page.Figure;
import io.github.sparklatent.report.Page.Key;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.knowm.xchart.XYChart;

/** Latent means in the plane, coloured by label. */
final class LatentMap {

    private static final int POINTS = 3000;
    private static final int HEIGHT = 560;

    /** Up to so many rows have larger dots. */
    private static final int FEW = 600;

    private final Latents latents;
    private final LabelColours labels;
    private final DMatrixRMaj points;
    private final double kept;

    LatentMap(Latents latents) {
        this.latents = latents;
        labels = new LabelColours(latents.labels());
        DMatrixRMaj means = latents.means();
        points = means.numCols <= 2 ? means : Projection.principal(means).project(means);
        kept = variance(points) / variance(means);
    }

    String text() {
        int rows = latents.means().numRows;
        String which =
                "%s %s by their latent means"
                        .formatted(Words.capitalised(latents.rows()), coloured());
        int dimensions = latents.means().numCols;
        String share =
                kept > 0 ? ", which hold %s of the variance".formatted(Numbers.percent(kept)) : "";
        String plane =
                dimensions <= 2
                        ? "."
                        : ", in the plane of the first two principal components of %s dimensions%s."
                                .formatted(Numbers.count(dimensions), share);
        int shown = Math.min(POINTS, rows);
        return which + plane + Order.remark(shown, rows, "evenly chosen rows");
    }

    Figure figure() {
        boolean line = points.numCols == 1;
        int height = line ? Math.min(HEIGHT, 100 + 40 * labels.count()) : HEIGHT;
        XYChart chart = ChartStyle.plot(ChartStyle.WIDE, height, axis(1), line ? "" : axis(2));
        chart.getStyler().setPlotGridVerticalLinesVisible(true);
        int[] chosen =
                IntStream.of(Order.evenly(points.numRows, POINTS)).filter(this::finite).toArray();
        List<Key> legend = new ArrayList<>();
        for (int group = labels.count() - 1; group >= 0; group--) {
            add(chart, chosen, group);
        }
        for (int group = 0; group < labels.named().size(); group++) {
            legend.add(new Key(Palette.css(labels.colour(group)), labels.named().get(group)));
        }
        if (labels.others() > 0) {
            legend.add(
                    new Key(
                            Palette.css(Palette.OTHER),
                            "the other %s".formatted(Numbers.count(labels.others()))));
        }
        ChartStyle.fitHorizontal(chart.getStyler(), ChartStyle.WIDE, column(chosen, 0));
        if (line) {
            ChartStyle.countVertical(chart.getStyler(), height, 0, Math.max(1, labels.count() - 1));
            chart.getStyler().setYAxisTicksVisible(false);
        } else {
            ChartStyle.fitVertical(chart.getStyler(), height, column(chosen, 1));
        }
        String words =
                "Scatter chart of the latent means of %s with %s."
                        .formatted(
                                Words.counted(chosen.length, "row"),
                                latents.labels().isEmpty()
                                        ? "no label"
                                        : Words.counted(
                                                labels.named().size() + labels.others(), "label"));
        return new Figure(
                "latent-map",
                "Rows in the latent space.",
                words,
                Svg.of(chart, "latent-map"),
                legend,
                true);
    }

    private void add(XYChart chart, int[] chosen, int group) {
        int[] own = IntStream.of(chosen).filter(i -> labels.group(i) == group).toArray();
        if (own.length == 0) {
            return;
        }
        double[] y =
                points.numCols == 1
                        ? IntStream.of(own).mapToDouble(i -> group).toArray()
                        : column(own, 1);
        Color colour = Palette.faint(labels.colour(group), 0.6);
        ChartStyle.dots(
                chart, "group " + group, column(own, 0), y, colour, chosen.length > FEW ? 5 : 7);
    }

    private String coloured() {
        return latents.labels().isEmpty() ? "" : "in the colour of their label";
    }

    private String axis(int number) {
        String name = latents.means().numCols <= 2 ? "latent dimension " : "principal component ";
        return latents.means().numCols <= 2 ? name + (number - 1) : name + number;
    }

    private boolean finite(int row) {
        return IntStream.range(0, points.numCols)
                .allMatch(j -> Double.isFinite(points.get(row, j)));
    }

    private double[] column(int[] rows, int column) {
        return IntStream.of(rows).mapToDouble(i -> points.get(i, column)).toArray();
    }

    /** The sum of the columns' variances. */
    private static double variance(DMatrixRMaj rows) {
        return Arrays.stream(Deviations.of(rows)).map(s -> s * s).sum();
    }
}
