package io.github.sparklatent.ml.network.values;

/**
 * One layer in the configuration.
 *
 * @param width width of a dense layer, number of channels of a convolution
 * @param kernel side of a convolution's square window; 0: a dense layer
 * @param stride pixels between two windows
 * @param padding pixels of value 0 around the image
 */
public record LayerSetting(int width, int kernel, int stride, int padding) {
    /** Returns a dense layer. */
    public static LayerSetting dense(int width) {
        return new LayerSetting(width, 0, 0, 0);
    }

    /** Returns whether the layer is a convolution. */
    public boolean isConvolution() {
        return kernel > 0;
    }
}
