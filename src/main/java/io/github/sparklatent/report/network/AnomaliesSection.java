package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Figure;
import io.github.sparklatent.report.Page.Key;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.chart.Bars;
import io.github.sparklatent.report.chart.ChartStyle;
import io.github.sparklatent.report.chart.Deviations;
import io.github.sparklatent.report.chart.Histogram;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.chart.Shades;
import io.github.sparklatent.report.chart.Svg;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
import io.github.sparklatent.report.format.Words;
import io.github.sparklatent.report.network.NetworkReport.Anomalies;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.knowm.xchart.XYChart;

/** How strange rows are to the model, and the strangest of them. */
final class AnomaliesSection {

    private static final int HEIGHT = 240;
    private static final int BINS = 60;

    private AnomaliesSection() {}

    static Section of(NetworkReport report) {
        Anomalies anomalies = report.anomalies();
        double[] sorted =
                Arrays.stream(anomalies.scores()).filter(Double::isFinite).sorted().toArray();
        List<Block> blocks = new ArrayList<>();
        String text = "";
        if (sorted.length > 0) {
            blocks.add(figure(sorted));
            text =
                    "The score of a row is what it costs the model, in nats; higher is stranger. Of %s %s half lie under %s, 95%% under %s and 99%% under %s."
                            .formatted(
                                    Numbers.count(sorted.length),
                                    anomalies.rows(),
                                    Numbers.figure(quantile(sorted, 0.5)),
                                    Numbers.figure(quantile(sorted, 0.95)),
                                    Numbers.figure(quantile(sorted, 0.99)));
        }
        if (anomalies.strangest() != null && anomalies.strangest().numRows > 0) {
            blocks.add(strangest(report));
        }
        return new Section("anomalies", "Anomalies", text, blocks);
    }

    private static Figure figure(double[] sorted) {
        Histogram histogram = Histogram.over(sorted, BINS);
        double[] shares = histogram.shares(sorted);
        XYChart chart = ChartStyle.plot(ChartStyle.WIDE, HEIGHT, "anomaly score, nats", "rows");
        Bars.filled(
                chart,
                "scores",
                histogram.least(),
                histogram.width(),
                0.08,
                shares,
                Palette.series(0));
        double highest = Arrays.stream(shares).max().orElse(1);
        mark(chart, "95%", quantile(sorted, 0.95), highest, Palette.series(1));
        mark(chart, "99%", quantile(sorted, 0.99), highest, Palette.series(4));
        ChartStyle.fromZero(chart.getStyler(), HEIGHT, highest, 100, "%");
        double end = histogram.least() + histogram.width() * histogram.bins();
        ChartStyle.fitHorizontal(
                chart.getStyler(), ChartStyle.WIDE, new double[] {histogram.least(), end});
        List<Key> legend =
                List.of(
                        new Key(Palette.css(Palette.series(1)), "95% of the rows lie below"),
                        new Key(Palette.css(Palette.series(4)), "99%"));
        String words =
                "Histogram of %s, from %s to %s nats."
                        .formatted(
                                Words.counted(sorted.length, "score"),
                                Numbers.figure(sorted[0]),
                                Numbers.figure(sorted[sorted.length - 1]));
        String caption =
                "Share of the rows by anomaly score"
                        + (sorted[sorted.length - 1] > end
                                ? ", the highest of which (%s) are counted at the right end."
                                        .formatted(Numbers.figure(sorted[sorted.length - 1]))
                                : ".");
        return new Figure("scores", caption, words, Svg.of(chart, "scores"), legend, true);
    }

    private static void mark(XYChart chart, String name, double at, double height, Color colour) {
        ChartStyle.line(chart, name, new double[] {at, at}, new double[] {0, height}, colour, 1.4f)
                .setLineStyle(ChartStyle.DASHED);
    }

    /** The least value that at least this share of the values does not exceed. */
    private static double quantile(double[] sorted, double share) {
        int place = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, place)];
    }

    private static Block strangest(NetworkReport report) {
        Anomalies anomalies = report.anomalies();
        DMatrixRMaj rows = anomalies.strangest();
        RowPairs pairs = new RowPairs(rows, anomalies.reconstructions());
        List<String> scores = Arrays.stream(anomalies.highest()).mapToObj(Numbers::figure).toList();
        Image image = report.columns().image();
        DMatrixRMaj known =
                report.reconstructions() == null
                                || report.reconstructions().originals().numRows == 0
                        ? rows
                        : report.reconstructions().originals();
        if (image != null) {
            return pairs.pictures(
                    "strangest-pictures",
                    anomalies.reconstructions() == null
                            ? "The strangest rows, with their score."
                            : "The strangest rows above what the network makes of them, with their"
                                    + " score.",
                    image,
                    Shades.of(known, image),
                    scores);
        }
        double[] deviations = known.numRows > 1 ? Deviations.of(known) : new double[] {};
        int[] columns = columns(anomalies, deviations);
        int features = report.network().features();
        return pairs.table(
                "strangest-table",
                "The strangest rows"
                        + (anomalies.reconstructions() == null
                                ? ", with their score."
                                : " → what the network makes of them, with their score.")
                        + (columns.length < features
                                ? " Of %s columns these %s are the worst reconstructed."
                                        .formatted(Numbers.count(features), columns.length)
                                : ""),
                report.columns().names(),
                scores.stream().map(score -> "Score " + score).toList(),
                columns,
                new double[] {},
                deviations);
    }

    /** All columns, or those whose errors in the rows shown are the largest. */
    private static int[] columns(Anomalies anomalies, double[] deviations) {
        DMatrixRMaj rows = anomalies.strangest();
        if (rows.numCols <= Order.FEATURES) {
            return IntStream.range(0, rows.numCols).toArray();
        }
        double[] errors = new double[rows.numCols];
        for (int j = 0; j < errors.length && anomalies.reconstructions() != null; j++) {
            for (int i = 0; i < RowPairs.shown(rows.numRows, false); i++) {
                double error = rows.get(i, j) - anomalies.reconstructions().get(i, j);
                double unit = deviations.length > 0 && deviations[j] > 0 ? deviations[j] : 1;
                errors[j] += error * error / (unit * unit);
            }
        }
        return Order.largest(errors, Order.FEATURES);
    }
}
