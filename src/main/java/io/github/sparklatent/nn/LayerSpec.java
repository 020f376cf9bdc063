package io.github.sparklatent.nn;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;

/** A hidden layer of a configuration, before the sizes around it are known. */
public sealed interface LayerSpec extends Serializable {
    /**
     * A dense layer.
     *
     * @param width number of columns that the layer computes in an encoder, or reads in a decoder
     */
    record Width(@JsonValue int width) implements LayerSpec {
        public Width {
            Check.that(width >= 1, "a layer has width %d, expected at least 1", width);
        }
    }

    /**
     * A convolution in an encoder, a transposed one in a decoder.
     *
     * @param channels number of channels that the layer computes in an encoder, or reads in a decoder
     * @param kernel height and width of the kernels
     * @param stride pixels from one place to the next
     * @param padding pixels of zeros around the image
     */
    record Kernel(@JsonProperty("conv") int channels, int kernel, int stride, int padding) implements LayerSpec {
        public Kernel {
            Check.that(channels >= 1, "a convolution has %d channels, expected at least 1", channels);
            require(kernel, stride, padding);
        }

        static void require(int kernel, int stride, int padding) {
            Check.that(kernel >= 1, "kernel of a convolution is %d, expected at least 1", kernel);
            Check.that(stride >= 1, "stride of a convolution is %d, expected at least 1", stride);
            Check.that(
                    padding >= 0 && padding < kernel,
                    "padding of a convolution is %d, expected 0 to %d (less than its kernel)",
                    padding,
                    kernel - 1);
        }

        /** Creates a layer with a padding of ⌊(kernel − 1) / 2⌋; a stride of 1 keeps odd sizes. */
        public Kernel(int channels, int kernel, int stride) {
            this(channels, kernel, stride, (kernel - 1) / 2);
        }
    }
}
