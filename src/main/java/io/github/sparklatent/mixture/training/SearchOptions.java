package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.List;

/**
 * The options of {@link ComponentSearch}.
 *
 * @param components numbers of components to try, each at least 1; empty: they are searched for
 * @param restarts number of starts for each number of components
 * @param stopping when a fit ends
 * @param criterion chooses among the numbers of components
 * @param rowsEach least rows of a component if the criterion is {@link Criterion#ROWS}
 * @param informative whether the restart with the greatest mutual information of row and component is kept, not the one
 *     with the greatest objective
 * @param seed of all randomness
 */
public record SearchOptions(
        List<Integer> components,
        int restarts,
        StoppingRule stopping,
        Criterion criterion,
        int rowsEach,
        boolean informative,
        long seed) {
    /** Least rows of a component if the criterion is {@link Criterion#ROWS} and all rows are normal. */
    public static final int ROWS_EACH = 5;

    public SearchOptions {
        components = List.copyOf(components);
        components.forEach(k -> Require.that(k >= 1, "components is %d, expected at least 1", k));
        Require.that(restarts >= 1, "restarts is %d, expected at least 1", restarts);
    }

    public boolean choosesComponents() {
        return components.size() != 1 && criterion != Criterion.ROWS;
    }

    /**
     * Requires that the criterion can be computed.
     *
     * @param holdout held-out rows, or null
     * @throws IllegalArgumentException if it cannot
     */
    public void requireCriterion(RowBlocks holdout) {
        Require.that(
                criterion != Criterion.HOLDOUT || holdout != null || !choosesComponents(),
                "criterion is holdout, but no rows are held out");
    }
}
