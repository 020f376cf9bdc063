package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.Contestant;
import io.github.sparklatent.bench.Course;
import io.github.sparklatent.bench.RoundShares;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.AveragingListener;
import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.AveragingResult;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.io.IOException;
import java.util.List;

/**
 * A network of this project, with the options that a training job has by default but for these two:
 * a step of each partition is of as many rows as its peer's, and rounds are longer.
 */
public final class AveragedNetwork implements Contestant {
    static final String SYSTEM = "spark-latent";

    private static final int LATENT = 20;
    private static final int BATCH = 128;
    private static final int ROUNDS = 4;

    private final Architecture architecture;
    private final ShardTable train;
    private final ShardTable test;
    private String remark = "";

    /** One partition a core. */
    AveragedNetwork(Architecture architecture, Course course) throws IOException {
        this.architecture = architecture;
        ImageTables tables = new ImageTables(course.spark(), course.images());
        this.train = tables.training(course.spark().sparkContext().defaultParallelism());
        this.test = tables.test();
    }

    /** One hidden layer of that width on each side. */
    public static AveragedNetwork ofWidth(int width, Course course) throws IOException {
        Architecture architecture =
                Architectures.dense(Architectures.IMAGE, LATENT, Activation.RELU, width);
        return new AveragedNetwork(architecture, course);
    }

    /** Numbers that are trained. */
    public int parameters() {
        return architecture.initialize(Kind.VARIATIONAL, 1).length;
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public double tolerance() {
        return NetworkCase.NOISE;
    }

    /** Evaluations are not counted. */
    @Override
    public Fit fit(int passes) {
        long began = System.nanoTime();
        AveragingResult result =
                AveragingLoop.run(
                        "network",
                        new VariationalObjective(architecture, VariationalOptions.DEFAULT),
                        train.train(),
                        test.train(),
                        AveragingState.start(architecture.initialize(Kind.VARIATIONAL, 1)),
                        AveragingOptions.DEFAULT
                                .withMaxPasses(passes)
                                .withBatchSize(BATCH)
                                .withRoundsPerPass(ROUNDS),
                        AveragingListener.NONE);
        List<NetworkRound> rounds = result.history();
        double evaluations = rounds.stream().mapToDouble(NetworkRound::evaluate).sum();
        double seconds = (System.nanoTime() - began) / 1e9 - evaluations;
        remark =
                RoundShares.of(
                                rounds,
                                NetworkRound::broadcast,
                                NetworkRound::compute,
                                NetworkRound::reduce,
                                NetworkRound::update)
                        .remark();
        NetworkRound last = rounds.get(rounds.size() - 1);
        return new Fit(seconds, (int) Math.rint(last.passes()), -last.heldOut().get(0));
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
