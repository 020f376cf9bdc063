package io.github.sparklatent.learn.em;

import java.util.List;

/** A data set, in memory or on a cluster, and its traversals. */
public interface RowBlocks {
    int width();

    long rows();

    /** Returns whether no value of any row is missing. A missing value is NaN. */
    default boolean isComplete() {
        return true;
    }

    /**
     * Computes the sums of an expectation over all rows. Partial results are combined in partition order.
     *
     * @param description text that is shown while the job runs, e.g. {@code GMM full K=10, round 12 of 100}
     */
    ReducedSums sums(String description, Expectation expectation);

    /**
     * Returns the rows of smallest score, smallest first, ties broken by content; {@link RowScore} says whether only
     * distinct ones. If fewer such rows have a finite score, returns fewer.
     *
     * @param count a small number: these rows are sent to the driver
     */
    List<SelectedRow> smallest(String description, RowScore score, int count);
}
