package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.bayes.VariationalBayes;
import io.github.sparklatent.mixture.bayes.VariationalBayes.VariationalMixture;
import io.github.sparklatent.mixture.bayes.VariationalInference;
import io.github.sparklatent.mixture.bayes.VariationalInference.InferenceState;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.initialization.ReportingRowBlocks;
import io.github.sparklatent.mixture.robust.KeptRowBlocks;
import io.github.sparklatent.mixture.robust.TrimmedEm;
import io.github.sparklatent.mixture.stochastic.LocalFit;
import io.github.sparklatent.mixture.stochastic.LocalModel;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/** The fits of a training by the method of its options, as far as {@link ComponentSearch} needs to know them. */
final class MixtureFits {
    private final RowBlocks train;
    private final MixtureOptions options;
    private final MixedMixture initial;
    private final SearchListener listener;
    private final TrainingRows rows;
    private final SampleSize size;
    private final RobustStarts robustStarts;
    private final MixedMixture first;

    /**
     * Creates the fits.
     *
     * @param initial parameters to start from, or null
     * @param first the robust fit that has left rows out; null without one
     */
    MixtureFits(
            RowBlocks train,
            MixtureOptions options,
            MixedMixture initial,
            SearchListener listener,
            TrainingRows rows,
            SampleSize size,
            MixedMixture first) {
        this.train = train;
        this.options = options;
        this.initial = initial;
        this.listener = listener;
        this.rows = rows;
        this.size = size;
        this.robustStarts = new RobustStarts(train, options, listener);
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
        VariationalMixture bayes = EmLoop.run(
                        bayes(components),
                        new ReportingRowBlocks(train, listener::whileStarting),
                        EmState.start(VariationalBayes.start(start, size.number())),
                        options.stopping(),
                        EmListener.endingWhen(listener::isOver))
                .model();
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
     * @param rounds runs the rounds
     */
    Fitted fit(int components, EmState<MixtureState> start, Rounds rounds) {
        return switch (options.fit()) {
            case EM, MONTE_CARLO_EM -> likelihood(components, rounds);
            case STEPWISE_EM, GRADIENT -> local(components, start, rounds);
            case VARIATIONAL_BAYES -> bayes(components, rounds);
            case VARIATIONAL_INFERENCE -> inference(components, start.model(), rounds);
        };
    }

    private MixtureEm em(int components) {
        return new MixtureEm(
                options.layout(rows.columns(), components), options.regularization(), rows.prior(components));
    }

    private Fitted likelihood(int components, Rounds rounds) {
        if (options.robust().isPresent()) {
            return robust(components, rounds);
        }
        var problem = options.fit() == FitMethod.MONTE_CARLO_EM
                ? em(components).withDraws(options.stochastic().draws(), options.seed())
                : em(components).withAcceleration(options.acceleration());
        EmResult<MixedMixture> result = rounds.run(
                problem, MixtureState::mixture, mixture -> new MixtureState(mixture, null, null, null, first));
        return fitted(result, result.model(), meanLogLikelihood(result));
    }

    private Fitted robust(int components, Rounds rounds) {
        var problem = new TrimmedEm(em(components), train, options.robust().trim());
        EmResult<MixedMixture> result = rounds.run(problem, MixtureState::mixture, MixtureState::of);
        var kept = KeptRowBlocks.of(train, result.model(), options.robust().trim());
        return new Fitted(result.model(), result, MixtureEvaluation.of(result.model(), kept), null);
    }

    private Fitted local(int components, EmState<MixtureState> start, Rounds rounds) {
        double tolerance = options.stopping().tolerance();
        LocalFit fit = options.fit() == FitMethod.GRADIENT
                ? LocalFit.gradient(em(components), size.weight(), tolerance, options.stochastic())
                : LocalFit.stepwise(em(components), size.weight(), train.rows(), tolerance, options.stochastic());
        boolean isNew = start.history().isEmpty();
        EmResult<LocalModel> result = rounds.run(
                fit,
                state -> isNew ? LocalFit.start(state.mixture()) : new LocalModel(state.mixture(), state.progress()),
                model -> new MixtureState(model.mixture(), null, model.progress(), null, null));
        return fitted(result, result.model().mixture(), meanLogLikelihood(result));
    }

    private VariationalBayes bayes(int components) {
        MixtureEm em = new MixtureEm(
                options.layout(rows.columns(), components), options.regularization(), rows.prior(components, null));
        return new VariationalBayes(em, rows.ofParameters(components));
    }

    private Fitted bayes(int components, Rounds rounds) {
        EmResult<VariationalMixture> result = rounds.run(
                bayes(components),
                state -> state.sizes() == null
                        ? VariationalBayes.start(state.mixture(), size.number())
                        : new VariationalMixture(state.mixture(), state.sizes()),
                model -> new MixtureState(model.mixture(), model.sizes(), null, null, null));
        MixedMixture mixture = result.model().mixture();
        return fitted(result, mixture, MixtureEvaluation.of(mixture, train).meanLogLikelihood());
    }

    private Fitted inference(int components, MixtureState start, Rounds rounds) {
        var problem = new VariationalInference(
                start.mixture().gaussian(),
                rows.ofParameters(components),
                options.inference(),
                options.stopping().tolerance(),
                options.seed());
        EmResult<InferenceState> result = rounds.run(
                problem,
                state -> state.inference() == null ? problem.start(size.number()) : state.inference(),
                model -> new MixtureState(start.mixture(), null, null, model, null));
        MixedMixture mixture = start.mixture().with(problem.mixture(result.model()));
        return new Fitted(mixture, result, MixtureEvaluation.of(mixture, train), problem.summary(result.model()));
    }

    private static double meanLogLikelihood(EmResult<?> result) {
        return result.sums()[StatisticsLayout.LOG_LIKELIHOOD] / result.sums()[StatisticsLayout.WEIGHT];
    }

    private static Fitted fitted(EmResult<?> result, MixedMixture mixture, double meanLogLikelihood) {
        double[] sums = result.sums();
        return new Fitted(
                mixture,
                result,
                meanLogLikelihood,
                MixtureLayout.of(mixture).gaussian().sizes(sums),
                sums[StatisticsLayout.WEIGHT],
                null);
    }

    /** Runs the rounds of one fit. */
    interface Rounds {
        /**
         * Runs the rounds.
         *
         * @param model returns the model that the problem uses
         * @param state inverse of {@code model}
         */
        <P> EmResult<P> run(
                ExpectationMaximization<P> problem, Function<MixtureState, P> model, Function<P, MixtureState> state);
    }

    /**
     * The result of the rounds.
     *
     * @param mixture the fitted mixture
     * @param result result of the loop
     * @param meanLogLikelihood mean log-likelihood of the training rows, nats per row; a robust fit leaves some of them
     *     out
     * @param sizes N_k: sum of the weighted responsibilities of each component
     * @param weight weight of the rows that the fit has not left out
     * @param posterior summary of the posterior of the parameters, see {@code VariationalInference#summary}; null if
     *     the method has none
     */
    record Fitted(
            MixedMixture mixture,
            EmResult<?> result,
            double meanLogLikelihood,
            double[] sizes,
            double weight,
            DMatrixRMaj posterior) {
        /** Creates a result from an evaluation of the mixture. */
        public Fitted(MixedMixture mixture, EmResult<?> result, MixtureEvaluation evaluation, DMatrixRMaj posterior) {
            this(
                    mixture,
                    result,
                    evaluation.meanLogLikelihood(),
                    evaluation.sizes().stream().mapToDouble(size -> size).toArray(),
                    evaluation.weight(),
                    posterior);
        }
    }
}
