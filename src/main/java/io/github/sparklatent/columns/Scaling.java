package io.github.sparklatent.columns;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * A learnt scaling of rows: y = (x − shift) · factor for each column, or y = x / |x| for each row.
 *
 * <p>A constant column has factor 1.
 */
public final class Scaling implements Serializable {
    private static final Scaling NONE = new Scaling(Scale.NONE, new double[0], new double[0]);

    private final Scale kind;
    private final double[] shift;
    private final double[] factor;

    private Scaling(Scale kind, double[] shift, double[] factor) {
        this.kind = kind;
        this.shift = shift;
        this.factor = factor;
    }

    /** Returns the scaling that leaves rows unchanged. */
    public static Scaling none() {
        return NONE;
    }

    /**
     * Returns a scaling with given numbers.
     *
     * @param shift number subtracted from each column; empty for none and unit, and for quantile if all numbers are
     *     ranks. Not modified.
     * @param factor factor of each column, not 0; empty if {@code shift} is. Not modified.
     */
    @JsonCreator
    public static Scaling of(
            @JsonProperty("kind") Scale kind,
            @JsonProperty("shift") double[] shift,
            @JsonProperty("factor") double[] factor) {
        Require.that(
                shift.length == factor.length,
                "scaling has %d shifts and %d factors, expected as many of each",
                shift.length,
                factor.length);
        Require.that(
                shift.length == 0 || kind != Scale.NONE && kind != Scale.UNIT,
                "scaling %s has %d shifts, expected none",
                kind.name().toLowerCase(Locale.ROOT),
                shift.length);
        for (int j = 0; j < shift.length; j++) {
            Require.that(
                    Double.isFinite(shift[j]),
                    "scaling has shift %s at column %d, expected a finite number",
                    shift[j],
                    j);
            Require.that(
                    Double.isFinite(factor[j]) && factor[j] != 0,
                    "scaling has factor %s at column %d, expected a finite number that is not 0",
                    factor[j],
                    j);
        }
        return new Scaling(kind, shift.clone(), factor.clone());
    }

    /** Returns the scaling to mean 0 and standard deviation 1. */
    public static Scaling standard(double[] means, double[] variances) {
        double[] factor = new double[variances.length];
        Arrays.setAll(factor, j -> inverse(Math.sqrt(variances[j])));
        return new Scaling(Scale.STANDARD, means, factor);
    }

    /** Returns the scaling to [0, 1] from the smallest and the largest values. */
    public static Scaling range(double[] least, double[] greatest) {
        double[] factor = new double[least.length];
        Arrays.setAll(factor, j -> inverse(greatest[j] - least[j]));
        return new Scaling(Scale.MINMAX, least, factor);
    }

    private static double inverse(double extent) {
        double inverse = 1 / extent;
        return inverse > 0 && inverse < Double.POSITIVE_INFINITY ? inverse : 1;
    }

    /**
     * Returns this scaling restricted to some columns; the others stay unchanged.
     *
     * @param scaled whether a column is scaled, by its index
     */
    public Scaling only(IntPredicate scaled) {
        double[] someShift = shift.clone();
        double[] someFactor = factor.clone();
        for (int j = 0; j < someShift.length; j++) {
            if (!scaled.test(j)) {
                someShift[j] = 0;
                someFactor[j] = 1;
            }
        }
        return new Scaling(kind, someShift, someFactor);
    }

    /** Returns this scaling restricted to features that are numbers, not counts or categories. */
    public Scaling ofNumbers(List<Feature> features) {
        return features.stream().allMatch(feature -> feature.kind() == Feature.Kind.NUMBER)
                ? this
                : only(j -> features.get(j).kind() == Feature.Kind.NUMBER);
    }

    public Scale kind() {
        return kind;
    }

    /** Returns a copy of the numbers subtracted, one per column; empty if there are none. */
    public double[] shift() {
        return shift.clone();
    }

    /** Returns a copy of the factors applied after the shift, one per column; empty if none are. */
    public double[] factor() {
        return factor.clone();
    }

    /**
     * Scales a row in place.
     *
     * @param rows row-major, with d columns. Modified.
     * @param from index of the row's first number
     * @param d number of columns
     */
    public void apply(double[] rows, int from, int d) {
        if (kind == Scale.UNIT) {
            normalize(rows, from, d);
        } else if (shift.length > 0) {
            for (int j = 0; j < d; j++) {
                rows[from + j] = (rows[from + j] - shift[j]) * factor[j];
            }
        }
    }

    /** Inverts {@link #apply}. Unit scaling cannot be inverted; it leaves the row unchanged. */
    public void invert(double[] rows, int from, int d) {
        if (shift.length > 0) {
            for (int j = 0; j < d; j++) {
                rows[from + j] = rows[from + j] / factor[j] + shift[j];
            }
        }
    }

    private static void normalize(double[] rows, int from, int d) {
        double greatest = 0;
        for (int j = from; j < from + d; j++) {
            greatest = Math.max(greatest, Math.abs(rows[j]));
        }
        if (greatest == 0) {
            return;
        }
        double sum = 0;
        for (int j = from; j < from + d; j++) {
            double scaled = rows[j] / greatest;
            sum += scaled * scaled;
        }
        double length = greatest * Math.sqrt(sum);
        for (int j = from; j < from + d; j++) {
            rows[j] /= length;
        }
    }
}
