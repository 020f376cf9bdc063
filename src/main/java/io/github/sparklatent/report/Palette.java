package io.github.sparklatent.report;

import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;

/**
 * The colours of the charts. Colour-blind readers can tell the first six apart (Okabe and Ito 2008, without black and
 * yellow, which have too little contrast on dark and light paper). The others follow in order of decreasing distance.
 */
public final class Palette {

    /** The colour of everything that has no colour of its own. */
    public static final Color OTHER = new Color(0x9AA0A6);

    private static final List<Color> SERIES = Stream.of(
                    ("0072B2 E69F00 009E73 CC79A7 D55E00 56B4E9 6A51A3 8C6D31 A8A800 7F7F7F"
                                    + " 117733 882255 44AA99 CC6677 8DA0CB 4C4CB0 C9B458 AA4499 66A61E B15928")
                            .split(" "))
            .map(code -> Color.decode("#" + code))
            .toList();

    private Palette() {}

    /** Returns the number of colours. */
    public static int size() {
        return SERIES.size();
    }

    /** Returns the colour of a series, or {@link #OTHER} if there are fewer colours. */
    public static Color series(int index) {
        return index < SERIES.size() ? SERIES.get(index) : OTHER;
    }

    /** Returns black or white, the one with the better contrast to the colour. */
    public static Color textOn(Color colour) {
        double luminance = 0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
        return luminance > 140 ? Color.BLACK : Color.WHITE;
    }

    /** Returns the colour as CSS text such as {@code #0072b2}. */
    public static String css(Color colour) {
        return "#%06x".formatted(colour.getRGB() & 0xFFFFFF);
    }

    /**
     * Returns a transparent background for a table cell as CSS, or an empty text if it would be invisible. Text stays
     * legible on it in the light and the dark theme.
     *
     * @param strength strength of the colour, from 0 to 1
     */
    public static String wash(Color colour, double strength) {
        double opacity = 0.7 * Math.max(0, Math.min(1, strength));
        return opacity < 0.01
                ? ""
                : "rgba(%s,%s,%s,%s)"
                        .formatted(
                                colour.getRed(),
                                colour.getGreen(),
                                colour.getBlue(),
                                Math.round(opacity * 100) / 100.0);
    }
}
