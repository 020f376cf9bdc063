package io.github.sparklatent.nn;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.Serializable;

/**
 * The shape of an image whose values are stored in one row: channel after channel, and each channel line after line.
 *
 * @param channels number of channels: 1 for grey, 3 for colours, any number within a network
 * @param height height in pixels
 * @param width width in pixels
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record ImageShape(int channels, int height, int width) implements Serializable {
    public ImageShape {
        Check.that(
                channels >= 1 && height >= 1 && width >= 1,
                "image is %d x %d x %d, expected channels, height and width of at least 1",
                channels,
                height,
                width);
        Check.that(
                (long) channels * height * width <= Integer.MAX_VALUE - 8,
                "image of %d x %d x %d is more than an array holds",
                channels,
                height,
                width);
    }

    /** Returns the number of columns of a row that holds the image. */
    public int size() {
        return channels * height * width;
    }

    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
