package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.clustering.ClusterRun.Point;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.training.RowNetwork;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.stage.VaeStage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;

/** One run: a method on a table, in so many partitions and with a seed. */
final class ClusterTrial {
    private static final double ROUNDING = 1e-6;

    final SparkSession spark;
    private final ClusterData data;
    private final RunOptions limits;
    private final String name;
    private final int partitions;
    final long seed;
    private final List<Point> points = new ArrayList<>();
    private double epochs;
    private Double bound;

    /** Seconds before {@link #began}, without evaluations. */
    private double seconds;

    private long began = System.nanoTime();

    ClusterTrial(SparkSession spark, ClusterData data, RunOptions limits, String name, int partitions, long seed) {
        this.spark = spark;
        this.data = data;
        this.limits = limits;
        this.name = name;
        this.partitions = partitions;
        this.seed = seed;
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
        return setting().architecture().withComponents(ClusterSetting.CLUSTERS);
    }

    /** Options of a training of so many epochs, or fewer with {@code --epochs}. */
    AveragingOptions averaging(double own) {
        return setting().averaging(partitions, seed).withMaxEpochs(limits.limit(own));
    }

    /** Options of a phase of so many epochs, or fewer with {@code --epochs}. */
    AveragingOptions averaging(VaeStage phase, double own) {
        return phase.preset(averaging(own)).withMaxEpochs(limits.limit(own));
    }

    /** Rows of a partition's batch. */
    int share(int batch) {
        return ClusterSetting.share(batch, partitions);
    }

    /** Returns a network that this run continues from. Its seconds and epochs count. */
    TrainedNetwork continueFrom(Kind kind, Pretrained pretrained) throws IOException {
        Pretrained.Network network = pretrained.of(kind, data, partitions, seed);
        seconds += network.seconds(); // those of its training, which may have been before this run
        began = System.nanoTime();
        epochs += network.epochs();
        return network.network();
    }

    /** Measures the result. */
    void measure(int[] clusters) {
        seconds += (System.nanoTime() - began) / 1e9;
        measure(epochs, clusters);
    }

    private void measure(double now, int[] clusters) {
        points.add(Point.of(now, seconds, clusters, data.labels()));
        System.err.printf("  %s: %s%n", name, points.get(points.size() - 1));
        began = System.nanoTime();
    }

    /** Trains in stages from initial parameters, and measures after each epoch. */
    void train(Kind kind, Architecture architecture, List<Stage> stages, float[] start) throws IOException {
        StagedListener listener = (stage, begun, state) -> {
            List<NetworkRound> rounds = state.state().history();
            double now = epochs(rounds);
            double before = epochs(rounds.subList(0, rounds.size() - 1));
            if (Math.floor(now + ROUNDING) > Math.floor(before + ROUNDING)) {
                seconds += (System.nanoTime() - began) / 1e9;
                float[] parameters = state.state().parameters();
                TrainedNetwork network = new TrainedNetwork(kind, architecture, parameters);
                double finished = state.finished().stream()
                        .mapToDouble(s -> epochs(s.rounds()))
                        .sum();
                int[] clusters = new RowNetwork(network).components(rows());
                measure(epochs + finished + now, clusters);
            }
        };
        float[] trained = StagedTraining.run(
                        name, stages, data.shards(partitions), null, StagedState.start(start), listener)
                .parameters();
        bound = NamedRun.rounded(new RowNetwork(new TrainedNetwork(kind, architecture, trained)).bound(rows()));
    }

    private static double epochs(List<NetworkRound> rounds) {
        return rounds.isEmpty() ? 0 : rounds.get(rounds.size() - 1).epochs();
    }

    /** The measurements. */
    ClusterRun run() {
        return new ClusterRun(name, points, bound);
    }
}
