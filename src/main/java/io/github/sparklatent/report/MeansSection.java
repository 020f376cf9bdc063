package io.github.sparklatent.report;

import io.github.sparklatent.report.LatentSection.NetworkComponents;
import io.github.sparklatent.report.MeansTable.Means;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Drawing;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Pictures;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.ReconstructionSection.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The section that shows the components' means: as images if the features are pixels, else as a table of deviations.
 */
public final class MeansSection {

    /** Most pixels of the page that a side of an image takes. */
    private static final int SIDE = 112;

    /** Most rows that are drawn of a component. */
    private static final int DRAWN = 6;

    private MeansSection() {}

    /**
     * Returns the section.
     *
     * @param weights weights of the components. Not modified.
     */
    public static Section of(Means means, double[] weights) {
        int[] shown = Order.largest(weights, Order.COMPONENTS);
        String remark = Order.remark(shown.length, weights.length, "largest components");
        return means.image() == null
                ? new Section("means", "Means", text() + remark, List.of(MeansTable.of(means, weights, shown)))
                : new Section(
                        "means",
                        "Means",
                        "The mean of each component as an image, all on one grey scale." + remark,
                        List.of(pictures(means, weights, shown)));
    }

    private static String text() {
        return "The distance of each component's mean from the overall mean, in standard deviations within a component. Orange is above, blue is below; the colour is strongest from 3 on.";
    }

    /** Draws means as small grey images; the least value is white and the largest black. */
    private static Pictures pictures(Means means, double[] weights, int[] shown) {
        DMatrixRMaj matrix = means.means();
        Shades shades = Shades.ofInk(IntStream.of(shown).boxed().flatMapToDouble(k -> row(matrix, k)));
        RowPictures drawn = new RowPictures(means.image(), shades, SIDE);
        List<Picture> pictures = IntStream.of(shown)
                .mapToObj(k -> new Picture(
                        List.of(drawn.of(matrix, k, "Mean of component " + k)),
                        "%s · %s".formatted(k, Numbers.percent(weights[k]))))
                .toList();
        return drawn.block("mean-pictures", "Means of the components, with number and weight.", "", pictures);
    }

    private static DoubleStream row(DMatrixRMaj matrix, int k) {
        return Arrays.stream(matrix.data, k * matrix.numCols, (k + 1) * matrix.numCols);
    }

    /**
     * Returns the section that shows what the components of a latent space mean: the decoded mean of each component
     * and, for images, some rows drawn from it.
     *
     * @param rows rows of the table, which determine shades and deviations; empty: unknown. Not modified.
     */
    public static Section decoded(NetworkComponents components, Columns columns, DMatrixRMaj rows) {
        int[] shown = Order.largest(components.sizes().weights(), Order.COMPONENTS);
        boolean images = columns.image() != null;
        String text = images
                ? "The decoded mean of each component, all on one scale."
                : "The distance of each component's decoded mean from the overall mean, in standard deviations of the rows. Orange is above, blue is below; the colour is strongest from 3 on.";
        return new Section(
                "means",
                "What the components mean",
                text + Order.remark(shown.length, components.count(), "largest components"),
                List.of(
                        images
                                ? decodedPictures(components, columns.image(), rows, shown)
                                : table(components, columns, rows, shown)));
    }

    private static Block decodedPictures(NetworkComponents components, Image image, DMatrixRMaj rows, int[] shown) {
        RowPictures drawn = RowPictures.small(image, rows.numRows == 0 ? components.decoded() : rows);
        List<Picture> pictures = IntStream.of(shown)
                .mapToObj(k -> new Picture(
                        drawings(drawn, components, k),
                        "%s · %s"
                                .formatted(k, Numbers.percent(components.sizes().weights()[k]))))
                .toList();
        String caption = components.samples().isEmpty()
                ? "Decoded means, with number and weight."
                : "Decoded means above some rows drawn from the component, with number and weight.";
        return drawn.block("decoded-pictures", caption, "small components", pictures);
    }

    private static List<Drawing> drawings(RowPictures pictures, NetworkComponents components, int k) {
        List<Drawing> drawings = new ArrayList<>();
        drawings.add(pictures.of(components.decoded(), k, "Decoded mean of component " + k));
        if (!components.samples().isEmpty()) {
            DMatrixRMaj samples = components.samples().get(k);
            for (int i = 0; i < Math.min(DRAWN, samples.numRows); i++) {
                drawings.add(pictures.of(samples, i, "Drawn row %d of component %d".formatted(i, k)));
            }
        }
        return drawings;
    }

    /**
     * Returns the table of decoded means, in standard deviations of the rows shown or, without rows, of the decoded
     * means.
     */
    private static Block table(NetworkComponents components, Columns columns, DMatrixRMaj rows, int[] shown) {
        DMatrixRMaj decoded = components.decoded();
        double[] deviations = Deviations.of(rows.numRows < 2 ? decoded : rows);
        Means means = new Means(columns.names(), decoded, deviations, null);
        return MeansTable.of(means, components.sizes().weights(), shown);
    }
}
