package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.RandomRows;
import io.github.sparklatent.gmm.initialization.ReportingRowBlocks;
import io.github.sparklatent.gmm.initialization.UsualValues;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.gmm.stochastic.LocalFit;
import io.github.sparklatent.gmm.stochastic.LocalProblem.LocalModel;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.ComponentSearch;
import io.github.sparklatent.gmm.training.FitMethod;
import io.github.sparklatent.gmm.training.MixtureEvaluation;
import io.github.sparklatent.gmm.training.MixtureFamily;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.gmm.training.SearchListener.SearchState;
import io.github.sparklatent.gmm.training.TrainingResult;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.mixture.MixedOptions.Within;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fits a mixture of columns of several types for each number of components and each restart, and keeps the best; see
 * {@link ComponentSearch}.
 */
public final class MixedTrainer {
    /** The type of the state of a training. */
    public static final StateType<SearchState<MixedMixture, LocalModel<MixedMixture>>> STATE =
            StateType.of(SearchState.class, MixedMixture.class, StateType.of(LocalModel.class, MixedMixture.class));

    private final RowBlocks train;
    private final RowBlocks holdout;
    private final MixedColumns columns;
    private final MixedOptions options;
    private final MixedMixture initial;
    private final SearchListener<MixedMixture, LocalModel<MixedMixture>> listener;
    private double[] farShares = {};

