package io.github.sparklatent.bench.race;

import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.io.IOException;
import java.util.List;

/**
 * A network of this project, with the default options of a training but for two: the batch of a partition is as large
 * as the peer's, and an epoch has fewer rounds.
 */
final class AveragedNetwork implements Contestant {
    /** Nats by which the bounds of a few epochs differ between streams of random numbers. */
    static final double NOISE = 5;

    private static final int BATCH = 128;
    private static final int ROUNDS = 4;

    private final Architecture architecture;
    private final ShardTable train;
    private final ShardTable test;
    private String remark = "";

    /** Loads the images, one partition per core. */
    AveragedNetwork(Architecture architecture, Course course) throws IOException {
        this.architecture = architecture;
        ImageTables tables = new ImageTables(course.spark(), course.images());
        this.train = tables.training(course.spark().sparkContext().defaultParallelism());
        this.test = tables.test();
    }

    @Override
    public double tolerance() {
        return NOISE;
    }

    /** Trains. The seconds of evaluations are not counted. */
    @Override
    public Fit fit(int epochs) {
        long began = System.nanoTime();
        AveragingResult result = AveragingLoop.run(
                "network",
                new VariationalObjective(architecture, VariationalOptions.DEFAULT),
                train.train(),
                test.train(),
                AveragingState.start(architecture.initialize(Kind.VARIATIONAL, 1)),
                AveragingOptions.DEFAULT
                        .withMaxEpochs(epochs)
                        .withBatchSize(BATCH)
                        .withRoundsPerEpoch(ROUNDS),
                AveragingListener.NONE);
        List<NetworkRound> rounds = result.history();
        double evaluations = rounds.stream().mapToDouble(NetworkRound::evaluate).sum();
        double seconds = (System.nanoTime() - began) / 1e9 - evaluations;
        remark = RoundSeconds.remark(
                rounds, NetworkRound::broadcast, NetworkRound::compute, NetworkRound::reduce, NetworkRound::update);
        NetworkRound last = rounds.get(rounds.size() - 1);
        return new Fit(seconds, (int) Math.rint(last.epochs()), -last.heldOut().get(0));
    }

    @Override
    public String remark() {
        return remark;
    }

    @Override
    public void close() {
        train.close();
        test.close();
    }
}
