package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.bayes.VariationalBayes;
import io.github.sparklatent.mixture.bayes.VariationalBayes.VariationalMixture;
import io.github.sparklatent.mixture.bayes.VariationalInference;
import io.github.sparklatent.mixture.bayes.VariationalInference.InferenceState;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.initialization.MutualInformation;
import io.github.sparklatent.mixture.robust.KeptRowBlocks;
import io.github.sparklatent.mixture.robust.TrimmedEm;
import io.github.sparklatent.mixture.stochastic.LocalFit;
import io.github.sparklatent.mixture.stochastic.LocalModel;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/** The fits of a training by the method of its options, as far as {@link ComponentSearch} needs to know them. */
final class MixtureFits {
    /** Gain of all rows together, in nats, below which fits that are compared end. */
    private static final double COMPARED = 0.5;

    private static final double ROUNDING = 1e-9;

    private final TrainingRows rows;
    private final RowBlocks train;
    private final RowBlocks holdout;
    private final MixtureOptions options;
    private final MixedMixture initial;
    private final RobustStarts robustStarts;
    private final MixedMixture first;

    /**
     * Creates the fits.
     *
     * @param holdout held-out rows, or null
     * @param initial parameters to start from, or null
     * @param first the robust fit that has left rows out; null without one
     */
    MixtureFits(TrainingRows rows, RowBlocks holdout, MixedMixture initial, MixedMixture first) {
        this.rows = rows;
        this.train = rows.train();
        this.holdout = holdout;
        this.options = rows.options();
        this.initial = initial;
        this.robustStarts = new RobustStarts(rows.reporting(), options, rows.listener());
        this.first = first;
    }

    /** Requires enough distinct rows for a number of components. Throws a DataException if there are fewer. */
    void requireRows(int components) {
        if (initial == null) {
            method(components, 0).distinctRows();
        }
    }

    /**
     * Returns whether a search may try a number of components: there are enough distinct rows, and the parameters fit
     * into arrays.
     */
    boolean isPossible(int components) {
        int most = options.initialization().mostComponents(components);
        return options.layout(rows.columns(), most).fitsArrays()
                && method(components, 0).hasDistinctRows();
    }

    /**
     * Returns the model that a fit starts from. The prior of the covariances knows the clusters of k-means, which also
     * serve as a start.
     *
     * @param restart number of the restart, from 0
     */
    MixtureState start(int components, int restart) {
        MixedMixture start = initial != null ? initial : startAt(components, restart);
        if (options.fit() != FitMethod.VARIATIONAL_INFERENCE) {
            return MixtureState.of(start);
        }
        VariationalMixture bayes = rows.fitted(
                bayes(components),
                rows.reporting(),
                VariationalBayes.start(start, rows.size().number()),
                options.stopping());
        return MixtureState.of(bayes.mixture());
    }

    private MixedMixture startAt(int components, int restart) {
        if (components == 1 && options.robust().isPresent() && rows.isGaussian()) {
            List<MixedMixture> starts = robustStarts.best();
            if (restart < starts.size()) {
                return starts.get(restart);
            }
        }
        boolean byClusters = restart == 0 && options.initialization().ofRestart(0) == Initialization.K_MEANS_PARALLEL;
        return (byClusters ? rows.clusters(components) : Optional.<MixedMixture>empty())
                .orElseGet(method(components, restart)::mixture);
    }

    private MixtureStart method(int components, int restart) {
        return new MixtureStart(rows, options, components, restart);
    }

    /**
     * Runs one fit.
     *
     * @param start the state to start or to continue from
     * @param before state of the training before the fit
     */
    MixtureFit fit(int components, int restart, EmState<MixtureState> start, SearchState before) {
        Run run = new Run(components, restart, start, before);
        return switch (options.fit()) {
            case EM, MONTE_CARLO_EM -> options.robust().isPresent() ? run.robust() : run.likelihood();
            case STEPWISE_EM, GRADIENT -> run.local();
            case VARIATIONAL_BAYES -> run.bayes();
            case VARIATIONAL_INFERENCE -> run.inference();
        };
    }

    private MixtureEm em(int components) {
        return new MixtureEm(
                options.layout(rows.columns(), components), options.regularization(), rows.prior(components));
    }

    private VariationalBayes bayes(int components) {
        MixtureEm em = new MixtureEm(
                options.layout(rows.columns(), components), options.regularization(), rows.prior(components, null));
        return new VariationalBayes(em, rows.ofParameters(components));
    }

    /**
     * Returns when the rounds of EM end. If fits are compared, the log-likelihood of all rows together must also be
     * expected to gain less than half a nat, whatever the number of rows: one unit of BIC. Differences below two are
     * not worth more than a bare mention (Kass and Raftery 1995, section 3.2).
     */
    private StoppingRule stopping() {
        return options.choosesComponents() || options.restarts() > 1
                ? options.stopping().withTotalTolerance(COMPARED)
                : options.stopping();
    }

    /** Returns whether a robust fit has left rows out. */
    static boolean leavesOut(double weight, SampleSize size) {
        return weight < (1 - ROUNDING) * size.weight();
    }

    /** One fit. */
    private final class Run {
        private final int components;
        private final int restart;
        private final EmState<MixtureState> start;
        private final SearchState before;
        private final SampleSize size = rows.size();

        Run(int components, int restart, EmState<MixtureState> start, SearchState before) {
            this.components = components;
            this.restart = restart;
            this.start = start;
            this.before = before;
        }

