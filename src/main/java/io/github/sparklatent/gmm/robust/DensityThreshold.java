package io.github.sparklatent.gmm.robust;

import java.io.Serializable;

/**
 * The lowest log density of the rows that are kept. Log densities are compared in whole multiples of 2⁻¹⁸ nats, so that
 * counts of rows find a quantile exactly. Rows whose densities have the same multiple are kept or left out together.
 *
 * @param multiple lowest multiple that is kept
 */
record DensityThreshold(long multiple) implements Serializable {
    /** Multiples per nat: 2¹⁸. At 1/3 of the rows a nat, a millionth of them has the same multiple. */
    private static final double PER_NAT = 0x1p18;

    /** Greatest absolute multiple. Rows beyond 8.8 · 10¹² nats are equally far. */
    static final long GREATEST = 1L << 61;

    /** Returns the threshold that keeps the rows of at least this log density, in nats. */
    static DensityThreshold at(double logDensity) {
        return new DensityThreshold(multiple(logDensity));
    }

    /** Returns the greatest multiple that is not above a log density; NaN counts as −∞. */
    static long multiple(double logDensity) {
        double scaled = Math.floor(logDensity * PER_NAT);
        return scaled >= -GREATEST ? (long) Math.min(GREATEST, scaled) : -GREATEST;
    }

    /** Returns whether a row is kept. */
    boolean keeps(double logDensity) {
        return multiple(logDensity) >= multiple;
    }

    /** Returns the lowest log density that is kept, in nats. */
    double logDensity() {
        return multiple / PER_NAT;
    }

    /** Returns the threshold that keeps the rows of both. */
    DensityThreshold or(DensityThreshold other) {
        return multiple <= other.multiple ? this : other;
    }
}
