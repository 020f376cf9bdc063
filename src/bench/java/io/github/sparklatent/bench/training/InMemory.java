package io.github.sparklatent.bench.training;

import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import org.ejml.data.FMatrixRMaj;

/** Trains on small tables, without Spark and in one partition. */
public final class InMemory {
    private InMemory() {}

    /** Returns the options of a training whose learning rate falls at the end. */
    public static AveragingOptions options(double epochs, int batchSize, long seed) {
        AveragingOptions options = AveragingOptions.DEFAULT
                .withMaxEpochs(epochs)
                .withRoundsPerEpoch(1)
                .withBatchSize(batchSize)
                .withSeed(seed);
        return options.withOptimizer(options.optimizer().withSchedule(Schedule.of(Schedule.Type.LINEAR)));
    }

    /**
     * Trains a network.
     *
     * @param objective of this kind and architecture
     * @param holdout rows that choose the round; null: the last round is kept
     */
    public static TrainedNetwork train(
            Kind kind,
            Architecture architecture,
            StochasticObjective objective,
            FMatrixRMaj rows,
            FMatrixRMaj holdout,
            AveragingOptions options) {
        float[] trained = AveragingLoop.run(
                        "network",
                        objective,
                        InMemoryShards.of(rows, 1),
                        holdout == null ? null : InMemoryShards.of(holdout, 1),
                        AveragingState.start(architecture.initialize(kind, options.seed())),
                        options,
                        AveragingListener.NONE)
                .kept()
                .parameters();
        return new TrainedNetwork(kind, architecture, trained);
    }
}
