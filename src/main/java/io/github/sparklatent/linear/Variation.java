package io.github.sparklatent.linear;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import java.util.Arrays;

/** Checks that rows vary, in the range of numbers. */
final class Variation {
    private static final RowScore ANY = () -> (block, scores) -> Arrays.fill(scores, 0, block.size(), 0);

    private Variation() {}

    /**
     * Requires two different rows. Of equal rows, the rounding of their mean, up to n u |μ| with unit round-off u, may
     * leave a variance.
     *
     * @param mean mean of each column. Not modified.
     * @param total sum of the variances of the columns
     * @throws DataException if the rows do not vary
     */
    static void require(RowBlocks data, double[] mean, double total) {
        double rounding = 0;
        for (double value : mean) {
            rounding += Math.pow(data.rows() * Math.ulp(value), 2);
        }
        if (total == 0
                || total <= rounding && data.smallest("distinct rows", ANY, 2).size() < 2) {
            throw new DataException(
                    "the rows do not vary: the variance of all columns is 0 in the %d training rows, expected rows that differ; check which rows and columns are selected"
                            .formatted(data.rows()));
        }
    }

    static DataException tooLarge() {
        return new DataException("the covariance of the rows is not finite, because the numbers are too large to"
                + " be squared: scale the columns");
    }
}
