package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.List;

/**
 * A blocks whose first attempt at one partition meets with something.
 *
 * @param traversals part of the descriptions of those that are hindered; empty: all
 */
record Hindered(RowBlocks blocks, Hindrance hindrance, String traversals) implements RowBlocks {
    @Override
    public int width() {
        return blocks.width();
    }

    @Override
    public long rows() {
        return blocks.rows();
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        return blocks.sums(
                description,
                description.contains(traversals) ? new HinderedExpectation(expectation, hindrance) : expectation);
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        return blocks.smallest(description, score, count);
    }

    private record HinderedExpectation(Expectation expectation, Hindrance hindrance) implements Expectation {
        @Override
        public int length() {
            return expectation.length();
        }

        @Override
        public Accumulator accumulator() {
            hindrance.meet();
            return expectation.accumulator();
        }
    }
}
