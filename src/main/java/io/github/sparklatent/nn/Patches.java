package io.github.sparklatent.nn;

import java.util.Arrays;

/**
 * What a kernel sees of an image as it moves over it, as a matrix: a row for each of its c·k·k
 * cells, a column for each of its h′·w′ places (im2col). So a convolution is one product with the
 * kernels, and its result lies channel by channel as an image does.
 *
 * <pre>
 *   patches[(c, i, j)][(y, x)] = image[c][y·stride + i − padding][x·stride + j − padding]
 *   h′ = ⌊(h + 2·padding − k) / stride⌋ + 1, w′ likewise; outside of the image there are zeros
 * </pre>
 *
 * @param image that the kernel moves over
 * @param kernel k, its height and width
 * @param stride pixels from one place to the next
 * @param padding pixels of zeros around the image
 */
record Patches(ImageShape image, int kernel, int stride, int padding) {
    Patches {
        Check.that(kernel >= 1, "kernel of a convolution is %d, expected at least 1", kernel);
        Check.that(stride >= 1, "stride of a convolution is %d, expected at least 1", stride);
        Check.that(
                padding >= 0 && padding < kernel,
                "padding of a convolution is %d, expected 0 to %d (less than its kernel)",
                padding,
                kernel - 1);
        Check.that(
                kernel <= Math.min(image.height(), image.width()) + 2 * padding,
                "a kernel of %d x %d does not fit an image of %s with a padding of %d",
                kernel,
                kernel,
                image,
                padding);
        Check.that(
                (long) cells(image, kernel)
                                * places(image.height(), kernel, stride, padding)
                                * places(image.width(), kernel, stride, padding)
                        <= Integer.MAX_VALUE - 8,
                "the patches of an image of %s under a kernel of %d are more than an array holds",
                image,
                kernel);
    }

    private static int cells(ImageShape image, int kernel) {
        return Math.multiplyExact(image.channels(), Math.multiplyExact(kernel, kernel));
    }

    private static int places(int length, int kernel, int stride, int padding) {
        return (length + 2 * padding - kernel) / stride + 1;
    }

    /** h′. */
    int height() {
        return places(image.height(), kernel, stride, padding);
    }

    /** w′. */
    int width() {
        return places(image.width(), kernel, stride, padding);
    }

    /** Rows of the matrix: c·k·k. */
    int rows() {
        return cells(image, kernel);
    }

    /** Columns of the matrix: h′·w′. */
    int columns() {
        return height() * width();
    }

    /** patches ← those of the image that starts at the offset. */
    void gather(float[] from, int offset, float[] patches) {
        int width = width();
        for (int row = 0; row < rows(); row++) {
            int shift = row % kernel - padding;
            int first = Math.min(width, first(shift));
            int end = Math.max(first, end(shift));
            for (int y = 0; y < height(); y++) {
                int to = (row * height() + y) * width;
                int line = line(row, y);
                if (line < 0) {
                    Arrays.fill(patches, to, to + width, 0f);
                    continue;
                }
                Arrays.fill(patches, to, to + first, 0f);
                copy(from, offset + line + shift, patches, to, first, end);
                Arrays.fill(patches, to + end, to + width, 0f);
            }
        }
    }

    private void copy(float[] from, int at, float[] patches, int to, int first, int end) {
        if (stride == 1) {
            System.arraycopy(from, at + first, patches, to + first, end - first);
            return;
        }
        for (int x = first; x < end; x++) {
            patches[to + x] = from[at + x * stride];
        }
    }

    /** Adds each patch to its pixels in the image that starts at the offset: the adjoint. */
    void scatter(float[] patches, float[] into, int offset) {
        int width = width();
        for (int row = 0; row < rows(); row++) {
            int shift = row % kernel - padding;
            int first = Math.min(width, first(shift));
            int end = Math.max(first, end(shift));
            for (int y = 0; y < height(); y++) {
                int line = line(row, y);
                if (line >= 0) {
                    int from = (row * height() + y) * width;
                    add(patches, from, into, offset + line + shift, first, end);
                }
            }
        }
    }

    private void add(float[] patches, int from, float[] into, int at, int first, int end) {
        for (int x = first; x < end; x++) {
            into[at + x * stride] += patches[from + x];
        }
    }

    /** Where the line of the image starts that a cell of the kernel meets at y; -1 if outside. */
    private int line(int row, int y) {
        int channel = row / (kernel * kernel);
        int line = y * stride + row / kernel % kernel - padding;
        return line < 0 || line >= image.height()
                ? -1
                : (channel * image.height() + line) * image.width();
    }

    /** First x with x·stride + shift within the image. */
    private int first(int shift) {
        return shift >= 0 ? 0 : (stride - 1 - shift) / stride;
    }

    /** One past the last x with x·stride + shift within the image; at most w′. */
    private int end(int shift) {
        int last = image.width() - 1 - shift;
        return last < 0 ? 0 : Math.min(width(), last / stride + 1);
    }
}
