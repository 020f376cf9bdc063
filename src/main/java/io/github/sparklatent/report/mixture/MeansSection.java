package io.github.sparklatent.report.mixture;

import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.MeansTable;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Pictures;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.RowPictures;
import io.github.sparklatent.report.chart.Shades;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
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
}
