package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.chart.Deviations;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.chart.Shades;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
import io.github.sparklatent.report.format.Words;
import io.github.sparklatent.report.network.NetworkReport.Reconstructions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The section that shows rows and their reconstructions. */
final class ReconstructionSection {

    private ReconstructionSection() {}

    static Section of(NetworkReport report) {
        Reconstructions shown = report.reconstructions();
        List<Block> blocks =
                shown.originals().numRows == 0
                        ? List.of()
                        : List.of(
                                report.columns().image() == null
                                        ? table(report)
                                        : pictures(report));
        return new Section("reconstructions", "Reconstructions", text(report), blocks);
    }

    private static String text(NetworkReport report) {
        Reconstructions rows = report.reconstructions();
        boolean images = report.columns().image() != null;
        String which =
                "%s of the %s"
                        .formatted(
                                Numbers.count(RowPairs.shown(rows.originals().numRows, images)),
                                rows.rows());
        return images
                ? which
                        + ", each above its reconstruction from %s."
                                .formatted(
                                        Words.counted(report.network().latent(), "latent number"))
                : which
                        + " and their reconstructions from %s. Orange is too high, blue is"
                                .formatted(
                                        Words.counted(report.network().latent(), "latent number"))
                        + " too low; the colour is strongest from 2 standard deviations of the"
                        + " column on.";
    }

    private static Block pictures(NetworkReport report) {
        Reconstructions rows = report.reconstructions();
        Image image = report.columns().image();
        return new RowPairs(rows.originals(), rows.reconstructions())
                .pictures(
                        "reconstruction-pictures",
                        rows.labels().isEmpty()
                                ? "Originals above, reconstructions below."
                                : "Originals above, reconstructions below, with the labels.",
                        image,
                        Shades.of(rows.originals(), image),
                        rows.labels());
    }

    private static Block table(NetworkReport report) {
        Reconstructions rows = report.reconstructions();
        double[] explained = Deviations.explained(rows.originals(), rows.reconstructions());
        int features = report.network().features();
        int[] columns =
                features <= Order.FEATURES
                        ? IntStream.range(0, features).toArray()
                        : Order.largest(
                                Arrays.stream(explained)
                                        .map(
                                                share ->
                                                        Double.isNaN(share)
                                                                ? -Double.MAX_VALUE
                                                                : -share)
                                        .toArray(),
                                Order.FEATURES);
        List<String> heads =
                IntStream.range(0, rows.originals().numRows)
                        .mapToObj(
                                i ->
                                        "Row %s%s"
                                                .formatted(
                                                        i,
                                                        rows.labels().isEmpty()
                                                                ? ""
                                                                : ": " + rows.labels().get(i)))
                        .toList();
        String caption =
                "Original → reconstruction. Explained: the share of the column's variance that the"
                        + " reconstruction keeps, over %s."
                                .formatted(Words.counted(rows.originals().numRows, "row"));
        String remark =
                columns.length < features
                        ? " Of %s columns, the %s that are explained least are shown."
                                .formatted(Numbers.count(features), columns.length)
                        : "";
        return new RowPairs(rows.originals(), rows.reconstructions())
                .table(
                        "reconstruction-table",
                        caption + remark,
                        report.columns().names(),
                        heads,
                        columns,
                        explained,
                        Deviations.of(rows.originals()));
    }
}
