package io.github.sparklatent.bench.networks;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.AveragingOptions;
import io.github.sparklatent.learn.Optimizer;
import io.github.sparklatent.learn.OuterOptimizer;
import io.github.sparklatent.learn.Schedule;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.Bound;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Trains on MNIST: beside PyTorch, and towards the figures of Burda et al. 2016. */
final class Mnist implements Measurement {
    static final int EPOCHS = 10;
    static final int CONVOLUTION_EPOCHS = 5;
    static final int SAMPLES = 5000;
    static final String VAE = "burda-vae";

    /** Samples of importance-weighted bounds. */
    static final List<Integer> IWAE_SAMPLES = List.of(5, 50);

    private static final int VAE_PASSES = 100;

    /** Of each of those: the time of a pass grows with the samples. */
    private static final List<Integer> IWAE_PASSES = List.of(20, 4);

    /**
     * Shares of the test images whose log p(x) is measured: every so many passes, and at the end.
     */
    private static final double SHARE = 0.05;

    private static final double LAST_SHARE = 1;
    private static final double LAST_SHARE_OF_IWAE = 0.2;

    private static final int EVERY = 10;

    private final NetworkOptions options;
    private final Curves curves;

    Mnist(NetworkOptions options, Curves curves) {
        this.options = options;
        this.curves = curves;
    }

    @Override
    public void run(SparkSession spark) throws IOException {
        ImageTables tables = new ImageTables(spark, options.data());
        try (ShardTable test = tables.test()) {
            Architecture dense =
                    Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 500, 500);
            beside(tables, test.train(), "dense", dense, EPOCHS);
            beside(
                    tables,
                    test.train(),
                    "convolution",
                    Architectures.convolutional(),
                    CONVOLUTION_EPOCHS);
            VariationalOptions vae = VariationalOptions.DEFAULT.withBinarize(true);
            towards(tables, test.train(), VAE, vae, VAE_PASSES);
            for (int i = 0; i < IWAE_SAMPLES.size(); i++) {
                int samples = IWAE_SAMPLES.get(i);
                VariationalOptions iwae = vae.withBound(Bound.IWAE).withSamples(samples);
                towards(tables, test.train(), iwae(samples), iwae, IWAE_PASSES.get(i));
            }
        }
    }

    static String iwae(int samples) {
        return "burda-iwae-" + samples;
    }

    /** One and two partitions of ours, one and two threads of PyTorch's. */
    private void beside(
            ImageTables tables, Shards test, String name, Architecture architecture, int epochs)
            throws IOException {
        int passes = (int) options.limit(epochs);
        for (int cores = 1; cores <= 2; cores++) {
            String run = "%s-%d".formatted(name, cores);
            if (options.wants(run, curves)) {
                AveragingOptions averaging =
                        AveragingOptions.DEFAULT.withMaxPasses(passes).withMovingAverage(1);
                if (cores == 1) { // what PyTorch does
                    averaging = averaging.withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
                }
                Training training =
                        new Training(
                                run, architecture, VariationalOptions.DEFAULT, averaging, null);
                try (ShardTable train = tables.training(cores)) {
                    curves.put(training.run(train.train(), test), options.seconds());
                }
            }
            String peer = "%s-torch-%d".formatted(name, cores);
            if (options.wants(peer, curves)) {
                Curve curve = Torch.train(peer, options.data(), name, passes, cores);
                curves.put(curve, options.seconds());
            }
        }
    }

    private void towards(
            ImageTables tables, Shards test, String name, VariationalOptions loss, int own)
            throws IOException {
        if (!options.wants(name, curves)) {
            return;
        }
        double passes = options.limit(own);
        double lastShare = name.equals(VAE) ? LAST_SHARE : LAST_SHARE_OF_IWAE;
        Optimizer optimizer = Optimizer.DEFAULT.withSchedule(Schedule.of(Schedule.Type.LINEAR));
        AveragingOptions averaging =
                AveragingOptions.DEFAULT.withMaxPasses(passes).withOptimizer(optimizer);
        Architecture architecture = Architectures.burda();
        Training.Likelihood likelihood =
                (parameters, now) -> {
                    boolean last = now >= passes;
                    if (options.seconds() || !last && now % EVERY != 0) {
                        return Double.NaN;
                    }
                    TrainedNetwork network =
                            new TrainedNetwork(Kind.VARIATIONAL, architecture, parameters);
                    return new ImportanceSamples(network, SAMPLES, last ? lastShare : SHARE)
                            .mean(test);
                };
        Training training = new Training(name, architecture, loss, averaging, likelihood);
        try (ShardTable train = tables.training(2)) {
            curves.put(training.run(train.train(), test), options.seconds());
        }
    }

    @Override
    public String text() throws IOException {
        MnistPicture.write(curves, options.theme().picture());
        return new MnistTable(curves, Torch.version()).text();
    }
}
