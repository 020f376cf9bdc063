package io.github.sparklatent.report.chart;

import io.github.sparklatent.learn.Require;

/**
 * The layout of features that are the pixels of an image: channel by channel, each row by row, as {@code c · h · w}
 * columns.
 *
 * @param channels 1: grey; 3: red, green and blue
 * @param height height in pixels
 * @param width width in pixels
 */
public record Image(int channels, int height, int width) {
    public Image {
        Require.that(channels == 1 || channels == 3, "image.channels is %s, expected 1 (grey) or 3 (colour)", channels);
        Require.that(
                height > 0 && width > 0,
                "the image has %s by %s pixels (width by height), expected at least 1 by 1",
                width,
                height);
    }

    /** Returns the number of features, {@code c · h · w}. */
    public int size() {
        return channels * height * width;
    }
}
