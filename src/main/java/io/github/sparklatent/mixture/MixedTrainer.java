package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.initialization.UsualValues;
import io.github.sparklatent.gmm.training.ComponentSearch;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits a mixture of columns of several types for each number of components and each restart, and
 * keeps the best; see {@link ComponentSearch}.
 */
public final class MixedTrainer {
    private final RowBlocks train;
    private final RowBlocks holdout;
    private final MixedColumns columns;
    private final MixedOptions options;
    private final MixedMixture initial;
    private final SearchListener<MixedState> listener;
    private double[] farShares = {};

    /**
     * Checks that options, data and initial model fit together.
     *
     * @param train training rows
     * @param holdout held-out rows, or null
     * @param columns the columns of a row
     * @param initial parameters to start from, or null; with initial parameters, there is one fit
     *     with their number of components
     * @throws IllegalArgumentException if the initial mixture does not fit the options or the
     *     columns, or the criterion cannot be computed
     * @throws DataException if the statistics of the components do not fit into an array
     */
    public MixedTrainer(
            RowBlocks train,
            RowBlocks holdout,
            MixedColumns columns,
            MixedOptions options,
            MixedMixture initial,
            SearchListener<MixedState> listener) {
        Require.size("columns of the mixture", columns.size(), train.width());
        options.search().requireCriterion(holdout);
        if (initial != null) {
            Require.that(
                    initial.columns().equals(columns),
                    "the initial model has other families or levels of its columns than the data");
            Require.that(
                    options.components().equals(List.of(initial.components())),
                    "the initial model has %d components, expected %s",
                    initial.components(),
                    options.components());
            MixedLayout layout = options.layout(columns, initial.components());
            Require.that(
                    initial.gaussian() == null
                            || initial.gaussian().type() == layout.gaussian().type(),
                    "the initial model's covariance is %s, expected %s",
                    initial.gaussian() == null ? "" : initial.gaussian().type(),
                    layout.gaussian().type());
        }
        options.components().forEach(k -> options.layout(columns, k).requireArrays());
        this.train = train;
        this.holdout = holdout;
        this.columns = columns;
        this.options = options;
        this.initial = initial;
        this.listener = listener;
    }

    /**
     * Runs all fits from a state; {@link MixedState#START} is their beginning.
     *
     * @throws DataException if the data has fewer distinct rows than components, or a value that
     *     its column cannot have
     */
    public TrainingResult<MixedMixture> fit(MixedState from) {
        SampleSize size = RowWeights.of(train);
        MixedFamily family = new MixedFamily(train, options, columns, initial, size, listener);
        TrainingResult<MixedMixture> result =
                new ComponentSearch<>(
                                train,
                                holdout,
                                size,
                                family,
                                initial == null
                                        ? options.search()
                                        : options.withRestarts(1).search(),
                                listener.of(MixedState::of))
                        .fit(from.search());
        farShares = family.farShares();
        return result;
    }

    /**
     * Returns a warning about columns with values far from the others, after a fit; empty if there
     * are none.
     *
     * @param names names of the columns
     */
    public Optional<String> warning(List<String> names) {
        String far =
                IntStream.range(0, farShares.length)
                        .filter(j -> farShares[j] > allowed(j))
                        .mapToObj(
                                j ->
                                        String.format(
                                                Locale.ROOT,
                                                "\"%s\" in %.3g%% of the rows",
                                                names.get(j),
                                                100 * farShares[j]))
                        .collect(Collectors.joining(", "));
        return far.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "values lie more than %d deviations from the median of their column: %s; the prior leaves them out, but they widen gaussian columns: use student-t or histogram for columns of heavy tails, and name codes for missing values in data.missing"
                                .formatted(UsualValues.DEVIATIONS, far));
    }

    /** Returns the share of far values that the family of a column allows for. */
    private double allowed(int column) {
        return columns.get(column).family() == CellFamily.STUDENT_T ? ColumnTotals.MAX_FAR : 0;
    }
}
