package io.github.sparklatent.cluster;

import io.github.sparklatent.learn.Expectation;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.PassResult;
import io.github.sparklatent.learn.RowScore;
import io.github.sparklatent.learn.SelectedRow;
import java.util.List;

/**
 * A pass whose first attempt at one partition meets with something.
 *
 * @param traversals part of the descriptions of those that are hindered; empty: all
 */
record Hindered(Pass pass, Hindrance hindrance, String traversals) implements Pass {
    @Override
    public int width() {
        return pass.width();
    }

    @Override
    public long rows() {
        return pass.rows();
    }

    @Override
    public PassResult sums(String description, Expectation expectation) {
        return pass.sums(
                description,
                description.contains(traversals)
                        ? new HinderedExpectation(expectation, hindrance)
                        : expectation);
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        return pass.smallest(description, score, count);
    }

    private record HinderedExpectation(Expectation expectation, Hindrance hindrance)
            implements Expectation {
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
