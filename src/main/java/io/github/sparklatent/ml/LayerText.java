package io.github.sparklatent.ml;

import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hidden layers and the size of images as params have them. */
final class LayerText {
    /** For a decoder that mirrors its encoder. */
    static final String MIRROR = "mirror";

    private static final Pattern CONVOLUTION =
            Pattern.compile("conv:(\\d{1,9}):(\\d{1,9}):(\\d{1,9}):(\\d{1,9})");
    private static final Pattern IMAGE = Pattern.compile("(\\d{1,9})x(\\d{1,9})x(\\d{1,9})");

    private LayerText() {}

    /**
     * The layers that texts stand for.
     *
     * @throws IllegalArgumentException for a text that is none
     */
    static List<LayerSpec> layers(String... texts) {
        return Arrays.stream(texts).map(LayerText::layer).toList();
    }

    /** The layers of a decoder; see {@link #layers}. */
    static List<LayerSpec> decoder(List<LayerSpec> encoder, String... texts) {
        return List.of(texts).equals(List.of(MIRROR))
                ? NetworkPlan.reversed(encoder)
                : layers(texts);
    }

    private static LayerSpec layer(String text) {
        Matcher convolution = CONVOLUTION.matcher(text);
        if (convolution.matches()) {
            return new LayerSpec.Kernel(
                    number(convolution, 1),
                    number(convolution, 2),
                    number(convolution, 3),
                    number(convolution, 4));
        }
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "a layer is \"%s\", expected a width or conv:CHANNELS:KERNEL:STRIDE:PADDING"
                            .formatted(text));
        }
        return new LayerSpec.Width(Integer.parseInt(text));
    }

    /**
     * The size of images, or null for an empty text.
     *
     * @throws IllegalArgumentException for any other text that is none
     */
    static ImageShape image(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Matcher size = IMAGE.matcher(text);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "image is \"%s\", expected CHANNELSxHEIGHTxWIDTH".formatted(text));
        }
        return new ImageShape(number(size, 1), number(size, 2), number(size, 3));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
