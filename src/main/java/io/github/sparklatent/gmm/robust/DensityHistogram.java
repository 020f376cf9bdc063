package io.github.sparklatent.gmm.robust;

import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.RankedDensities;
import io.github.sparklatent.learn.em.Expectation;

/**
 * Sums the weight of the rows whose log density, as {@link RankedDensities} has it, falls into each
 * of {@value #BINS} bins of equal width, and of those below the first bin.
 *
 * <pre>
 *   0                weight of all rows
 *   1                weight of the rows below the first bin
 *   2 .. 2 + BINS    weight of the rows in each bin
 * </pre>
 *
 * @param factors mixture with factorised covariances
 * @param from lowest multiple of the first bin, see {@link DensityThreshold}
 * @param shift base-2 logarithm of the number of multiples in a bin
 */
record DensityHistogram(MixtureFactors factors, long from, int shift) implements Expectation {
    static final int TOTAL = 0;
    static final int BELOW = 1;
    static final int FIRST = 2;

    /** Base-2 logarithm of the number of bins. A task then returns 32 KiB. */
    static final int BITS = 12;

    /** Number of bins. */
    static final int BINS = 1 << BITS;

    /** Bins of this shift cover all multiples from −{@link DensityThreshold#GREATEST} on. */
    static final int WIDEST = 62 - BITS;

    @Override
    public int length() {
        return FIRST + BINS;
    }

    @Override
    public Accumulator accumulator() {
        RankedDensities densities = new RankedDensities(factors, factors.densities());
        double[] sums = new double[length()];
        return Accumulator.of(
                sums,
                block -> {
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
