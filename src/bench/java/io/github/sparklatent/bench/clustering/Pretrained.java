package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.AutoencoderObjective;
import io.github.sparklatent.vae.objective.AutoencoderOptions;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.stage.VaeStage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Autoencoders whose codes are clustered, or from which a training continues. The last network of each kind is kept,
 * because several methods use it.
 */
public final class Pretrained {
    private final RunOptions limits;
    private final Map<Kind, Network> kept = new EnumMap<>(Kind.class);

    public Pretrained(RunOptions limits) {
        this.limits = limits;
    }

    /**
     * A network and its training.
     *
     * @param key of the table, partitions and seed
     */
    public record Network(String key, TrainedNetwork network, double epochs, double seconds) {}

    /** Returns the network of a table, a number of partitions and a seed. */
    public Network of(Kind kind, ClusterData data, int partitions, long seed) throws IOException {
        String key = "%s p%d s%d".formatted(data.setting().title(), partitions, seed);
        Network last = kept.get(kind);
        if (last == null || !last.key().equals(key)) {
            last = train(key, kind, data, partitions, seed);
            kept.put(kind, last);
        }
        return last;
    }

    /** Trains as the first stage of an embedding. */
    private Network train(String key, Kind kind, ClusterData data, int partitions, long seed) throws IOException {
        ClusterSetting setting = data.setting();
        Architecture architecture = setting.architecture();
        double epochs = limits.limit(setting.pretraining());
        AveragingOptions options =
                VaeStage.AUTOENCODER.preset(setting.averaging(partitions, seed)).withMaxEpochs(epochs);
        StochasticObjective objective = kind == Kind.AUTOENCODER
                ? new AutoencoderObjective(architecture, AutoencoderOptions.DEFAULT)
                : new VariationalObjective(architecture, VariationalOptions.DEFAULT);
        long began = System.nanoTime();
        float[] parameters = AveragingLoop.run(
                        kind.words(),
                        objective,
                        data.shards(partitions),
                        null,
                        AveragingState.start(architecture.initialize(kind, seed)),
                        options,
                        AveragingListener.NONE)
                .kept()
                .parameters();
        double seconds = (System.nanoTime() - began) / 1e9;
        System.err.printf("  %s, %s: %.1f s%n", kind.words(), key, seconds);
        TrainedNetwork network = new TrainedNetwork(kind, architecture, parameters);
        return new Network(key, network, epochs, seconds);
    }
}
