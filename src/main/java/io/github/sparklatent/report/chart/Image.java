package io.github.sparklatent.report.chart;

import io.github.sparklatent.learn.Require;

/**
 * How features are the pixels of an image: channel after channel, each row by row, as {@code c · h
 * · w} columns.
 *
 * @param channels 1: grey, 3: red, green and blue
 * @param height in pixels
 * @param width in pixels
 */
public record Image(int channels, int height, int width) {
    public Image {
        Require.that(
                channels == 1 || channels == 3,
                "image.channels is %s, expected 1 (grey) or 3 (colour)",
                channels);
        Require.that(
                height > 0 && width > 0,
                "an image of %s by %s pixels, expected at least 1 by 1",
                width,
                height);
    }

    /** How many features an image has. */
    public int size() {
        return channels * height * width;
    }
}
