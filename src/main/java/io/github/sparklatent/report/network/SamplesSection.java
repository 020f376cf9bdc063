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
final class SamplesSection {

    private static final int SIDE = 64;
    private static final int PICTURES = 70;

    private SamplesSection() {}

    static Section of(NetworkReport report) {
        DMatrixRMaj samples = report.samples();
        Image image = report.columns().image();
        List<Block> blocks =
                image == null || samples == null || samples.numRows == 0
                        ? List.of()
                        : List.of(pictures(scale(report), samples, image));
        return new Section(
                "samples",
                "Rows drawn from the model",
                (report.network().likelihood().isEmpty()
                                ? "The generator's output for latent codes"
                                : "The decoder's mean for latent codes")
                        + " drawn from the prior. These rows are not in the data.",
                blocks);
    }

    /**
     * Returns the rows whose values determine the shades, so that drawn and real rows can be
     * compared.
     */
    static DMatrixRMaj scale(NetworkReport report) {
        if (report.reconstructions() != null && report.reconstructions().originals().numRows > 0) {
            return report.reconstructions().originals();
        }
        boolean scored = report.anomalies() != null && report.anomalies().mostAnomalous() != null;
        return scored && report.anomalies().mostAnomalous().numRows > 0
                ? report.anomalies().mostAnomalous()
                : report.samples();
    }

    private static Block pictures(DMatrixRMaj scale, DMatrixRMaj samples, Image image) {
        RowPictures drawn = new RowPictures(image, Shades.of(scale, image), SIDE);
        List<Picture> pictures =
                IntStream.range(0, Math.min(PICTURES, samples.numRows))
                        .mapToObj(
                                i ->
                                        new Picture(
                                                List.of(drawn.of(samples, i, "Drawn row " + i)),
                                                ""))
                        .toList();
        return drawn.block(
                "sample-pictures",
                "%s drawn from the model.".formatted(Words.counted(pictures.size(), "row")),
                "grid",
                pictures);
    }
}
