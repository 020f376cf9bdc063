package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Bernoulli;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.NetworkPlan;
import io.github.sparklatent.vae.model.Architecture;
import java.util.List;

/**
 * With what a table is clustered. All of it was chosen without labels, or is the paper's.
 *
 * @param title of the table and its networks
 * @param prefix of the names of its runs
 * @param partitions that networks are trained in
 * @param widths of the encoder's hidden layers; the decoder mirrors them
 * @param batch rows of a step, over all partitions
 * @param publishedBatch the same for the embedding as it was published
 * @param pretraining passes of the autoencoder or the variational autoencoder
 * @param taught passes in which the embedding keeps the clusters that it starts with
 * @param embedding passes after these
 * @param published passes of the embedding as it was published
 * @param mixture passes of the variational autoencoder with mixtures
 * @param classifying passes of the classifier form
 * @param classifier width of the classifier's hidden layer
 * @param ridge added to the variances of mixtures of the rows themselves
 */
record ClusterSetting(
        String title,
        String prefix,
        List<Integer> partitions,
        List<Integer> widths,
        int batch,
        int publishedBatch,
        double pretraining,
        double taught,
        double embedding,
        double published,
        double mixture,
        double classifying,
        int classifier,
        double ridge) {
    /** Clusters, as many as there are digits. */
    static final int CLUSTERS = 10;

    /** Columns of a code. */
    static final int LATENT = 10;

    static final int SEEDS = 5;

    /** The network and the batch are those of Jiang et al. 2017, section 4.2. */
    static final ClusterSetting MNIST =
            new ClusterSetting(
                    "MNIST, 70,000 rows, 784-500-500-2000-10",
                    "",
                    List.of(1, 4),
                    List.of(500, 500, 2000),
                    256,
                    100,
                    20,
                    2,
                    20,
                    30,
                    12,
                    30,
                    256,
                    1e-3);

    /** The table of the quick start. */
    static final ClusterSetting DIGITS =
            new ClusterSetting(
                    "the embedded digits, 1,797 rows, 64-256-256-10",
                    "digits-",
                    List.of(1),
                    List.of(256, 256),
                    32,
                    32,
                    60,
                    10,
                    30,
                    60,
                    60,
                    60,
                    64,
                    1e-3);

    /** Xavier's start, relu, values in [0, 1]. */
    Architecture architecture(int inputs) {
        List<LayerSpec> layers = layers(widths);
        return new Architecture(
                inputs,
                null,
                LATENT,
                layers,
                NetworkPlan.reversed(layers),
                Activation.RELU,
                new Bernoulli(inputs),
                Initialization.XAVIER_UNIFORM);
    }

    /** The hidden layer of a classifier. */
    List<LayerSpec> classifierLayers() {
        return layers(List.of(classifier));
    }

    /** Dense layers of these widths. */
    static List<LayerSpec> layers(List<Integer> widths) {
        return widths.stream().<LayerSpec>map(LayerSpec.Width::new).toList();
    }

    /**
     * How networks are trained: in one partition in one piece, in several by the defaults, the
     * batch shared out among them.
     */
    AveragingOptions averaging(int parts, long seed) {
        AveragingOptions options =
                AveragingOptions.DEFAULT.withBatchSize(share(batch, parts)).withSeed(seed);
        return parts > 1
                ? options
                : options.withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
    }

    /** Rows of a partition's batch. */
    static int share(int rows, int parts) {
        return Math.max(1, rows / parts);
    }

    /** Whether a method is run in so many partitions. */
    boolean has(ClusterMethod method, int parts) {
        int columns = this == DIGITS ? Digits.WIDTH : Architectures.IMAGE;
        return method.fits(columns) && (parts == 1 || method.isTrained());
    }

    /** Whether a run is of this table. */
    boolean owns(String run) {
        return run.startsWith(DIGITS.prefix) == (this == DIGITS);
    }

    /** A run's name. */
    String run(ClusterMethod method, int parts, long seed) {
        return "%s%s-p%d-s%d".formatted(prefix, method, parts, seed);
    }
}
