package io.github.sparklatent.learn.averaging;

import java.util.ArrayList;
import java.util.List;

/**
 * What the sums of {@link LocalSteps} say.
 *
 * @param means of the measures over the rows met; NaN where there were none
 * @param momentSteps steps the averaged moments stand for: the mean over the partitions by weight,
 *     rounded, hence exact for one partition
 * @param steps taken by all partitions
 * @param rows met by all partitions
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
