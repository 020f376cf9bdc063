package io.github.sparklatent.report.mixture;

import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Pictures;
import io.github.sparklatent.report.RowPictures;
import io.github.sparklatent.report.chart.Shades;
import io.github.sparklatent.report.format.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Draws means as small grey images; the least value is white and the largest black. */
final class MeanPictures {

    private static final int SIDE = 112;

    private MeanPictures() {}

    static Pictures of(Means means, double[] weights, int[] shown) {
        DMatrixRMaj matrix = means.means();
        Shades shades =
                Shades.ofInk(IntStream.of(shown).boxed().flatMapToDouble(k -> row(matrix, k)));
        RowPictures drawn = new RowPictures(means.image(), shades, SIDE);
        List<Picture> pictures =
                IntStream.of(shown)
                        .mapToObj(
                                k ->
                                        new Picture(
                                                List.of(
                                                        drawn.of(
                                                                matrix,
                                                                k,
                                                                "Mean of component " + k)),
                                                "%s · %s"
                                                        .formatted(k, Numbers.percent(weights[k]))))
                        .toList();
        return drawn.block(
                "mean-pictures", "Means of the components, with number and weight.", "", pictures);
    }

    private static DoubleStream row(DMatrixRMaj matrix, int k) {
        return Arrays.stream(matrix.data, k * matrix.numCols, (k + 1) * matrix.numCols);
    }
}
