package io.github.sparklatent.report;

import io.github.sparklatent.report.MixtureReport.Image;
import io.github.sparklatent.report.MixtureReport.Means;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ejml.data.DMatrixRMaj;

/** Means as small grey images, the least value white and the largest black. */
final class MeanPictures {

    /**
     * Pixels of the page that the longer side takes, or a little less, so that every pixel has the
     * same size.
     */
    private static final int SIDE = 112;

    private MeanPictures() {}

    static Pictures of(Means means, double[] weights, int[] shown) {
        DMatrixRMaj matrix = means.means();
        double least =
                IntStream.of(shown).boxed().flatMapToDouble(k -> row(matrix, k)).min().orElse(0);
        double largest =
                IntStream.of(shown).boxed().flatMapToDouble(k -> row(matrix, k)).max().orElse(1);
        List<Picture> pictures =
                IntStream.of(shown)
                        .mapToObj(k -> picture(means, k, weights[k], least, largest))
                        .toList();
        String caption = "Means of the components, with number and weight.";
        double span = largest - least;
        return new Pictures(
                "mean-pictures", caption, pictures, end(least, span), end(largest, span));
    }

    /** An end of the scale; what is but rounding beside the whole scale is 0. */
    private static String end(double value, double span) {
        return Numbers.figure(Math.abs(value) < 1e-9 * span ? 0 : value);
    }

    private static DoubleStream row(DMatrixRMaj matrix, int k) {
        return Arrays.stream(matrix.data, k * matrix.numCols, (k + 1) * matrix.numCols)
                .filter(Double::isFinite);
    }

    private static Picture picture(
            Means means, int k, double weight, double least, double largest) {
        Image shape = means.image();
        BufferedImage image =
                new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_BYTE_GRAY);
        double span = largest > least ? largest - least : 1;
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                double share = (means.means().get(k, y * shape.width() + x) - least) / span;
                int grey = (int) Math.round(255 * (1 - Math.max(0, Math.min(1, share))));
                image.getRaster().setSample(x, y, 0, grey);
            }
        }
        int side = Math.max(shape.width(), shape.height());
        double scale = side > SIDE ? (double) SIDE / side : SIDE / side;
        return new Picture(
                "data:image/png;base64," + Base64.getEncoder().encodeToString(png(image)),
                Math.max(1, (int) (shape.width() * scale)),
                Math.max(1, (int) (shape.height() * scale)),
                "Mean of component %s as an image of %s by %s pixels"
                        .formatted(k, shape.width(), shape.height()),
                "%s · %s".formatted(k, Numbers.percent(weight)));
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException("an image could not be written to memory", e);
        }
        return bytes.toByteArray();
    }
}
