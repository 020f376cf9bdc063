package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.MeansTable;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Drawing;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.RowPictures;
import io.github.sparklatent.report.chart.Deviations;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.chart.Shades;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
import io.github.sparklatent.report.network.ReconstructionSection.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The section that shows what the components of a latent space mean: the decoded mean of each component and, for
 * images, some rows drawn from it.
 */
public final class DecodedMeansSection {

    private static final int SIDE = 64;
    private static final int DRAWN = 6;

    private DecodedMeansSection() {}

    /**
     * Returns the section.
     *
     * @param rows rows of the table, which determine shades and deviations; empty: unknown. Not modified.
     */
    public static Section of(NetworkComponents components, Columns columns, DMatrixRMaj rows) {
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
                                ? pictures(components, columns.image(), rows, shown)
                                : table(components, columns, rows, shown)));
    }

    private static Block pictures(NetworkComponents components, Image image, DMatrixRMaj rows, int[] shown) {
        RowPictures drawn =
                new RowPictures(image, Shades.of(rows.numRows == 0 ? components.decoded() : rows, image), SIDE);
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
