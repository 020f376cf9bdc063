package io.github.sparklatent.learn.averaging;

import java.util.ArrayList;
import java.util.List;

/**
 * The sums of {@link LocalSteps}, decoded.
 *
 * @param means means of the measures over the rows processed; NaN if there were none
 * @param momentSteps number of steps behind the averaged moments: the weighted mean over the partitions, rounded; exact
 *     for one partition
 * @param steps number of steps taken by all partitions
 * @param rows number of rows processed by all partitions
 */
record LocalSums(List<Double> means, long momentSteps, long steps, long rows) {
    static LocalSums of(Shards.Result result, int measures) {
        double[] sums = result.sums();
        List<Double> means = new ArrayList<>();
        for (int j = 0; j < measures; j++) {
            means.add(sums[j] / sums[measures + LocalSteps.WEIGHT]);
        }
        return new LocalSums(
                means,
                Math.round(sums[measures + LocalSteps.MOMENT_STEPS] / result.weight()),
                (long) sums[measures + LocalSteps.STEPS],
                (long) sums[measures + LocalSteps.ROWS]);
    }
}
