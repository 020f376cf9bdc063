package io.github.sparklatent.learn.averaging;

import io.github.sparklatent.learn.objective.StochasticObjective;

/** Trainings as the tests need them. */
public final class Averaging {
    private Averaging() {}

    /**
     * Trains without a listener.
     *
     * @param holdout held-out rows, or null
     * @param start initial parameters
     */
    public static AveragingResult run(
            StochasticObjective objective, Shards train, Shards holdout, float[] start, AveragingOptions options) {
        AveragingState first = AveragingState.start(start);
        return AveragingLoop.run("test", objective, train, holdout, first, options, AveragingListener.NONE);
    }
}
