package io.github.sparklatent.app;

import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.AveragingResult;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.StochasticObjective;

/** The rounds of a network's training. */
final class NetworkRounds extends Rounds<AveragingState> {
    private final String name;
    private final AveragingOptions options;

    /**
     * @param name of what is trained, as a person reads it
     */
    NetworkRounds(JobContext context, String name, AveragingOptions options) {
        super(context, new NetworkStates());
        this.name = name;
        this.options = options;
    }

    /**
     * Trains from the beginning, or goes on from the checkpoint of this very training.
     *
     * @param holdout the held-out rows, or null
     * @param start parameters to start from. Not modified.
     */
    AveragingResult run(
            TrainingIdentity identity,
            StochasticObjective objective,
            Shards train,
            Shards holdout,
            float[] start) {
        AveragingState from = begin(identity).orElseGet(() -> AveragingState.start(start));
        return run(
                () ->
                        AveragingLoop.run(
                                name, objective, train, holdout, from, options, this::told));
    }

    private void told(NetworkRound round, AveragingState state) {
        NetworkRound before = state.rounds() > 1 ? state.history().get(state.rounds() - 2) : null;
        progress().round(name, before, round, options.maxPasses());
        afterRound(state);
    }
}
