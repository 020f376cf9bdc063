package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.data.Digits;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.training.Architectures;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The options with which a table is clustered. They were chosen without labels, or are those of Jiang et al. 2017.
 *
 * @param title of the table and its networks
 * @param prefix of the names of its runs
 * @param partitions that networks are trained in
 * @param columns of a row
 * @param widths of the encoder's hidden layers; the decoder mirrors them
 * @param batch rows of a step, over all partitions
 * @param publishedBatch batch of VaDE as published
 * @param pretraining epochs of the autoencoder or the variational autoencoder
 * @param fixed epochs in which VaDE keeps its initial clusters
 * @param embedding epochs of VaDE after these
 * @param published epochs of VaDE as published
 * @param mixture epochs of the MoG-VAE
 * @param classifying epochs of the clustering VAE with a classifier from random parameters
 * @param classifier width of the classifier's hidden layer
 */
public record ClusterSetting(
        String title,
        String prefix,
        List<Integer> partitions,
        int columns,
        List<Integer> widths,
        int batch,
        int publishedBatch,
        double pretraining,
        double fixed,
        double embedding,
        double published,
        double mixture,
        double classifying,
        int classifier) {
    /** Number of digits. */
    static final int CLUSTERS = 10;

    private static final int LATENT = 10;
    private static final int SEEDS = 5;

    /** The network and the batch are those of Jiang et al. 2017, section 4.2. */
    static final ClusterSetting MNIST = new ClusterSetting(
            "MNIST, 70,000 rows, 784-500-500-2000-10",
            "",
            List.of(1, 4),
            Architectures.IMAGE,
            List.of(500, 500, 2000),
            256,
            100,
            20,
            2,
            20,
            30,
            12,
            30,
            256);

    /** The table of the quick start. */
    static final ClusterSetting DIGITS = new ClusterSetting(
            "the embedded digits, 1,797 rows, 64-256-256-10",
            "digits-",
            List.of(1),
            Digits.WIDTH,
            List.of(256, 256),
            32,
            32,
            60,
            10,
            30,
            60,
            60,
            60,
            64);

    /** The networks, for values in [0, 1]. */
    Architecture architecture() {
        List<LayerSpec> layers = Architectures.layers(widths);
        return new Architecture(
                columns,
                null,
                LATENT,
                layers,
                NetworkPlan.reversed(layers),
                Activation.RELU,
                new Bernoulli(columns),
                Initialization.XAVIER_UNIFORM);
    }

    /** Options of trainings: plain training in one partition, the defaults in several, which share the batch. */
    AveragingOptions averaging(int parts, long seed) {
        AveragingOptions options =
                AveragingOptions.DEFAULT.withBatchSize(share(batch, parts)).withSeed(seed);
        return parts > 1 ? options : options.withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
    }

    /** Rows of a partition's batch. */
    public static int share(int rows, int parts) {
        return Math.max(1, rows / parts);
    }

    /** Whether a method is run in so many partitions. */
    boolean has(ClusterMethod method, int parts) {
        return method.fits(columns) && (parts == 1 || method.isTrained());
    }

    /** The seeds of the runs. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    /** The name of a run. */
    String run(ClusterMethod method, int parts, long seed) {
        return "%s%s-p%d-s%d".formatted(prefix, method, parts, seed);
    }

    /** The runs on file of all seeds. */
    List<ClusterRun> find(RunFile<ClusterRun> runs, ClusterMethod method, int parts) {
        return runs.find(seeds().mapToObj(seed -> run(method, parts, seed)));
    }
}
