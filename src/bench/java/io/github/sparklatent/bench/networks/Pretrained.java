package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.AveragingListener;
import io.github.sparklatent.learn.AveragingLoop;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.StochasticObjective;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.ClusteringPhase;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Networks whose codes are clustered, or from which a training goes on: the last of each kind is
 * kept for the methods that have it in common.
 */
final class Pretrained {
    private final NetworkOptions limits;
    private final Map<Kind, Network> kept = new EnumMap<>(Kind.class);

    Pretrained(NetworkOptions limits) {
        this.limits = limits;
    }

    /**
     * A network and what it took.
     *
     * @param key of what it was trained on
     */
    record Network(String key, TrainedNetwork network, double passes, double seconds) {}

    /** The network of a table, so many partitions and a seed. */
    Network of(Kind kind, ClusterData data, int partitions, long seed) throws IOException {
        String key = "%s p%d s%d".formatted(data.setting().title(), partitions, seed);
        Network last = kept.get(kind);
        if (last == null || !last.key().equals(key)) {
            last = train(key, kind, data, partitions, seed);
            kept.put(kind, last);
        }
        return last;
    }

    /** As the first stage of an embedding is. */
    private Network train(String key, Kind kind, ClusterData data, int partitions, long seed)
            throws IOException {
        ClusterSetting setting = data.setting();
        Architecture architecture = setting.architecture(data.rows().numCols);
        double passes = limits.limit(setting.pretraining());
        AveragingOptions options =
                ClusteringPhase.AUTOENCODER
                        .preset(setting.averaging(partitions, seed))
                        .withMaxPasses(passes);
        long began = System.nanoTime();
        float[] parameters =
                AveragingLoop.run(
                                kind.words(),
                                objective(kind, architecture),
                                data.shards(partitions),
                                null,
                                AveragingState.start(architecture.initialize(kind, seed)),
                                options,
                                AveragingListener.NONE)
                        .parameters();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf("  %s, %s: %.1f s%n", kind.words(), key, seconds);
        return new Network(
                key, new TrainedNetwork(kind, architecture, parameters), passes, seconds);
    }

    private static StochasticObjective objective(Kind kind, Architecture architecture) {
        return kind == Kind.AUTOENCODER
                ? new AutoencoderObjective(architecture, AutoencoderOptions.DEFAULT)
                : new VariationalObjective(architecture, VariationalOptions.DEFAULT);
    }
}
