package io.github.sparklatent.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;

/**
 * A scale from values to brightness.
 *
 * @param least the value at one end of the scale
 * @param largest the value at the other end
 * @param ink whether the largest value is black, as ink on paper; else it is white, as light on a screen
 */
public record Shades(double least, double largest, boolean ink) {

    private static final int BRIGHTEST = 255;

    /** The share of the whole scale below which a value is a rounding error. */
    private static final double NEGLIGIBLE = 1e-9;

    /** The least share of blank pixels in a drawing. A photograph hardly ever has as much pure black. */
    private static final double PAPER = 1.0 / 3;

    /** Returns the scale over the range of the values, with the largest value in black. */
    public static Shades ofInk(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        return new Shades(
                Arrays.stream(finite).min().orElse(0),
                Arrays.stream(finite).max().orElse(1),
                true);
    }

    /**
     * Returns the scale over the range of the rows. If at least a third of all pixels of grey images have exactly the
     * least value, the images are drawings, and the largest value is black.
     *
     * @param rows n × (c h w). Not modified.
     */
    public static Shades of(DMatrixRMaj rows, Image shape) {
        Shades shades = ofInk(Arrays.stream(rows.data, 0, rows.getNumElements()));
        long blank = Arrays.stream(rows.data, 0, rows.getNumElements())
                .filter(value -> value == shades.least)
                .count();
        boolean drawing = shape.channels() == 1 && blank >= PAPER * rows.getNumElements();
        return new Shades(shades.least, shades.largest, drawing);
    }

    /**
     * Returns the brightness of a value, 0 to 255. A value outside the scale has the brightness of the nearer end. NaN
     * has the brightness of the least value.
     */
    public int of(double value) {
        double span = largest > least ? largest - least : 1;
        double share = (value - least) / span;
        double inside = share > 0 ? Math.min(1, share) : 0;
        return (int) Math.round(BRIGHTEST * (ink ? 1 - inside : inside));
    }

    /** Returns the least value as a label of the scale. */
    public String low() {
        return end(least);
    }

    /** Returns the largest value as a label of the scale. */
    public String high() {
        return end(largest);
    }

    private String end(double value) {
        return Numbers.chosen(Math.abs(value) < NEGLIGIBLE * (largest - least) ? 0 : value);
    }
}
