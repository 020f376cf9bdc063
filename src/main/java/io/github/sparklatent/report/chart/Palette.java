package io.github.sparklatent.report.chart;

import java.awt.Color;
import java.util.List;

/**
 * The colours of the charts. The first six tell apart for colour-blind eyes (Okabe and Ito 2008,
 * without black and yellow, which vanish on dark and on light paper); the others follow in falling
 * distance. Neutral colours stand for variables of the page's style sheet, so that a chart follows
 * the page's light or dark paper; {@link Svg} puts the names in.
 */
public final class Palette {

    /** Stand for CSS variables; no other colour of a chart may equal them. */
    static final Color INK = new Color(1, 2, 3);

    public static final Color MUTED = new Color(1, 2, 4);
    static final Color GRID = new Color(1, 2, 5);
    static final Color PAPER = new Color(1, 2, 6);
    static final Color NONE = new Color(0, 0, 0, 0);

    /** For what has no colour of its own. */
    public static final Color OTHER = new Color(0x9AA0A6);

    private static final List<Color> SERIES =
            List.of(
                    new Color(0x0072B2),
                    new Color(0xE69F00),
                    new Color(0x009E73),
                    new Color(0xCC79A7),
                    new Color(0xD55E00),
                    new Color(0x56B4E9),
                    new Color(0x6A51A3),
                    new Color(0x8C6D31),
                    new Color(0xA8A800),
                    new Color(0x7F7F7F),
                    new Color(0x117733),
                    new Color(0x882255),
                    new Color(0x44AA99),
                    new Color(0xCC6677),
                    new Color(0x8DA0CB),
                    new Color(0x4C4CB0),
                    new Color(0xC9B458),
                    new Color(0xAA4499),
                    new Color(0x66A61E),
                    new Color(0xB15928));

    private Palette() {}

    /** How many colours there are. */
    public static int size() {
        return SERIES.size();
    }

    /** The colour of the series with that number; {@link #OTHER} past the last. */
    public static Color series(int index) {
        return index < SERIES.size() ? SERIES.get(index) : OTHER;
    }

    /** The same colour, letting what is under it through. */
    public static Color faint(Color colour, double opacity) {
        return new Color(
                colour.getRed(),
                colour.getGreen(),
                colour.getBlue(),
                (int) Math.round(255 * opacity));
    }

    /** Black or white, whichever reads better on the colour. */
    static Color textOn(Color colour) {
        double luminance =
                0.299 * colour.getRed() + 0.587 * colour.getGreen() + 0.114 * colour.getBlue();
        return luminance > 140 ? Color.BLACK : Color.WHITE;
    }

    /** As CSS: #0072b2. */
    public static String css(Color colour) {
        return "#%06x".formatted(colour.getRGB() & 0xFFFFFF);
    }

    /**
     * A transparent wash of the colour, for the background of a cell: text stays legible on light
     * and dark paper.
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
