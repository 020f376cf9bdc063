package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.bayes.VariationalBayes;
import io.github.sparklatent.gmm.bayes.VariationalMixture;
import io.github.sparklatent.gmm.bayes.VariationalPrior;
import io.github.sparklatent.gmm.em.CovariancePrior;
import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.initialization.MutualInformation;
import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.gmm.stochastic.LocalFit;
import io.github.sparklatent.gmm.stochastic.LocalModel;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.OptionsException;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmResult;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * Fits a mixture for each number of components and each restart, and keeps the best.
 *
 * <p>The objective of the fits chooses among the restarts with one number of components. The
 * criterion then chooses among the numbers, each of which has one fit left. Comparing a restart
 * with the best fit of another number before all restarts have ended would let the criterion choose
 * among restarts.
 */
public final class MixtureTrainer {
    private static final double COMPARED = 0.5;

    private final RowBlocks train;
    private final RowBlocks holdout;
    private final MixtureOptions options;
    private final Mixture initial;
    private final TrainerListener listener;

    /**
     * Checks that options, data and initial model fit together.
     *
     * @param train training rows
     * @param holdout held-out rows, or null
     * @param initial parameters to start from, or null; with initial parameters, there is one fit
     *     with their number of components
     * @throws IllegalArgumentException if the initial mixture does not fit the options or the data,
     *     or the criterion cannot be computed
     * @throws DataException if covariances of the data's width do not fit into arrays
     */
    public MixtureTrainer(
            RowBlocks train,
            RowBlocks holdout,
            MixtureOptions options,
            Mixture initial,
            TrainerListener listener) {
        Require.that(
                options.criterion() != Criterion.HOLDOUT
                        || holdout != null
                        || options.components().size() == 1,
                "criterion is holdout, but no rows are held out");
        Require.that(
                options.criterion() != Criterion.MUTUAL_INFORMATION
                        || options.components().size() == 1,
                "criterion is mutual-information, which grows with the number of components:"
                        + " components are %s, expected one number",
                options.components());
        if (initial != null) {
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
        if (options.covariance().isFactored() && options.factors() >= train.width()) {
            throw new OptionsException(
                    "the rows have %d columns for %d factors, expected more columns than factors: use fewer factors, or full covariances"
                            .formatted(train.width(), options.factors()));
        }
        options.components()
                .forEach(
                        k ->
                                options.layout(
                                                initial != null
                                                        ? k
                                                        : options.initialization()
                                                                .mostComponents(k),
                                                train.width())
                                        .requireArrays());
        this.train = train;
        this.holdout = holdout;
        this.options = options;
        this.initial = initial;
        this.listener = listener;
    }

    /**
     * Runs all fits from the beginning.
     *
     * @throws DataException if the data has fewer distinct rows than components
     */
    public TrainingResult fit() {
        return fit(TrainerState.START);
    }

    /** Continues a training from one of its states. */
    public TrainingResult fit(TrainerState from) {
        List<Candidate> done = new ArrayList<>(from.done());
        MixtureFit best = from.best();
        MixtureFit leader = from.leader();
        EmState<MixtureState> current = from.current();
        int restarts = initial == null ? options.restarts() : 1;
        if (initial == null && done.isEmpty() && current == null) {
            int most = Collections.max(options.components());
            start(most, 0).distinctRows();
        }
        SampleSize size = RowWeights.of(train);
        MixturePriors priors = new MixturePriors(train, options, size, listener);
        for (int i = done.size(); i < options.components().size() * restarts; i++) {
            if (!done.isEmpty() && listener.isOver()) {
                break;
            }
            int components = options.components().get(i / restarts);
            int restart = i % restarts;
            EmState<MixtureState> start =
                    current != null
                            ? current
                            : EmState.start(
                                    MixtureState.of(start(components, restart, priors, leader)));
            current = null;
            Place place = new Place(components, restart, size, start, done, best, leader);
            MixtureFit fit =
                    switch (options.fit()) {
                        case EM, MONTE_CARLO_EM ->
                                likelihood(place, priors.ofCovariances(components));
                        case STEPWISE_EM, GRADIENT ->
                                local(place, priors.ofCovariances(components));
                        case VARIATIONAL_BAYES -> bayes(place, priors.ofParameters(components));
                    };
            done.add(fit.figures());
            leader = better(fit, leader, options.criterion()::costOfRestart);
            if (done.size() % restarts == 0) {
                best = better(leader, best, options.criterion()::cost);
                leader = null;
            }
        }
        return new TrainingResult(
                leader == null ? best : better(leader, best, options.criterion()::cost),
                List.copyOf(done),
                size);
    }

    /**
     * Returns the mixture that a fit starts from.
     *
     * @param priors know the clusters of k-means if there is a prior of the covariances
     * @param leader the best of the earlier restarts, or null at the first
     */
    private Mixture start(int components, int restart, MixturePriors priors, MixtureFit leader) {
        if (initial != null) {
            return initial;
        }
        MixtureStart start = start(components, restart);
        if (options.initialization().movesBest(restart) && components > 1) {
            return start.near(leader.mixture());
        }
        boolean byClusters =
                restart == 0
                        && options.initialization().ofRestart(0) == Initialization.K_MEANS_PARALLEL;
        return (byClusters ? priors.clusters(components) : Optional.<Mixture>empty())
                .orElseGet(start::mixture);
    }

    private MixtureStart start(int components, int restart) {
        return new MixtureStart(train, options, components, restart, listener);
    }

    /** One fit: its place among the fits, and the state to start or continue from. */
    private record Place(
            int components,
            int restart,
            SampleSize size,
            EmState<MixtureState> start,
            List<Candidate> done,
            MixtureFit best,
            MixtureFit leader) {}

    private GaussianMixtureEm em(Place place, CovariancePrior prior) {
        return new GaussianMixtureEm(
                options.layout(place.components(), train.width()), options.regularization(), prior);
    }

    private MixtureFit likelihood(Place place, CovariancePrior prior) {
        var problem =
                options.fit() == FitMethod.MONTE_CARLO_EM
                        ? em(place, prior).withDraws(options.stochastic().draws(), options.seed())
                        : em(place, prior).withAcceleration(options.acceleration());
        EmResult<Mixture> result = rounds(problem, place, MixtureState::mixture, MixtureState::of);
        return fit(
                place, result, result.model(), GaussianMixtureEm.meanLogLikelihood(result.sums()));
    }

    private MixtureFit local(Place place, CovariancePrior prior) {
        double weight = place.size().weight();
        double tolerance = options.stopping().tolerance();
        LocalFit fit =
                options.fit() == FitMethod.GRADIENT
                        ? LocalFit.gradient(
                                em(place, prior), weight, tolerance, options.stochastic())
                        : LocalFit.stepwise(
                                em(place, prior), weight, tolerance, options.stochastic());
        EmResult<LocalModel> result =
                rounds(
                        fit,
                        place,
                        state ->
                                place.start().history().isEmpty()
                                        ? LocalFit.start(state.mixture())
                                        : new LocalModel(state.mixture(), state.progress()),
                        model -> new MixtureState(model.mixture(), null, model.progress()));
        return fit(
                place,
                result,
                result.model().mixture(),
                GaussianMixtureEm.meanLogLikelihood(result.sums()));
    }

    private MixtureFit bayes(Place place, VariationalPrior prior) {
        var problem =
                new VariationalBayes(
                        options.covariance(), place.components(), prior, options.regularization());
        EmResult<VariationalMixture> result =
                rounds(
                        problem,
                        place,
                        state ->
                                state.sizes() == null
                                        ? VariationalBayes.start(
                                                state.mixture(), place.size().number())
                                        : new VariationalMixture(state.mixture(), state.sizes()),
                        model -> new MixtureState(model.mixture(), model.sizes(), null));
        Mixture mixture = result.model().mixture();
        return fit(
                place, result, mixture, MixtureEvaluation.of(mixture, train).meanLogLikelihood());
    }

    /**
     * Runs the rounds of a fit.
     *
     * @param model form of the state's model that the problem uses
     * @param state inverse of {@code model}
     */
    private <M> EmResult<M> rounds(
            ExpectationMaximization<M> problem,
            Place place,
            Function<MixtureState, M> model,
            Function<M, MixtureState> state) {
        String description =
                problem.description()
                        + (place.restart() == 0 ? "" : ", restart " + place.restart());
        return EmLoop.run(
                problem,
                train,
                place.start().map(model),
                stopping(),
                new EmListener<>() {
                    @Override
                    public void afterRound(Round round, EmState<M> current) {
                        listener.afterRound(
                                description,
                                round,
                                options.stopping().maxRounds(),
                                new TrainerState(
                                        place.done(),
                                        place.best(),
                                        place.leader(),
                                        current.map(state)));
                    }

                    @Override
                    public boolean isOver() {
                        return listener.isOver();
                    }
                });
    }

    private MixtureFit fit(
            Place place, EmResult<?> result, Mixture mixture, double meanLogLikelihood) {
        double heldOut =
                holdout == null
                        ? Double.NaN
                        : MixtureEvaluation.of(mixture, holdout).meanLogLikelihood();
        double number = place.size().number();
        Candidate figures =
                new Candidate(
                        place.components(),
                        place.restart(),
                        result.rounds(),
                        result.converged(),
                        meanLogLikelihood,
                        heldOut,
                        options.criterion() == Criterion.MUTUAL_INFORMATION
                                ? MutualInformation.of(mixture, train)
                                : Double.NaN,
                        InformationCriteria.bic(mixture, meanLogLikelihood, number),
                        InformationCriteria.aic(mixture, meanLogLikelihood, number),
                        result.objective());
        double[] sizes = StatisticsLayout.of(mixture).sizes(result.sums());
        return new MixtureFit(
                mixture,
                figures,
                train.rows(),
                result.sums()[StatisticsLayout.WEIGHT],
                DoubleStream.of(sizes).boxed().toList(),
                result.history(),
                result.events());
    }

    /**
     * Returns when the rounds of EM end. If fits are compared, the log-likelihood of all rows
     * together must also be expected to gain less than half a nat, whatever the number of rows: one
     * unit of BIC and AIC. Differences below two are not worth more than a bare mention (Kass and
     * Raftery 1995, section 3.2).
     */
    private StoppingRule stopping() {
        boolean compared = initial == null && options.components().size() * options.restarts() > 1;
        return compared ? options.stopping().withTotalTolerance(COMPARED) : options.stopping();
    }

    /** Returns the fit of lower cost; the earlier one among equals. */
    private static MixtureFit better(
            MixtureFit fit, MixtureFit earlier, ToDoubleFunction<Candidate> cost) {
        return earlier == null
                        || cost.applyAsDouble(fit.figures()) < cost.applyAsDouble(earlier.figures())
                ? fit
                : earlier;
    }
}
