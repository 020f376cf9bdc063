package io.github.sparklatent.mixture;

import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.linear.LinearGaussian;
import io.github.sparklatent.mixture.em.ComponentPrior;
import io.github.sparklatent.mixture.em.CovariancePrior;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureExpectation;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.em.StatisticsLayout;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureEvaluation;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import io.github.sparklatent.mixture.training.SearchListener.SearchState;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.ejml.data.DMatrixRMaj;

/** Fits as the tests need them. */
public final class Fits {
    private Fits() {}

    /** Exactly so many plain rounds from a given start. */
    public static MixtureFit rounds(RowBlocks data, MixtureParameters start, double regularization, int rounds) {
        return until(data, start, regularization, new StoppingRule(rounds, 0));
    }

    /** Plain rounds from a given start. */
    public static MixtureFit until(RowBlocks data, MixtureParameters start, double regularization, StoppingRule rule) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(start.components()))
                .withCovariance(start.type())
                .withFactors(Math.max(1, start.factors()))
                .withRegularization(regularization)
                .withPriorRows(0)
                .withAcceleration(false)
                .withStopping(rule);
        return of(data, options, start);
    }

    /** Returns the best fit without held-out rows. */
    public static MixtureFit of(RowBlocks data, MixtureOptions options) {
        return of(data, options, null);
    }

    /** Returns the fit from a given start; null: the best fit. */
    public static MixtureFit of(RowBlocks data, MixtureOptions options, MixtureParameters start) {
        return new MixtureTrainer(data, null, options, start, SearchListener.none())
                .fit()
                .best();
    }

    /** Returns the density of a Gaussian mixture. */
    public static MixedDensity density(MixtureParameters mixture) {
        return new MixedDensity(MixedMixture.of(mixture));
    }

    /** Returns the mean log-likelihood of rows under a linear Gaussian model, in nats per row. */
    public static double meanLogLikelihood(LinearGaussian model, RowBlocks data) {
        return MixtureEvaluation.of(density(MixtureParameters.of(model)), data).meanLogLikelihood();
    }

    /** Returns the E-step under a Gaussian mixture. */
    public static MixtureExpectation expectation(MixtureParameters mixture) {
        return MixtureExpectation.under(density(mixture));
    }

    /** Returns the mixture prepared to score rows. */
    public static MixtureScores scores(MixedMixture mixture) {
        return new MixtureScores(new MixedDensity(mixture));
    }

    /** Returns the scores of rows under a Gaussian mixture. */
    public static MixtureScores scores(MixtureParameters mixture, DMatrixRMaj rows) {
        return scores(MixedMixture.of(mixture), rows);
    }

    /** Returns the scores of rows under a mixture. */
    public static MixtureScores scores(MixedMixture mixture, DMatrixRMaj rows) {
        MixtureScores scores = scores(mixture);
        scores.evaluate(rows);
        return scores;
    }

    /** Returns the Gaussian mixture prepared to score rows. */
    public static MixtureScores scores(MixtureParameters mixture) {
        return scores(MixedMixture.of(mixture));
    }

    /** Returns expectation-maximisation of Gaussian columns by maximum likelihood. */
    public static MixtureEm em(StatisticsLayout layout, double regularization) {
        return em(layout, regularization, CovariancePrior.NONE);
    }

    /** Returns expectation-maximisation of Gaussian columns. */
    public static MixtureEm em(StatisticsLayout layout, double regularization, CovariancePrior prior) {
        return new MixtureEm(layout(layout), regularization, ComponentPrior.of(prior));
    }

    /** Returns the layout of Gaussian columns. */
    public static MixtureLayout layout(StatisticsLayout layout) {
        return new MixtureLayout(MixedColumns.ofNumbers(layout.dimension()), layout);
    }

    /** Returns a listener of rounds that also hears of starts and ends the training. */
    public static SearchListener listener(SearchListener rounds, Consumer<String> starts, BooleanSupplier isOver) {
        return new SearchListener() {
            @Override
            public void afterRound(String description, Round round, int max, SearchState state) {
                rounds.afterRound(description, round, max, state);
            }

            @Override
            public void whileStarting(String description) {
                starts.accept(description);
            }

            @Override
            public boolean isOver() {
                return isOver.getAsBoolean();
            }
        };
    }
}
