package io.github.sparklatent.mixture.initialization;

import io.github.sparklatent.learn.em.Expectation;
import io.github.sparklatent.learn.em.ReducedSums;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowScore;
import io.github.sparklatent.learn.em.SelectedRow;
import java.util.List;
import java.util.function.Consumer;

/**
 * Row blocks that report each traversal when it has ended.
 *
 * @param traversed receives the description of the traversal; may throw
 */
public record ReportingRowBlocks(RowBlocks data, Consumer<String> traversed) implements RowBlocks {
    @Override
    public int width() {
        return data.width();
    }

    @Override
    public long rows() {
        return data.rows();
    }

    @Override
    public boolean isComplete() {
        return data.isComplete();
    }

    @Override
    public ReducedSums sums(String description, Expectation expectation) {
        ReducedSums result = data.sums(description, expectation);
        traversed.accept(description);
        return result;
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        List<SelectedRow> rows = data.smallest(description, score, count);
        traversed.accept(description);
        return rows;
    }
}
