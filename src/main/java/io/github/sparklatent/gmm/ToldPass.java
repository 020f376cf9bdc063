package io.github.sparklatent.gmm;

import io.github.sparklatent.learn.Expectation;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.PassResult;
import io.github.sparklatent.learn.RowScore;
import io.github.sparklatent.learn.SelectedRow;
import java.util.List;
import java.util.function.Consumer;

/**
 * Data of which each pass is told when it has ended.
 *
 * @param data passed over
 * @param passed takes the description of the pass; may throw
 */
record ToldPass(Pass data, Consumer<String> passed) implements Pass {
    @Override
    public int width() {
        return data.width();
    }

    @Override
    public long rows() {
        return data.rows();
    }

    @Override
    public PassResult sums(String description, Expectation expectation) {
        PassResult result = data.sums(description, expectation);
        passed.accept(description);
        return result;
    }

    @Override
    public List<SelectedRow> smallest(String description, RowScore score, int count) {
        List<SelectedRow> rows = data.smallest(description, score, count);
        passed.accept(description);
        return rows;
    }
}
