package io.github.sparklatent.gmm;

import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureState;
import io.github.sparklatent.gmm.training.MixtureTrainer;
import io.github.sparklatent.gmm.training.SearchListener;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Fits as the tests need them. */
public final class Fits {
    private Fits() {}

    /** Exactly so many plain rounds from a given start. */
    public static MixtureFit<MixtureParameters> rounds(
            RowBlocks data, MixtureParameters start, double regularization, int rounds) {
        return until(data, start, regularization, new StoppingRule(rounds, 0));
    }

    /** Plain rounds from a given start. */
    public static MixtureFit<MixtureParameters> until(
            RowBlocks data, MixtureParameters start, double regularization, StoppingRule rule) {
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(start.components()))
                .withCovariance(start.type())
                .withFactors(Math.max(1, start.factors()))
                .withRegularization(regularization)
                .withCovariancePrior(0)
                .withAcceleration(false)
                .withStopping(rule);
        return of(data, options, start);
    }

    /** Returns the best fit without held-out rows. */
    public static MixtureFit<MixtureParameters> of(RowBlocks data, MixtureOptions options) {
        return of(data, options, null);
    }

    /** Returns the fit from a given start; null: the best fit. */
    public static MixtureFit<MixtureParameters> of(RowBlocks data, MixtureOptions options, MixtureParameters start) {
        return new MixtureTrainer(data, null, options, start, SearchListener.none())
                .fit()
                .best();
    }

    /** Returns a listener of rounds that also hears of starts and ends the training. */
    public static SearchListener<MixtureParameters, MixtureState> listener(
            SearchListener<MixtureParameters, MixtureState> rounds, Consumer<String> starts, BooleanSupplier isOver) {
        return new SearchListener<>() {
            @Override
            public void afterRound(
                    String description, Round round, int max, SearchState<MixtureParameters, MixtureState> state) {
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
