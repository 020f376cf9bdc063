package io.github.sparklatent.bench.networks;

import io.github.sparklatent.bench.networks.ClusterRun.Point;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StagedListener;
import io.github.sparklatent.learn.StagedState;
import io.github.sparklatent.learn.StagedTraining;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** One run: a method on a table in so many partitions with a seed. */
final class ClusterTrial {
    private static final double ROUNDING = 1e-6;

    private final SparkSession spark;
    private final ClusterData data;
    private final NetworkOptions limits;
    private final String name;
    private final int partitions;
    private final long seed;
    private final Stopwatch watch = new Stopwatch();
    private final List<Point> points = new ArrayList<>();
    private double passes;

    /**
     * @param limits cut passes short
     */
    ClusterTrial(
            SparkSession spark,
            ClusterData data,
            NetworkOptions limits,
            String name,
            int partitions,
            long seed) {
        this.spark = spark;
        this.data = data;
        this.limits = limits;
        this.name = name;
        this.partitions = partitions;
        this.seed = seed;
    }

    SparkSession spark() {
        return spark;
    }

    long seed() {
        return seed;
    }

    ClusterSetting setting() {
        return data.setting();
    }

    /** n × d. Not to be modified. */
    FMatrixRMaj rows() {
        return data.rows();
    }

    /** The networks of this table, with components. */
    Architecture architecture() {
        return setting().architecture(rows().numCols).withComponents(ClusterSetting.CLUSTERS);
    }

    /** How networks are trained here. */
    AveragingOptions averaging() {
        return setting().averaging(partitions, seed);
    }

    /** Passes of a stage that has so many. */
    double limit(double own) {
        return limits.limit(own);
    }

    /** Rows of a partition's batch where all of them together have so many. */
    int share(int batch) {
        return ClusterSetting.share(batch, partitions);
    }

    /** A network that this run goes on from; its seconds and passes count. */
    TrainedNetwork goOnFrom(Kind kind, Pretrained pretrained) throws IOException {
        Pretrained.Network network = pretrained.of(kind, data, partitions, seed);
        // What it took when it was trained, not what it takes to be remembered.
        watch.resume();
        watch.add(network.seconds());
        passes += network.passes();
        return network.network();
    }

    /** The result, or what it is by now. */
    void measure(int[] clusters) {
        measure(passes, clusters);
    }

    private void measure(double now, int[] clusters) {
        watch.pause();
        points.add(Point.of(now, watch.seconds(), clusters, data.labels()));
        System.err.printf("  %s: %s%n", name, points.get(points.size() - 1));
        watch.resume();
    }

    /**
     * Trains in stages, measuring after each pass.
     *
     * @param kind and architecture of what the stages train
     * @param start of the first
     */
    void train(Kind kind, Architecture architecture, List<Stage> stages, float[] start)
            throws IOException {
        StagedListener listener =
                (stage, begun, state) -> {
                    List<NetworkRound> rounds = state.state().history();
                    NetworkRound last = rounds.get(rounds.size() - 1);
                    double before = rounds.size() == 1 ? 0 : rounds.get(rounds.size() - 2).passes();
                    if (Math.floor(last.passes() + ROUNDING) > Math.floor(before + ROUNDING)) {
                        watch.pause();
                        float[] parameters = state.state().parameters();
                        int[] clusters =
                                new RowNetwork(new TrainedNetwork(kind, architecture, parameters))
                                        .components(rows());
                        watch.resume();
                        measure(passes + last.passes() + finished(state), clusters);
                    }
                };
        StagedTraining.run(
                name, stages, data.shards(partitions), null, StagedState.start(start), listener);
    }

    private static double finished(StagedState state) {
        return state.finished().stream()
                .mapToDouble(stage -> stage.rounds().get(stage.rounds().size() - 1).passes())
                .sum();
    }

    /** What has been measured. */
    ClusterRun run() {
        return new ClusterRun(name, points);
    }
}
