package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.RowPictures;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.chart.Shades;
import io.github.sparklatent.report.format.Words;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** The section that shows images drawn from the model. */
public final class SamplesSection {

    private static final int SIDE = 64;
    private static final int PICTURES = 70;

    private SamplesSection() {}

    /**
     * Returns the section.
     *
     * @param samples s × d. Rows drawn from the model with z from its prior. Not modified.
     * @param scale rows whose values determine the shades, so that drawn and real rows can be compared. Not modified.
     * @param decoded whether the model has a likelihood, unlike a GAN
     */
    public static Section of(DMatrixRMaj samples, DMatrixRMaj scale, Image image, boolean decoded) {
        return new Section(
                "samples",
                "Rows drawn from the model",
                (decoded ? "The decoder's mean for latent codes" : "The generator's output for latent codes")
                        + " drawn from the prior. These rows are not in the data.",
                List.of(pictures(scale, samples, image)));
    }

    private static Block pictures(DMatrixRMaj scale, DMatrixRMaj samples, Image image) {
        RowPictures drawn = new RowPictures(image, Shades.of(scale, image), SIDE);
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
