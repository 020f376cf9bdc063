package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.bayes.VariationalBayes;
import io.github.sparklatent.gmm.bayes.VariationalBayes.VariationalMixture;
import io.github.sparklatent.gmm.bayes.VariationalInference;
import io.github.sparklatent.gmm.bayes.VariationalInference.InferenceState;
import io.github.sparklatent.gmm.bayes.VariationalPrior;
import io.github.sparklatent.gmm.em.CovariancePrior;
import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.FilledRowBlocks;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.initialization.ReportingRowBlocks;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.model.Posterior;
import io.github.sparklatent.gmm.model.Responsibilities;
import io.github.sparklatent.gmm.robust.KeptRowBlocks;
import io.github.sparklatent.gmm.robust.RobustOptions;
import io.github.sparklatent.gmm.robust.TrimmedEm;
import io.github.sparklatent.gmm.stochastic.LocalFit;
import io.github.sparklatent.gmm.stochastic.LocalProblem.LocalModel;
import io.github.sparklatent.gmm.training.SearchListener.SearchState;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Fits a Gaussian mixture for each number of components and each restart, and keeps the best; see
 * {@link ComponentSearch}.
 *
 * @param train training rows
 * @param holdout held-out rows, or null
 * @param initial parameters to start from, or null; with initial parameters, there is one fit with their number of
 *     components
 */
