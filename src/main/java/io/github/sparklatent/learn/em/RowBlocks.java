package io.github.sparklatent.learn.em;

import java.util.List;

/** Traversals of one data set, in memory or on a cluster. */
public interface RowBlocks {
    /** Columns of the data. */
    int width();

    /** Rows of the data. */
    long rows();

    /**
     * The sums of an expectation over all rows; partial results are combined in partition order.
     *
     * @param description what a person following the run reads, e.g. {@code GMM full K=10, round 12
     *     of 100}
     */
    ReducedSums sums(String description, Expectation expectation);

    /**
     * The distinct rows of smallest score, smallest first, ties broken by content. Fewer than asked
     * for where the data has fewer distinct rows of a finite score.
     *
     * @param count a small number: these rows travel to the caller
     */
    List<SelectedRow> smallest(String description, RowScore score, int count);
}
