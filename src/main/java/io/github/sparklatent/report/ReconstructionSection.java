package io.github.sparklatent.report;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The section that shows rows and their reconstructions. */
public final class ReconstructionSection {

    /**
     * The features of the table.
     *
     * @param names d. Names.
     * @param image layout of the features if they are the pixels of an image, else null
     */
    public record Columns(List<String> names, Image image) {
        public Columns {
            names = List.copyOf(names);
            if (image != null) {
                Require.size("pixels of columns.image", image.size(), names.size());
            }
        }
    }

    /**
     * A sample of rows with their reconstructions. A table computes the error of each column from all rows of the
     * sample, a few hundred, and shows the first few rows.
     *
     * @param rows name of the sampled rows, such as "held-out rows"
     * @param originals m × d. Not modified.
     * @param reconstructions m × d, as scores have them. Not modified.
     * @param labels m. The label of each row; empty: there is no label
     */
    public record Reconstructions(
            String rows, DMatrixRMaj originals, DMatrixRMaj reconstructions, List<String> labels) {
        public Reconstructions {
            labels = List.copyOf(labels);
            Require.size("rows of reconstructions", reconstructions.numRows, originals.numRows);
            Require.size("columns of reconstructions", reconstructions.numCols, originals.numCols);
            if (!labels.isEmpty()) {
                Require.size("reconstructions.labels", labels.size(), originals.numRows);
            }
        }
    }

    private ReconstructionSection() {}

    /** Returns the section; without rows, it has no blocks. {@code latent}: number of latent dimensions. */
    public static Section of(Reconstructions shown, Columns columns, int latent) {
        List<Block> blocks = shown.originals().numRows == 0
                ? List.of()
                : List.of(columns.image() == null ? table(shown, columns) : pictures(shown, columns.image()));
        return new Section("reconstructions", "Reconstructions", text(shown, columns, latent), blocks);
    }

    private static String text(Reconstructions rows, Columns columns, int latent) {
        boolean images = columns.image() != null;
        String which =
                "%s of the %s".formatted(Numbers.count(RowPairs.shown(rows.originals().numRows, images)), rows.rows());
        return images
                ? which + ", each above its reconstruction from %s.".formatted(Words.counted(latent, "latent number"))
                : which
                        + " and their reconstructions from %s. Orange is too high, blue is"
                                .formatted(Words.counted(latent, "latent number"))
                        + " too low; the colour is strongest from 2 standard deviations of the column on.";
    }

    private static Block pictures(Reconstructions rows, Image image) {
        return new RowPairs(rows.originals(), rows.reconstructions())
                .pictures(
                        "reconstruction-pictures",
                        rows.labels().isEmpty()
                                ? "Originals above, reconstructions below."
                                : "Originals above, reconstructions below, with the labels.",
                        RowPictures.small(image, rows.originals()),
                        rows.labels());
    }

    private static Block table(Reconstructions rows, Columns all) {
        double[] explained = Deviations.explained(rows.originals(), rows.reconstructions());
        int features = all.names().size();
        int[] columns = features <= Order.FEATURES
                ? IntStream.range(0, features).toArray()
                : Order.largest(
                        Arrays.stream(explained)
                                .map(share -> Double.isNaN(share) ? -Double.MAX_VALUE : -share)
                                .toArray(),
                        Order.FEATURES);
        List<String> heads = IntStream.range(0, rows.originals().numRows)
                .mapToObj(i -> "Row %s%s"
                        .formatted(
                                i,
                                rows.labels().isEmpty()
                                        ? ""
                                        : ": " + rows.labels().get(i)))
                .toList();
        String caption = "Original → reconstruction. Explained: the share of the column's variance that the"
                + " reconstruction keeps, over %s.".formatted(Words.counted(rows.originals().numRows, "row"));
        String remark = columns.length < features
                ? " Of %s columns, the %s that are explained least are shown."
                        .formatted(Numbers.count(features), columns.length)
                : "";
        return new RowPairs(rows.originals(), rows.reconstructions())
                .table(
                        "reconstruction-table",
                        caption + remark,
                        all.names(),
                        heads,
                        columns,
                        explained,
                        Deviations.of(rows.originals()));
    }
}