    /**
     * Checks that options, data and initial model fit together.
     *
     * @param train training rows
     * @param holdout held-out rows, or null
     * @param columns the columns of a row
     * @param initial parameters to start from, or null; with initial parameters, there is one fit with their number of
     *     components
     * @throws IllegalArgumentException if the initial mixture does not fit the options or the columns, or the criterion
     *     cannot be computed
     * @throws DataException if the statistics of the components do not fit into an array
     */
    public MixedTrainer(
            RowBlocks train,
            RowBlocks holdout,
            MixedColumns columns,
            MixedOptions options,
            MixedMixture initial,
            SearchListener<MixedMixture, LocalModel<MixedMixture>> listener) {
        Require.size("columns of the mixture", columns.size(), train.width());
        options.search().requireCriterion(holdout);
        if (initial != null) {
            Require.that(
                    initial.columns().equals(columns),
                    "the initial model has other families or categories of its columns than the data");
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

    /** Runs all fits from the beginning; see {@link #fit(SearchState)}. */
    public TrainingResult<MixedMixture> fit() {
        return fit(SearchState.start());
    }

    /**
     * Runs all fits from a state.
     *
     * @throws DataException if the data has fewer distinct rows than components, or a value that its column cannot have
     */
    public TrainingResult<MixedMixture> fit(SearchState<MixedMixture, LocalModel<MixedMixture>> from) {
        SampleSize size = RowWeights.of(train);
        Family family = new Family(size);
        TrainingResult<MixedMixture> result = new ComponentSearch<>(
                        train,
                        holdout,
                        size,
                        family,
                        initial == null
                                ? options.search()
                                : options.withRestarts(1).search(),
                        listener)
                .fit(from);
        farShares = family.farShares();
        return options.within() == Within.TREES ? withTrees(result, family) : result;
    }

    private TrainingResult<MixedMixture> withTrees(TrainingResult<MixedMixture> result, Family family) {
        MixedMixture grown = result.best()
                .mixture()
                .with(ColumnChains.of(
                        columns, train, result.size(), options.leafRows(), options.priorRows(), options.seed()));
        Candidate independent = result.best().metrics();
        MixtureEvaluation found = MixtureEvaluation.of(family, grown, train);
        Candidate metrics = new Candidate(
                independent.components(),
                independent.restart(),
                independent.rounds(),
                independent.converged(),
                found.meanLogLikelihood(),
                holdout == null
                        ? Double.NaN
                        : MixtureEvaluation.of(family, grown, holdout).meanLogLikelihood(),
                independent.mutualInformation(),
                found.bic(),
                found.meanLogLikelihood());
        List<Candidate> candidates = result.candidates().stream()
                .map(candidate -> candidate.equals(independent) ? metrics : candidate)
                .toList();
        return new TrainingResult<>(result.best().with(grown, metrics), candidates, result.size(), Optional.empty());
    }

    /**
     * Returns a warning about columns with values far from the others, after a fit; empty if there are none.
     *
     * @param names names of the columns
     */
    public Optional<String> warning(List<String> names) {
        String far = IntStream.range(0, farShares.length)
                .filter(
                        j -> // a t distribution allows for some far values
                        farShares[j] > (columns.get(j).family() == CellFamily.STUDENT_T ? ColumnTotals.MAX_FAR : 0))
                .mapToObj(j ->
                        String.format(Locale.ROOT, "\"%s\" in %.3g%% of the rows", names.get(j), 100 * farShares[j]))
                .collect(Collectors.joining(", "));
        boolean widens = IntStream.range(0, farShares.length)
                .anyMatch(j -> farShares[j] > 0 && columns.get(j).family() != CellFamily.STUDENT_T);
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

    /** The fits on the table. */
    private final class Family implements MixtureFamily<MixedMixture, LocalModel<MixedMixture>> {
        private final RowBlocks reporting = new ReportingRowBlocks(train, listener::whileStarting);
        private final SampleSize size;

        /** Null until it is needed. */
        private ColumnTotals totals;

        Family(SampleSize size) {
            this.size = size;
        }

        @Override
        public void requireRows(int components) {
            if (initial != null) {
                return; // its components are known
            }
            int rows = distinctRows(Math.max(2, components));
            if (rows < 2) {
                throw new DataException("all %d rows to train on are equal; a mixture needs at least 2 distinct ones"
                        .formatted(train.rows()));
            }
            if (rows < components) {
                throw new DataException(
                        "the table has %d distinct rows to train on, but components is %d; a mixture needs at least as many distinct rows as components: use at most %d components"
                                .formatted(rows, components, rows));
            }
        }

        @Override
        public boolean isPossible(int components) {
            MixedLayout layout = options.layout(columns, components);
            return layout.fitsArrays() && distinctRows(components) == components;
        }

        private int distinctRows(int most) {
            long key = RandomStreams.key(options.seed(), Purpose.START_ROWS, most, 0);
            return train.smallest("mixture, distinct rows", new RandomRows(key), most)
                    .size();
        }

        /** Returns the share of the rows whose value is far from the others, for each column. */
        double[] farShares() {
            return totals().far().clone();
        }

        private ColumnTotals totals() {
            if (totals == null) {
                totals = ColumnTotals.of(columns, reporting, options.seed());
            }
            return totals;
        }

        private MixedPrior prior(int components) {
            return new MixedPrior(
                    options.priorRows(),
                    size,
                    totals(),
                    components,
                    options.layout(columns, components).gaussian().type());
        }

        @Override
        public LocalModel<MixedMixture> start(int components, int restart) {
            MixedMixture start = mixture(components, restart);
            return isStepwise() ? LocalFit.start(start) : new LocalModel<>(start, null);
        }

        private boolean isStepwise() {
            return options.fit() == FitMethod.STEPWISE_EM;
        }

        private MixedMixture mixture(int components, int restart) {
            return initial != null
                    ? initial
                    : new MixedStart(totals(), prior(components), options.layout(columns, components))
                            .of(reporting, options, restart, listener::isOver);
        }

        @Override
        public Fitted<MixedMixture> fit(
                int components, EmState<LocalModel<MixedMixture>> start, Rounds<LocalModel<MixedMixture>> rounds) {
            MixedLayout layout = options.layout(columns, components);
            var em = new MixedMixtureEm(layout, prior(components), 0);
            return isStepwise()
                    ? fitted(
                            layout,
                            rounds.run(stepwise(em), Function.identity(), Function.identity()),
                            LocalModel::mixture)
                    : fitted(
                            layout,
                            rounds.run(em, LocalModel::mixture, model -> new LocalModel<>(model, null)),
                            Function.identity());
        }

        private LocalFit<MixedMixture> stepwise(MixedMixtureEm em) {
            return LocalFit.stepwise(
                    em,
                    new MixedProblem(em, train.rows()),
                    size.weight(),
                    options.stopping().tolerance(),
                    options.stochastic());
        }

        private static <P> Fitted<MixedMixture> fitted(
                MixedLayout layout, EmResult<P> result, Function<P, MixedMixture> mixture) {
            double weight = result.sums()[StatisticsLayout.WEIGHT];
            return new Fitted<>(
                    mixture.apply(result.model()),
                    result,
                    result.sums()[StatisticsLayout.LOG_LIKELIHOOD] / weight,
                    layout.gaussian().sizes(result.sums()),
                    weight,
                    null);
        }

        @Override
        public Responsibilities responsibilities(MixedMixture mixture) {
            return new MixedDensity(mixture);
        }

        @Override
        public long freeParameters(MixedMixture mixture, int components) {
            return mixture.freeParameters(components);
        }
    }
}
