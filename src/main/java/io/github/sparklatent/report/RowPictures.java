package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Drawing;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Pictures;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.chart.Shades;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ejml.data.DMatrixRMaj;

/** Rows whose features are pixels, as small images, all on one scale. */
public final class RowPictures {

    private static final int RED_GREEN_BLUE = 3;

    private final Image shape;
    private final Shades shades;
    private final int side;

    /**
     * @param side pixels of the page that the longer side takes, or a little less, so that every
     *     pixel has the same size
     */
    public RowPictures(Image shape, Shades shades, int side) {
        this.shape = shape;
        this.shades = shades;
        this.side = side;
    }

    /**
     * One row.
     *
     * @param rows n × (c h w). Not modified.
     * @param name what it shows: "mean of component 3"
     */
    public Drawing of(DMatrixRMaj rows, int row, String name) {
        int longer = Math.max(shape.width(), shape.height());
        double scale = longer > side ? (double) side / longer : side / longer;
        return new Drawing(
                "data:image/png;base64,"
                        + Base64.getEncoder().encodeToString(png(painted(rows, row))),
                Math.max(1, (int) (shape.width() * scale)),
                Math.max(1, (int) (shape.height() * scale)),
                "%s as an image of %s by %s pixels".formatted(name, shape.width(), shape.height()));
    }

    /** Such images as a block of the page, with the scale where one number makes a shade. */
    public Pictures block(String id, String caption, String style, List<Picture> pictures) {
        boolean grey = shape.channels() == 1;
        return new Pictures(
                id,
                caption,
                style,
                pictures,
                grey ? shades.low() : "",
                grey ? shades.high() : "",
                shades.ink());
    }

    private BufferedImage painted(DMatrixRMaj rows, int row) {
        boolean colour = shape.channels() == RED_GREEN_BLUE;
        BufferedImage image =
                new BufferedImage(
                        shape.width(),
                        shape.height(),
                        colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
        int pixel = row * rows.numCols;
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int y = 0; y < shape.height(); y++) {
                for (int x = 0; x < shape.width(); x++) {
                    image.getRaster().setSample(x, y, channel, shades.of(rows.data[pixel++]));
                }
            }
        }
        return image;
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
