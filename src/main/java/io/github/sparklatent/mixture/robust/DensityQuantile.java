package io.github.sparklatent.mixture.robust;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedDensity;
import java.io.Serializable;

/**
 * Finds quantiles of the log densities of all rows. A histogram around a guess finds the bin of the quantile, and a
 * histogram of that bin finds it more closely, until a bin is one multiple of {@link DensityThreshold}. If the quantile
 * has moved by less than 1/32 nat since the last search, as it does in most rounds, one traversal of the rows finds it.
 * The guess does not change what is found.
 *
 * <p>Weights that are whole numbers are counted exactly, so the result does not depend on how rows are cut into blocks
 * and partitions. Other weights are summed with rounding errors; a share that is met up to 10⁻¹² counts as met.
 */
final class DensityQuantile {
    /** A first histogram covers 64 nats, which is more than the densities of most rows differ. */
    private static final int FIRST_SHIFT = 10;

    /** Growth of the shift if the quantile is outside of the histogram. */
    private static final int WIDENING = 10;

    private static final double ROUNDING = 1e-12;

    private final RowBlocks data;
    private final String description;
    private DensityThreshold guess;
    private long moved = Long.MAX_VALUE;

    DensityQuantile(RowBlocks data, String description) {
        this.data = data;
        this.description = description;
    }

    /**
     * Returns the greatest threshold below which there is at most a share of the total weight.
     *
     * @param density of the mixture
     * @param share from 0 up to, but not including 1
     * @param near a log density near the quantile, in nats, for the first search
     */
    DensityThreshold of(MixedDensity density, double share, double near) {
        long centre = guess == null ? DensityThreshold.multiple(near) : guess.multiple();
        int shift = moved < DensityHistogram.BINS / 2 ? 0 : FIRST_SHIFT;
        long from = first(centre, shift);
        while (true) {
            double[] sums = data.sums(description, new DensityHistogram(density, from, shift))
                    .sums();
            int bin = bin(sums, share * sums[DensityHistogram.TOTAL] * (1 + ROUNDING));
            if (bin < 0) {
                shift = Math.min(DensityHistogram.WIDEST, shift + WIDENING);
                from = first(centre, shift);
            } else if (shift == 0) {
                moved = Math.abs(from + bin - centre);
                guess = new DensityThreshold(from + bin);
                return guess;
            } else {
                from += (long) bin << shift;
                shift = Math.max(0, shift - DensityHistogram.BITS);
            }
        }
    }

    /** Returns the first multiple of a histogram around a multiple. */
    private static long first(long centre, int shift) {
        return shift == DensityHistogram.WIDEST
                ? -DensityThreshold.GREATEST
                : Math.max(-DensityThreshold.GREATEST, centre - ((long) DensityHistogram.BINS / 2 << shift));
    }

    /** Returns the bin in which the weight of lower rows passes a limit; −1 if none. */
    private static int bin(double[] sums, double limit) {
        double weight = sums[DensityHistogram.BELOW];
        if (weight > limit) {
            return -1;
        }
        for (int i = 0; i < DensityHistogram.BINS; i++) {
            weight += sums[DensityHistogram.FIRST + i];
            if (weight > limit) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Sums the weight of the rows whose log density, as {@link RankedDensities} has it, falls into each of
     * {@value #BINS} bins of equal width, and of those below the first bin.
     *
     * <pre>
     *   0                weight of all rows
     *   1                weight of the rows below the first bin
     *   2 .. 2 + BINS    weight of the rows in each bin
     * </pre>
     *
     * @param density of the mixture
     * @param from lowest multiple of the first bin, see {@link DensityThreshold}
     * @param shift base-2 logarithm of the number of multiples in a bin
     */
    private record DensityHistogram(MixedDensity density, long from, int shift) implements Expectation {
        static final int TOTAL = 0;
        static final int BELOW = 1;
        static final int FIRST = 2;

        /** Base-2 logarithm of the number of bins. A task then returns 128 KiB. */
        static final int BITS = 14;

        /** Number of bins. */
        static final int BINS = 1 << BITS;

        /** Bins of this shift cover all multiples from −{@link DensityThreshold#GREATEST} on. */
        static final int WIDEST = 62 - BITS;

        @Override
        public Accumulator accumulator() {
            RankedDensities densities = new RankedDensities(density, density.rows());
            double[] sums = new double[FIRST + BINS];
            return Accumulator.of(sums, block -> {
                double[] logDensities = densities.of(block);
                for (int i = 0; i < block.size(); i++) {
                    double weight = block.weight(i);
                    sums[TOTAL] += weight;
                    long multiple = DensityThreshold.multiple(logDensities[i]);
                    if (multiple < from) {
                        sums[BELOW] += weight;
                    } else {
                        long bin = (multiple - from) >> shift;
                        if (bin < BINS) {
                            sums[FIRST + (int) bin] += weight;
                        }
                    }
                }
            });
        }
    }

    /**
     * The lowest log density of the rows that are kept. Log densities are compared in whole multiples of 2⁻¹⁸ nats, so
     * that counts of rows find a quantile exactly. Rows whose densities have the same multiple are kept or left out
     * together.
     *
     * @param multiple lowest multiple that is kept
     */
    record DensityThreshold(long multiple) implements Serializable {
        /** Multiples per nat: 2¹⁸. At 1/3 of the rows a nat, a millionth of them has the same multiple. */
        private static final double PER_NAT = 0x1p18;

        /** Greatest absolute multiple. Rows beyond 8.8 · 10¹² nats are equally far. */
        static final long GREATEST = 1L << 61;

        /** Returns the greatest multiple that is not above a log density; NaN counts as −∞. */
        static long multiple(double logDensity) {
            double scaled = Math.floor(logDensity * PER_NAT);
            return scaled >= -GREATEST ? (long) Math.min(GREATEST, scaled) : -GREATEST;
        }

        /** Returns whether a row is kept. */
        boolean keeps(double logDensity) {
            return multiple(logDensity) >= multiple;
        }
    }
}
