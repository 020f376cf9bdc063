package io.github.sparklatent.cluster.table;

import io.github.sparklatent.learn.Require;
import java.io.Serializable;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * A learnt scaling of rows: y = (x − shift) · factor column by column, or y = x / |x|.
 *
 * <p>A column that is constant has factor 1: there is nothing to scale by.
 */
public final class Scaling implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Scaling NONE = new Scaling(Scale.NONE, new double[0], new double[0]);

    private final Scale kind;
    private final double[] shift;
    private final double[] factor;

    private Scaling(Scale kind, double[] shift, double[] factor) {
        this.kind = kind;
        this.shift = shift;
        this.factor = factor;
    }

    /** Leaves rows as they are. */
    public static Scaling none() {
        return NONE;
    }

    /**
     * A scaling of a kind.
     *
     * @param shift one number a column; empty for none and unit. Not modified.
     * @param factor one number a column, not 0; empty for none and unit. Not modified.
     */
    public static Scaling of(Scale kind, double[] shift, double[] factor) {
        Require.that(
                shift.length == factor.length,
                "scaling has %d shifts and %d factors, expected as many of each",
                shift.length,
                factor.length);
        Require.that(
                shift.length == 0 || kind == Scale.STANDARD || kind == Scale.MINMAX,
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

    /** From means and deviations. */
    public static Scaling standard(double[] means, double[] variances) {
        double[] factor = new double[variances.length];
        for (int j = 0; j < factor.length; j++) {
            factor[j] = inverse(Math.sqrt(variances[j]));
        }
        return new Scaling(Scale.STANDARD, means, factor);
    }

    /** From the least and the greatest values. */
    public static Scaling range(double[] least, double[] greatest) {
        double[] factor = new double[least.length];
        for (int j = 0; j < factor.length; j++) {
            factor[j] = inverse(greatest[j] - least[j]);
        }
        return new Scaling(Scale.MINMAX, least, factor);
    }

    private static double inverse(double extent) {
        double inverse = 1 / extent;
        return inverse > 0 && inverse < Double.POSITIVE_INFINITY ? inverse : 1;
    }

    /**
     * The same scaling of some columns only; the others stay as they are.
     *
     * @param scaled whether a column is scaled, by its place
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

    /** The kind of scaling. */
    public Scale kind() {
        return kind;
    }

    /** What is subtracted, a number a column; empty for none and unit. A copy. */
    public double[] shift() {
        return shift.clone();
    }

    /** What is multiplied by afterwards, a number a column; empty for none and unit. A copy. */
    public double[] factor() {
        return factor.clone();
    }

    /**
     * Scales rows in place.
     *
     * @param rows row-major, of d columns. Modified.
     * @param from where the row begins
     * @param d its columns
     */
    public void apply(double[] rows, int from, int d) {
        switch (kind) {
            case NONE -> {}
            case STANDARD, MINMAX -> {
                for (int j = 0; j < d; j++) {
                    rows[from + j] = (rows[from + j] - shift[j]) * factor[j];
                }
            }
            case UNIT -> normalize(rows, from, d);
        }
    }

    /** Undoes {@link #apply}; a length taken by unit scaling cannot be given back. */
    public void invert(double[] rows, int from, int d) {
        if (kind == Scale.STANDARD || kind == Scale.MINMAX) {
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