public record MixtureTrainer(
        RowBlocks train,
        RowBlocks holdout,
        MixtureOptions options,
        MixtureParameters initial,
        SearchListener<MixtureParameters, MixtureState> listener) {
    /** The type of the state of a training. */
    public static final StateType<SearchState<MixtureParameters, MixtureState>> STATE =
            StateType.of(SearchState.class, MixtureParameters.class, MixtureState.class);

    /**
     * Checks that options, data and initial model fit together.
     *
     * @throws IllegalArgumentException if the initial mixture does not fit the options or the data, or the criterion
     *     cannot be computed
     * @throws DataException if covariances of the data's width do not fit into arrays
     */
    public MixtureTrainer {
        options.search().requireCriterion(holdout);
        if (initial != null) {
            requireFits(initial, options, train);
        }
        if (options.covariance().isFactored() && options.factors() >= train.width()) {
            throw new OptionsException(
                    "the rows have %d columns for %d factors, expected more columns than factors: use fewer factors, or full covariances"
                            .formatted(train.width(), options.factors()));
        }
        boolean isInference = options.fit() == FitMethod.VARIATIONAL_INFERENCE;
        options.components()
                .forEach(k -> options.layout(
                                initial != null ? k : options.initialization().mostComponents(k), train.width())
                        .requireArrays(isInference ? options.inference().draws() : 1));
        if (options.robust().isFirst()) {
            options.first(0).layout(1, train.width()).requireArrays(1);
        }
        if (isInference) {
            options.inference()
                    .requireParameters(options.layout(options.components().get(0), train.width()));
        }
    }

    private static void requireFits(MixtureParameters initial, MixtureOptions options, RowBlocks train) {
        Require.that(
                initial.dimension() == train.width(),
                "the initial model has %d features, expected %d (those of the data)",
                initial.dimension(),
                train.width());
        Require.that(
                initial.type() == options.covariance(),
                "the initial model's covariance is %s, expected %s",
                initial.type(),
                options.covariance());
        Require.that(
                !options.covariance().isFactored() || initial.factors() == options.factors(),
                "the initial model has %d factors, expected %d",
                initial.factors(),
                options.factors());
        Require.that(
                options.components().equals(List.of(initial.components())),
                "the initial model has %d components, expected %s",
                initial.components(),
                options.components());
    }

    /** Runs all fits from the beginning. Throws a DataException if the data has fewer distinct rows than components. */
    public TrainingResult<MixtureParameters> fit() {
        return fit(SearchState.start());
    }

    public TrainingResult<MixtureParameters> fit(SearchState<MixtureParameters, MixtureState> from) {
        if (!options.robust().isFirst()) {
            return search(from, null);
        }
        MixtureState current = from.current() == null ? null : from.current().model();
        MixtureParameters found = current == null ? null : current.first();
        MixtureParameters first = found != null ? found : first(from);
        KeptRowBlocks kept = KeptRowBlocks.of(train, first, options.robust().trim());
        KeptRowBlocks alike = holdout == null ? null : kept.among(holdout); // they may hold outliers, too
        return new MixtureTrainer(
                        kept,
                        alike == null || alike.rows() == 0 ? holdout : alike,
                        options.withRobust(RobustOptions.DEFAULT),
                        initial,
                        listener)
                .search(found != null ? from : SearchState.start(), first);
    }

    /** Returns the robust fit of one component. It comes first, so that its states have no other fit. */
    private MixtureParameters first(SearchState<MixtureParameters, MixtureState> from) {
        double variance =
                Arrays.stream(FilledRowBlocks.variances(train)).average().orElseThrow();
        return new MixtureTrainer(train, null, options.first(variance), null, listener)
                .fit(from)
                .best()
                .mixture();
    }

    private TrainingResult<MixtureParameters> search(
            SearchState<MixtureParameters, MixtureState> from, MixtureParameters first) {
        SampleSize size = RowWeights.of(train);
        return new ComponentSearch<>(
                        train,
                        holdout,
                        size,
                        new Family(size, first),
                        initial == null
                                ? options.search()
                                : options.withRestarts(1).search(),
                        listener)
                .fit(from);
    }

    /** The fits by the method of the options. */
    private final class Family implements MixtureFamily<MixtureParameters, MixtureState> {
        private final SampleSize size;
        private final MixturePriors priors;
        private final RobustStarts robustStarts = new RobustStarts(train, options, listener);

        private final MixtureParameters first;

        /** Creates the fits; the first fit is null unless it has left rows out. */
        Family(SampleSize size, MixtureParameters first) {
            this.size = size;
            this.first = first;
            this.priors = new MixturePriors(train, options, size, listener);
        }

        @Override
        public void requireRows(int components) {
            if (initial == null) {
                method(components, 0).distinctRows();
            }
        }

        @Override
        public boolean isPossible(int components) {
            int most = options.initialization().mostComponents(components);
            return options.layout(most, train.width()).fitsArrays()
                    && method(components, 0).hasDistinctRows();
        }

        /** The prior of the covariances knows the clusters of k-means, which also serve as a start. */
        @Override
        public MixtureState start(int components, int restart) {
            MixtureParameters start = initial != null ? initial : startAt(components, restart);
            if (options.fit() != FitMethod.VARIATIONAL_INFERENCE) {
                return MixtureState.of(start);
            }
            VariationalMixture bayes = EmLoop.run(
                            bayes(components),
                            new ReportingRowBlocks(train, listener::whileStarting),
                            EmState.start(VariationalBayes.start(start, size.number())),
                            options.stopping(),
                            EmListener.endingWhen(listener::isOver))
                    .model();
            return MixtureState.of(bayes.mixture());
        }

        private MixtureParameters startAt(int components, int restart) {
            if (components == 1 && options.robust().isPresent()) {
                List<MixtureParameters> starts = robustStarts.best();
                if (restart < starts.size()) {
                    return starts.get(restart);
                }
            }
            boolean byClusters =
                    restart == 0 && options.initialization().ofRestart(0) == Initialization.K_MEANS_PARALLEL;
            return (byClusters ? priors.clusters(components) : Optional.<MixtureParameters>empty())
                    .orElseGet(method(components, restart)::mixture);
        }

        private MixtureStart method(int components, int restart) {
            return new MixtureStart(priors.filled(), options, components, restart, listener);
        }

        @Override
        public Fitted<MixtureParameters> fit(int components, EmState<MixtureState> start, Rounds<MixtureState> rounds) {
            return switch (options.fit()) {
                case EM, MONTE_CARLO_EM -> likelihood(components, rounds);
                case STEPWISE_EM, GRADIENT -> local(components, start, rounds);
                case VARIATIONAL_BAYES -> bayes(components, rounds);
                case VARIATIONAL_INFERENCE -> inference(components, start.model(), rounds);
            };
        }

        private GaussianMixtureEm em(int components) {
            CovariancePrior prior = priors.ofCovariances(components);
            return new GaussianMixtureEm(options.layout(components, train.width()), options.regularization(), prior);
        }

        private Fitted<MixtureParameters> likelihood(int components, Rounds<MixtureState> rounds) {
            if (options.robust().isPresent()) {
                return robust(components, rounds);
            }
            var problem = options.fit() == FitMethod.MONTE_CARLO_EM
                    ? em(components).withDraws(options.stochastic().draws(), options.seed())
                    : em(components).withAcceleration(options.acceleration());
            EmResult<MixtureParameters> result = rounds.run(
                    problem, MixtureState::mixture, mixture -> new MixtureState(mixture, null, null, null, first));
            return fitted(result, result.model(), GaussianMixtureEm.meanLogLikelihood(result.sums()));
        }

        private Fitted<MixtureParameters> robust(int components, Rounds<MixtureState> rounds) {
            var problem = new TrimmedEm(em(components), train, options.robust().trim());
            EmResult<MixtureParameters> result = rounds.run(problem, MixtureState::mixture, MixtureState::of);
            var kept = KeptRowBlocks.of(train, result.model(), options.robust().trim());
            return new Fitted<>(result.model(), result, MixtureEvaluation.of(result.model(), kept), null);
        }

        private Fitted<MixtureParameters> local(
                int components, EmState<MixtureState> start, Rounds<MixtureState> rounds) {
            double tolerance = options.stopping().tolerance();
            LocalFit<MixtureParameters> fit = options.fit() == FitMethod.GRADIENT
                    ? LocalFit.gradient(em(components), size.weight(), tolerance, options.stochastic())
                    : LocalFit.stepwise(em(components), size.weight(), tolerance, options.stochastic());
            boolean isNew = start.history().isEmpty();
            EmResult<LocalModel<MixtureParameters>> result = rounds.run(
                    fit,
                    state -> isNew
                            ? LocalFit.start(state.mixture())
                            : new LocalModel<>(state.mixture(), state.progress()),
                    model -> new MixtureState(model.mixture(), null, model.progress(), null, null));
            return fitted(result, result.model().mixture(), GaussianMixtureEm.meanLogLikelihood(result.sums()));
        }

        private VariationalBayes bayes(int components) {
            VariationalPrior prior = priors.ofParameters(components);
            return new VariationalBayes(options.covariance(), components, prior, options.regularization());
        }

        private Fitted<MixtureParameters> bayes(int components, Rounds<MixtureState> rounds) {
            EmResult<VariationalMixture> result = rounds.run(
                    bayes(components),
                    state -> state.sizes() == null
                            ? VariationalBayes.start(state.mixture(), size.number())
                            : new VariationalMixture(state.mixture(), state.sizes()),
                    model -> new MixtureState(model.mixture(), model.sizes(), null, null, null));
            MixtureParameters mixture = result.model().mixture();
            return fitted(result, mixture, MixtureEvaluation.of(mixture, train).meanLogLikelihood());
        }

        private Fitted<MixtureParameters> inference(int components, MixtureState start, Rounds<MixtureState> rounds) {
            var problem = new VariationalInference(
                    start.mixture(),
                    priors.ofParameters(components),
                    options.inference(),
                    options.stopping().tolerance(),
                    options.seed());
            EmResult<InferenceState> result = rounds.run(
                    problem,
                    state -> state.inference() == null ? problem.start(size.number()) : state.inference(),
                    model -> new MixtureState(start.mixture(), null, null, model, null));
            MixtureParameters mixture = problem.mixture(result.model());
            return new Fitted<>(mixture, result, MixtureEvaluation.of(mixture, train), problem.summary(result.model()));
        }

        private static Fitted<MixtureParameters> fitted(
                EmResult<?> result, MixtureParameters mixture, double meanLogLikelihood) {
            double[] sums = result.sums();
            return new Fitted<>(
                    mixture,
                    result,
                    meanLogLikelihood,
                    StatisticsLayout.of(mixture).sizes(sums),
                    sums[StatisticsLayout.WEIGHT],
                    null);
        }

        @Override
        public Responsibilities responsibilities(MixtureParameters mixture) {
            return new Posterior(MixtureFactors.of(mixture));
        }

        @Override
        public long freeParameters(MixtureParameters mixture, int components) {
            return mixture.freeParameters(components);
        }
    }
}
