package io.github.sparklatent.report;

import io.github.sparklatent.report.Page.Drawing;
import io.github.sparklatent.report.Page.Picture;
import io.github.sparklatent.report.Page.Pictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.ejml.data.DMatrixRMaj;

/** Draws rows whose features are pixels as small images, all on one scale. */
public final class RowPictures {

    private static final int RED_GREEN_BLUE = 3;
    private static final int SMALL = 64;

    private final Image shape;
    private final Shades shades;
    private final int side;

    /**
     * Creates a painter for images of one shape.
     *
     * @param side the most pixels of the page that the longer side of an image may take. Every pixel of the image gets
     *     the same size, so the image can be a little smaller.
     */
    public RowPictures(Image shape, Shades shades, int side) {
        this.shape = shape;
        this.shades = shades;
        this.side = side;
    }

    /**
     * Returns a painter of small images.
     *
     * @param scale rows whose values determine the shades. Not modified.
     */
    static RowPictures small(Image shape, DMatrixRMaj scale) {
        return new RowPictures(shape, Shades.of(scale, shape), SMALL);
    }

    /**
     * Returns one row as an image.
     *
     * @param rows n × (c h w). Not modified.
     * @param row index of the row
     * @param name description of the image's content, such as "mean of component 3"
     */
    public Drawing of(DMatrixRMaj rows, int row, String name) {
        int longer = Math.max(shape.width(), shape.height());
        double scale = longer > side ? (double) side / longer : side / longer;
        return new Drawing(
                "data:image/png;base64," + Base64.getEncoder().encodeToString(png(painted(rows, row))),
                Math.max(1, (int) (shape.width() * scale)),
                Math.max(1, (int) (shape.height() * scale)),
                "%s as an image of %s by %s pixels".formatted(name, shape.width(), shape.height()));
    }

    /** Returns pictures as a block of the page. Grey images come with a scale. */
    public Pictures block(String id, String caption, String style, List<Picture> pictures) {
        boolean grey = shape.channels() == 1;
        return new Pictures(
                id, caption, style, pictures, grey ? shades.low() : "", grey ? shades.high() : "", shades.ink());
    }

    private BufferedImage painted(DMatrixRMaj rows, int row) {
        boolean colour = shape.channels() == RED_GREEN_BLUE;
        BufferedImage image = new BufferedImage(
                shape.width(), shape.height(), colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY);
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
            throw new UncheckedIOException("cannot encode an image as PNG in memory", e);
        }
        return bytes.toByteArray();
    }
}