        MixtureFit likelihood() {
            var problem = options.fit() == FitMethod.MONTE_CARLO_EM
                    ? em(components).withDraws(options.stochastic().draws(), options.seed())
                    : em(components).withAcceleration(options.acceleration());
            EmResult<MixedMixture> result = rounds(
                    problem, MixtureState::mixture, mixture -> new MixtureState(mixture, null, null, null, first));
            MixtureEvaluation evaluation = MixtureEvaluation.of(result.model(), result.sums(), size);
            return fit(result, result.model(), evaluation.meanLogLikelihood(), evaluation, null);
        }

        MixtureFit robust() {
            var problem = new TrimmedEm(em(components), train, options.robust().trim());
            EmResult<MixedMixture> result = rounds(problem, MixtureState::mixture, MixtureState::of);
            var kept = KeptRowBlocks.of(train, result.model(), options.robust().trim());
            MixtureEvaluation evaluation = MixtureEvaluation.of(result.model(), kept);
            return fit(result, result.model(), evaluation.meanLogLikelihood(), evaluation, null);
        }

        MixtureFit local() {
            double tolerance = options.stopping().tolerance();
            LocalFit problem = options.fit() == FitMethod.GRADIENT
                    ? LocalFit.gradient(em(components), size.weight(), tolerance, options.stochastic())
                    : LocalFit.stepwise(em(components), size.weight(), train.rows(), tolerance, options.stochastic());
            boolean isNew = start.history().isEmpty();
            EmResult<LocalModel> result = rounds(
                    problem,
                    state ->
                            isNew ? LocalFit.start(state.mixture()) : new LocalModel(state.mixture(), state.progress()),
                    model -> new MixtureState(model.mixture(), null, model.progress(), null, null));
            MixedMixture mixture = result.model().mixture();
            MixtureEvaluation evaluation = MixtureEvaluation.of(mixture, result.sums(), size);
            return fit(result, mixture, evaluation.meanLogLikelihood(), evaluation, null);
        }

        MixtureFit bayes() {
            EmResult<VariationalMixture> result = rounds(
                    MixtureFits.this.bayes(components),
                    state -> state.sizes() == null
                            ? VariationalBayes.start(state.mixture(), size.number())
                            : new VariationalMixture(state.mixture(), state.sizes()),
                    model -> new MixtureState(model.mixture(), model.sizes(), null, null, null));
            MixedMixture mixture = result.model().mixture();
            double mean = MixtureEvaluation.of(mixture, train).meanLogLikelihood();
            return fit(result, mixture, mean, MixtureEvaluation.of(mixture, result.sums(), size), null);
        }

        MixtureFit inference() {
            MixedMixture reference = start.model().mixture();
            var problem = new VariationalInference(
                    reference.gaussian(),
                    rows.ofParameters(components),
                    options.inference(),
                    options.stopping().tolerance(),
                    options.seed());
            EmResult<InferenceState> result = rounds(
                    problem,
                    state -> state.inference() == null ? problem.start(size.number()) : state.inference(),
                    model -> new MixtureState(reference, null, null, model, null));
            MixedMixture mixture = reference.with(problem.mixture(result.model()));
            MixtureEvaluation evaluation = MixtureEvaluation.of(mixture, train);
            DMatrixRMaj posterior = problem.summary(result.model());
            return fit(result, mixture, evaluation.meanLogLikelihood(), evaluation, posterior);
        }

        /**
         * Runs the rounds.
         *
         * @param model returns the model that the problem uses
         * @param state inverse of {@code model}
         */
        private <P> EmResult<P> rounds(
                ExpectationMaximization<P> problem, Function<MixtureState, P> model, Function<P, MixtureState> state) {
            String description = problem.description() + (restart == 0 ? "" : ", restart " + restart);
            return EmLoop.run(problem, train, start.map(model), stopping(), new EmListener<>() {
                @Override
                public void afterRound(Round round, EmState<P> current) {
                    rows.listener()
                            .afterRound(
                                    description,
                                    round,
                                    options.stopping().maxRounds(),
                                    before.with(current.map(state)));
                }

                @Override
                public boolean isOver() {
                    return rows.listener().isOver();
                }
            });
        }

        /**
         * Returns the fit with its metrics.
         *
         * @param mean mean log-likelihood of the rows that the fit has not left out
         * @param evaluation sizes of the components, and weight of these rows
         */
        private MixtureFit fit(
                EmResult<?> result,
                MixedMixture mixture,
                double mean,
                MixtureEvaluation evaluation,
                DMatrixRMaj posterior) {
            List<Double> sizes = evaluation.sizes();
            double weight = evaluation.weight();
            double heldOut = holdout == null
                    ? Double.NaN
                    : MixtureEvaluation.of(mixture, holdout).meanLogLikelihood();
            // A robust fit chooses rows with missing values among complete ones, so that these values count.
            double ofMissing = leavesOut(weight, size) ? result.sums()[StatisticsLayout.LOG_LIKELIHOOD] / weight : mean;
            Candidate metrics = new Candidate(
                    components,
                    restart,
                    result.rounds(),
                    result.converged(),
                    mean,
                    heldOut,
                    options.restarts() > 1 && options.initialization() == Initialization.OVER_CLUSTERING
                            ? MutualInformation.of(new MixedDensity(mixture), train)
                            : Double.NaN,
                    MixtureEvaluation.bic(
                            mixture.freeParameters(MixtureEvaluation.inUse(sizes, size)),
                            ofMissing,
                            size.number() * (weight / size.weight())),
                    result.objective());
            return new MixtureFit(
                    mixture, metrics, train.rows(), weight, sizes, posterior, result.history(), result.warnings());
        }
    }
}
