package io.github.sparklatent.report.chart;

import io.github.sparklatent.report.format.Numbers;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;

/**
 * From values to brightness.
 *
 * @param least the value at one end of the scale
 * @param largest the value at the other
 * @param ink whether the largest value is black, as ink on paper, not white, as light on a screen
 */
public record Shades(double least, double largest, boolean ink) {

    private static final int BRIGHTEST = 255;

    /** What is but rounding beside the whole scale. */
    private static final double NEGLIGIBLE = 1e-9;

    /** A drawing leaves so much of its paper blank; hardly a photograph has as much pure black. */
    private static final double PAPER = 1.0 / 3;

    /** From the least to the largest of these values, as ink on paper. */
    public static Shades ofInk(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        return new Shades(
                Arrays.stream(finite).min().orElse(0), Arrays.stream(finite).max().orElse(1), true);
    }

    /**
     * From the least to the largest value of these rows. Grey images of which a third of all pixels
     * or more have exactly the least value are drawings, and shown as ink on paper.
     *
     * @param rows n × (c h w). Not modified.
     */
    public static Shades of(DMatrixRMaj rows, Image shape) {
        Shades shades = ofInk(Arrays.stream(rows.data, 0, rows.getNumElements()));
        long blank =
                Arrays.stream(rows.data, 0, rows.getNumElements())
                        .filter(value -> value == shades.least)
                        .count();
        boolean drawing = shape.channels() == 1 && blank >= PAPER * rows.getNumElements();
        return new Shades(shades.least, shades.largest, drawing);
    }

    /** The brightness of a value, 0 to 255; beyond the ends as at the ends, NaN as the least. */
    public int of(double value) {
        double span = largest > least ? largest - least : 1;
        double share = (value - least) / span;
        double inside = share > 0 ? Math.min(1, share) : 0;
        return (int) Math.round(BRIGHTEST * (ink ? 1 - inside : inside));
    }

    /** The least value, for the scale. */
    public String low() {
        return end(least);
    }

    /** The largest value, for the scale. */
    public String high() {
        return end(largest);
    }

    private String end(double value) {
        return Numbers.chosen(Math.abs(value) < NEGLIGIBLE * (largest - least) ? 0 : value);
    }
}
