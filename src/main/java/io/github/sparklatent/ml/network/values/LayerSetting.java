package io.github.sparklatent.ml.network.values;

/**
 * One layer as the configuration has it.
 *
 * @param width of a dense layer, channels of a convolution
 * @param kernel side of the square that a convolution sees; 0: a dense layer
 * @param stride pixels from one square to the next
 * @param padding pixels of 0 around the image
 */
public record LayerSetting(int width, int kernel, int stride, int padding) {
    /** A dense layer. */
    public static LayerSetting dense(int width) {
        return new LayerSetting(width, 0, 0, 0);
    }

    /** Whether it is a convolution. */
    public boolean isConvolution() {
        return kernel > 0;
    }
}
