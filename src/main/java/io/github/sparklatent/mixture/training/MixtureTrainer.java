package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.UsualValues;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnTotals;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.robust.KeptRowBlocks;
import io.github.sparklatent.mixture.robust.RobustOptions;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Fits a mixture for each number of components and each restart, and keeps the best; see {@link ComponentSearch}. */
public final class MixtureTrainer {
    /** The type of the state of a training. */
    public static final StateType<SearchState> STATE = StateType.of(SearchState.class);

    private final RowBlocks holdout;
    private final MixedMixture initial;

    /** Rows with all that starts and priors take from them. */
    private final TrainingRows rows;

    /**
     * Creates a training, after a check that options, data and initial model fit together.
     *
     * @param train training rows
     * @param holdout held-out rows, or null
     * @param columns the columns of a row
     * @param initial parameters to start from, or null; with initial parameters, there is one fit with their number of
     *     components
     * @throws IllegalArgumentException if the initial mixture does not fit the options or the data, or the criterion
     *     cannot be computed
     * @throws OptionsException if the method of fitting cannot fit the columns
     * @throws DataException if covariances of the data's width do not fit into arrays
     */
    public MixtureTrainer(
            RowBlocks train,
            RowBlocks holdout,
            MixedColumns columns,
            MixtureOptions options,
            MixedMixture initial,
            SearchListener listener) {
        Require.size("columns of the mixture", columns.size(), train.width());
        Require.that(
                options.criterion() != Criterion.HOLDOUT || holdout != null || !options.choosesComponents(),
                "criterion is holdout, but no rows are held out");
        boolean isGaussian = columns.gaussian().length == columns.size();
        if (isGaussian && options.covariance().isFactored() && options.factors() >= train.width()) {
            throw new OptionsException(
                    "the rows have %d columns for %d factors, expected more columns than factors: use fewer factors, or full covariances"
                            .formatted(train.width(), options.factors()));
        }
        if (!isGaussian && (options.fit() == FitMethod.GRADIENT || options.fit() == FitMethod.VARIATIONAL_INFERENCE)) {
            throw new OptionsException(
                    "model.fit is %s, which is of gaussian columns only, but %d of %d columns have other distributions: use em, stepwise-em, monte-carlo-em or variational-bayes"
                            .formatted(options.fit(), columns.size() - columns.gaussian().length, columns.size()));
        }
        if (initial != null) {
            requireFits(initial, columns, options);
        }
        boolean isInference = options.fit() == FitMethod.VARIATIONAL_INFERENCE;
        options.components()
                .forEach(k -> options.layout(
                                columns,
                                initial != null ? k : options.initialization().mostComponents(k))
                        .requireArrays(isInference ? options.inference().draws() : 1));
        if (options.robust().isFirst()) {
            options.first(0).layout(columns, 1).requireArrays(1);
        }
        if (isInference) {
            options.inference()
                    .requireParameters(
                            options.layout(columns, options.components().get(0)).gaussian());
        }
        this.holdout = holdout;
        this.initial = initial;
        this.rows = new TrainingRows(train, columns, options, listener);
    }

    /** Creates the training of Gaussian columns. */
    public MixtureTrainer(
            RowBlocks train,
            RowBlocks holdout,
            MixtureOptions options,
            MixtureParameters initial,
            SearchListener listener) {
        this(
                train,
                holdout,
                MixedColumns.ofNumbers(train.width()),
                options,
                initial == null ? null : MixedMixture.of(initial),
                listener);
    }

    private static void requireFits(MixedMixture initial, MixedColumns columns, MixtureOptions options) {
        Require.that(
                initial.columns().size() == columns.size(),
                "the initial model has %d features, expected %d (those of the data)",
                initial.columns().size(),
                columns.size());
        Require.that(
                initial.columns().equals(columns),
                "the initial model has other families or categories of its columns than the data");
        Require.that(
                options.components().equals(List.of(initial.components())),
                "the initial model has %d components, expected %s",
                initial.components(),
                options.components());
        if (initial.gaussian() == null) {
            return;
        }
        StatisticsLayout layout = options.layout(columns, initial.components()).gaussian();
        Require.that(
                initial.gaussian().type() == layout.type(),
                "the initial model's covariance is %s, expected %s",
                initial.gaussian().type(),
                layout.type());
        Require.that(
                initial.gaussian().factors() == layout.factors(),
                "the initial model has %d factors, expected %d",
                initial.gaussian().factors(),
                layout.factors());
    }

    /** Runs all fits from the beginning. Throws a DataException if the data has fewer distinct rows than components. */
    public TrainingResult fit() {
        return fit(SearchState.start());
    }

    public TrainingResult fit(SearchState from) {
        MixtureOptions options = rows.options();
        if (!options.robust().isFirst()) {
            return search(from, null);
        }
        MixtureState current = from.current() == null ? null : from.current().model();
        MixedMixture found = current == null ? null : current.first();
        MixedMixture first = found != null ? found : first(from);
        KeptRowBlocks kept =
                KeptRowBlocks.of(rows.train(), first, options.robust().trim());
        KeptRowBlocks alike = holdout == null ? null : kept.among(holdout); // they may hold outliers, too
        return new MixtureTrainer(
                        kept,
                        alike == null || alike.rows() == 0 ? holdout : alike,
                        rows.columns(),
                        options.withRobust(RobustOptions.DEFAULT),
                        initial,
                        rows.listener())
                .search(found != null ? from : SearchState.start(), first);
    }

    /** Returns the robust fit of one component. It comes first, so that its states have no other fit. */
    private MixedMixture first(SearchState from) {
        RowBlocks train = rows.train();
        double[] variances = ColumnMoments.variances(train, ColumnMoments.means(train));
        double variance =
                Arrays.stream(rows.columns().gaussian(variances)).average().orElse(0);
        MixtureOptions options = rows.options().first(variance);
        return new MixtureTrainer(train, null, rows.columns(), options, null, rows.listener())
                .fit(from)
                .best()
                .mixture();
    }

    private TrainingResult search(SearchState from, MixedMixture first) {
        return new ComponentSearch(
                        holdout,
                        rows.size(),
                        new MixtureFits(rows, holdout, initial, first),
                        initial == null ? rows.options() : rows.options().withRestarts(1),
                        rows.listener())
                .fit(from);
    }

    /**
     * Returns a warning about columns with values far from the others; empty if there are none.
     *
     * @param names names of the columns
     */
    public Optional<String> farValues(List<String> names) {
        double[] shares = rows.totals().far();
        String far = IntStream.range(0, shares.length)
                .filter(
                        j -> // a t distribution allows for some far values
                        shares[j] > (rows.columns().get(j).family() == CellFamily.STUDENT_T ? ColumnTotals.MAX_FAR : 0))
                .mapToObj(
                        j -> String.format(Locale.ROOT, "\"%s\" in %.3g%% of the rows", names.get(j), 100 * shares[j]))
                .collect(Collectors.joining(", "));
        boolean widens = IntStream.range(0, shares.length)
                .anyMatch(j -> shares[j] > 0 && rows.columns().get(j).family() != CellFamily.STUDENT_T);
        return far.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "values lie more than %d deviations from the median of their column: %s; the prior leaves them out, %s for columns of heavy tails, and name codes for missing values in data.missing"
                                .formatted(
                                        UsualValues.DEVIATIONS,
                                        far,
                                        widens
                                                ? "but they widen gaussian columns: use student-t or histogram"
                                                : "but histogram is better than student-t"));
    }
}
