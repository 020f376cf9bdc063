package io.github.sparklatent.app.registry;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The lower end of a one-sided bootstrap interval of a mean, by the percentile method (Efron and Tibshirani, An
 * Introduction to the Bootstrap, 1993, section 13.3). Rows of the same key are drawn together, because they need not be
 * independent. The mean of a replicate is that of the weighted rows, so a row of weight w counts as w rows of the same
 * key.
 */
final class PairedBootstrap {
    static final int REPLICATES = 2000;

    private PairedBootstrap() {}

    /**
     * Returns the lower end.
     *
     * @param sums weighted sum of the values of each key
     * @param counts sum of the weights of each key
     * @param confidence probability that the mean is above the lower end
     * @param seed seed of the draws
     */
    static double lower(double[] sums, double[] counts, double confidence, long seed) {
        double[] means = new double[REPLICATES];
        for (int b = 0; b < REPLICATES; b++) {
            RandomGenerator random = RandomStreams.of(seed, Purpose.BOOTSTRAP, b);
            double sum = 0;
            double count = 0;
            for (int i = 0; i < sums.length; i++) {
                int drawn = random.nextInt(sums.length);
                sum += sums[drawn];
                count += counts[drawn];
            }
            means[b] = sum / count;
        }
        Arrays.sort(means);
        return means[(int) Math.floor((1 - confidence) * REPLICATES)];
    }
}
