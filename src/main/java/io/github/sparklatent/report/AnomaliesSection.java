package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.ReconstructionSection.Columns;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The section that shows the anomaly scores of the rows and the most anomalous rows. */
public final class AnomaliesSection {

    /**
     * The anomaly scores of a sample of rows.
     *
     * @param rows name of the sampled rows, such as "held-out rows"
     * @param scores score of each row in nats; a higher score means a more anomalous row. Not modified.
     * @param mostAnomalous k × d. The rows with the highest scores in descending order; null: not shown. Not modified.
     * @param reconstructions k × d. The reconstructions of these rows; null: not shown. Not modified.
     * @param highest k. The scores of these rows. Not modified.
     */
    public record Anomalies(
            String rows, double[] scores, DMatrixRMaj mostAnomalous, DMatrixRMaj reconstructions, double[] highest) {
        public Anomalies {
            if (mostAnomalous != null) {
                Require.size("anomalies.highest", highest.length, mostAnomalous.numRows);
            }
            if (mostAnomalous != null && reconstructions != null) {
                Require.size("rows of anomalies.reconstructions", reconstructions.numRows, mostAnomalous.numRows);
            }
        }
    }

    private static final int HEIGHT = 280;
    private static final int BINS = 60;

    private AnomaliesSection() {}

    /**
     * Returns the section.
     *
     * @param rows rows of the table, which determine shades and deviations; empty: unknown. Not modified.
     */
    public static Section of(Anomalies anomalies, Columns columns, DMatrixRMaj rows) {
        double[] sorted = Arrays.stream(anomalies.scores())
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        List<Block> blocks = new ArrayList<>();
        String text = "";
        if (sorted.length > 0) {
            blocks.add(chart(sorted));
            text =
                    "The anomaly score of a row is in nats; a higher score means a more anomalous row. Of %s %s, half have a score below %s, 95%% below %s and 99%% below %s."
                            .formatted(
                                    Numbers.count(sorted.length),
                                    anomalies.rows(),
                                    Numbers.figure(quantile(sorted, 0.5)),
                                    Numbers.figure(quantile(sorted, 0.95)),
                                    Numbers.figure(quantile(sorted, 0.99)));
        }
        if (anomalies.mostAnomalous() != null && anomalies.mostAnomalous().numRows > 0) {
            blocks.add(mostAnomalous(anomalies, columns, rows));
        }
        return new Section("anomalies", "Anomalies", text, blocks);
    }

    private static Chart chart(double[] sorted) {
        Histogram histogram = Histogram.over(sorted, BINS);
        double[] shares = histogram.percent(sorted);
        double[] middles = IntStream.range(0, histogram.bins())
                .mapToDouble(bin -> histogram.least() + (bin + 0.5) * histogram.width())
                .toArray();
        double end = histogram.least() + histogram.width() * histogram.bins();
        double largest = sorted[sorted.length - 1];
        double highest = Arrays.stream(shares).max().orElse(1);
        return Chart.of(
                        "scores",
                        "Share of the rows by anomaly score"
                                + (largest > end
                                        ? ". Scores beyond the right end (up to %s) are counted in the last bar."
                                                .formatted(Numbers.figure(largest))
                                        : "."),
                        "Histogram of %s, from %s to %s nats."
                                .formatted(
                                        Words.counted(sorted.length, "score"),
                                        Numbers.figure(sorted[0]),
                                        Numbers.figure(largest)),
                        Axis.of("anomaly score, nats").range(histogram.least(), end),
                        Axis.percent("rows"))
                .sized(true, HEIGHT)
                .with(Series.histogram("rows", Palette.series(0), middles, shares))
                .with(mark("95%", quantile(sorted, 0.95), highest, Palette.series(1)))
                .with(mark("99%", quantile(sorted, 0.99), highest, Palette.series(4)));
    }

    private static Series mark(String share, double at, double height, Color colour) {
        return Series.dashed(
                share + " of the rows have a lower score", colour, new double[] {at, at}, new double[] {0, height});
    }

    /** Returns the least value that at least this share of the values does not exceed. */
    private static double quantile(double[] sorted, double share) {
        int place = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, place)];
    }

    private static Block mostAnomalous(Anomalies anomalies, Columns all, DMatrixRMaj sample) {
        DMatrixRMaj rows = anomalies.mostAnomalous();
        RowPairs pairs = new RowPairs(rows, anomalies.reconstructions());
        List<String> scores =
                Arrays.stream(anomalies.highest()).mapToObj(Numbers::figure).toList();
        Image image = all.image();
        DMatrixRMaj known = sample.numRows == 0 ? rows : sample;
        if (image != null) {
            return pairs.pictures(
                    "anomalous-pictures",
                    anomalies.reconstructions() == null
                            ? "The most anomalous rows, with their scores."
                            : "The most anomalous rows above their reconstructions, with their" + " scores.",
                    RowPictures.small(image, known),
                    scores);
        }
        double[] deviations = known.numRows > 1 ? Deviations.of(known) : new double[] {};
        int[] columns = columns(anomalies, deviations);
        int features = all.names().size();
        return pairs.table(
                "anomalous-table",
                "The most anomalous rows"
                        + (anomalies.reconstructions() == null
                                ? ", with their scores."
                                : " → their reconstructions, with their scores.")
                        + (columns.length < features
                                ? " Of %s columns, the %s with the largest errors are shown."
                                        .formatted(Numbers.count(features), columns.length)
                                : ""),
                all.names(),
                scores.stream().map(score -> "Score " + score).toList(),
                columns,
                new double[] {},
                deviations);
    }

    /** Returns all columns, or if there are too many, the ones with the largest errors in the rows shown. */
    private static int[] columns(Anomalies anomalies, double[] deviations) {
        DMatrixRMaj rows = anomalies.mostAnomalous();
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
