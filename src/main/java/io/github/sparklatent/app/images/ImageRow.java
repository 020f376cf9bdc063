package io.github.sparklatent.app.images;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.learn.DataException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Converts an image of Spark to a row of pixels and label. Spark stores the pixels side by side, blue before green
 * before red; the row has them channel by channel, red first, without the alpha channel.
 */
final class ImageRow implements MapFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final int COLOURS = 3;

    private final String shown;
    private final String first;
    private final int[] size;

    /**
     * Creates the conversion of images to rows.
     *
     * @param shown key and paths, for messages
     * @param first path of the first image
     * @param size channels, height and width of the first image
     */
    ImageRow(String shown, String first, int[] size) {
        this.shown = shown;
        this.first = first;
        this.size = size;
    }

    /** Returns the number of channels without the alpha channel, then height and width. */
    static int[] size(int channels, int height, int width) {
        return new int[] {channels == 1 ? 1 : COLOURS, height, width};
    }

    /**
     * Converts one image.
     *
     * @param row fields of the image: origin, height, width, channels, bytes
     */
    @Override
    public Row call(Row row) {
        Path origin = new Path(URI.create(row.getString(0)));
        int height = row.getInt(1);
        int width = row.getInt(2);
        int channels = row.getInt(3);
        if (height <= 0) {
            throw new DataException(
                    "%s has the file \"%s\", which is not an image; data.invalid = skip leaves such files out"
                            .formatted(shown, name(origin)));
        }
        int[] found = size(channels, height, width);
        if (!Arrays.equals(found, size)) {
            throw new DataException(
                    "%s has the image \"%s\" of size %s (channels x height x width), expected %s, the size of \"%s\": all images must have the same size"
                            .formatted(
                                    shown, name(origin), text(found), text(size), name(new Path(URI.create(first)))));
        }
        byte[] bytes = row.getAs(4);
        return RowFactory.create(pixels(bytes, channels), origin.getParent().getName());
    }

    private double[] pixels(byte[] bytes, int channels) {
        int area = size[1] * size[2];
        double[] pixels = new double[size[0] * area];
        for (int channel = 0; channel < size[0]; channel++) {
            int place = size[0] - 1 - channel;
            for (int i = 0; i < area; i++) {
                pixels[channel * area + i] = (bytes[i * channels + place] & 0xff) / ImageColumns.WHITE;
            }
        }
        return pixels;
    }

    private static String name(Path path) {
        return path.getParent().getName() + "/" + path.getName();
    }

    private static String text(int[] size) {
        return size[0] + " x " + size[1] + " x " + size[2];
    }
}
