package io.github.sparklatent.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;

/**
 * A gradient against central differences, entry by entry, in double precision.
 *
 * <p>With a step h the difference is off by h² |f‴| / 6, under 1e-9 for the functions here at h = 1e-5 and so under
 * 1e-6 of any derivative above 1e-3; and by the rounding of f over h: u (some hundred terms) |f| / h, hence the
 * absolute part of the tolerance.
 */
public final class GradientCheck {
    /** h. */
    public static final double STEP = 1e-5;

    /** Relative to the derivative. */
    public static final double RELATIVE = 1e-6;

    private static final double ROUNDING = 100 * 0x1.0p-53 / STEP;

    private GradientCheck() {}

    /**
     * Checks every entry of a gradient.
     *
     * @param what is differentiated with respect to, for the message
     * @param at the point, from an offset on; moved and put back
     * @param gradient as many derivatives as are checked
     * @param value of the function at the point as it stands
     */
    public static void check(String what, double[] at, int offset, double[] gradient, DoubleSupplier value) {
        double scale = Math.max(1, Math.abs(value.getAsDouble()));
        for (int i = 0; i < gradient.length; i++) {
            double difference = difference(at, offset + i, value);
            double tolerance = RELATIVE * Math.abs(difference) + ROUNDING * scale;
            assertThat(gradient[i])
                    .as("derivative by entry %d of %s", i, what)
                    .isCloseTo(difference, within(tolerance));
        }
    }

    private static double difference(double[] at, int i, DoubleSupplier value) {
        double before = at[i];
        at[i] = before + STEP;
        double above = value.getAsDouble();
        double up = at[i];
        at[i] = before - STEP;
        double below = value.getAsDouble();
        double down = at[i];
        at[i] = before;
        return (above - below) / (up - down);
    }
}
