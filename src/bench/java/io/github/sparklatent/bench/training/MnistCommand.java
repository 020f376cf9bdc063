package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.data.ImageTables;
import io.github.sparklatent.bench.report.LineChart;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.bench.training.Curve.Point;
import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.Bound;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** Trains on MNIST, compared with PyTorch and with Burda et al. 2016. */
@Command(name = "mnist", description = "Networks on MNIST, compared with PyTorch and the literature.")
public final class MnistCommand extends CurveCommand {
    private static final int EPOCHS = 10;
    private static final int SAMPLES = 5000;
    private static final int EVERY = 10;

    /** Share of the test images whose log p(x) is measured during a training. */
    private static final double SHARE = 0.05;

    private static final List<Integer> SHOWN = List.of(1, 2, 3, 4, 8, 10);

    /**
     * A network that PyTorch trains, too.
     *
     * @param name as in {@code vae.py}
     */
    private record Compared(String name, String title, Architecture architecture, int epochs) {}

    private static final List<Compared> COMPARED = List.of(
            new Compared(
                    "dense",
                    "784-500-500-20",
                    Architectures.dense(Architectures.IMAGE, 20, Activation.RELU, 500, 500),
                    EPOCHS),
            new Compared("convolution", "convolutions of 16 and 32 channels, 20", Architectures.convolutional(), 5));

    /**
     * A training of Burda et al. 2016.
     *
     * @param share of the test images whose log p(x) is measured after the last epoch
     * @param published −log p(x) in the paper
     */
    private record Published(
            String name, String title, VariationalOptions loss, int epochs, double share, String published) {
        /** The time of an epoch grows with the samples. */
        static Published importanceWeighted(int samples, int epochs, String published) {
            return new Published(
                    "burda-iwae-" + samples,
                    "IWAE, %d samples".formatted(samples),
                    VAE.loss.withBound(Bound.IWAE).withSamples(samples),
                    epochs,
                    0.2,
                    published);
        }
    }

    private static final Published VAE =
            new Published("burda-vae", "VAE", VariationalOptions.DEFAULT.withBinarize(true), 100, 1, "86.76");

    private static final List<Published> PUBLISHED =
            List.of(VAE, Published.importanceWeighted(5, 20, "85.54"), Published.importanceWeighted(50, 4, "84.78"));

    @Override
    protected void train(ImageTables tables, Shards test) throws IOException {
        for (Compared network : COMPARED) {
            for (int cores = 1; cores <= 2; cores++) {
                compared(tables, test, network, cores);
            }
        }
        for (Published training : PUBLISHED) {
            if (wants(training.name)) {
                published(tables, test, training);
            }
        }
    }

    /** Trains in one or two partitions here, and with one or two threads in PyTorch. */
    private void compared(ImageTables tables, Shards test, Compared network, int cores) throws IOException {
        int epochs = (int) options().limit(network.epochs);
        String run = network.name + "-" + cores;
        if (wants(run)) {
            AveragingOptions averaging =
                    AveragingOptions.DEFAULT.withMaxEpochs(epochs).withMovingAverage(1);
            if (cores == 1) { // plain training, as in PyTorch
                averaging = averaging.withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE));
            }
            VariationalOptions loss = VariationalOptions.DEFAULT;
            try (ShardTable train = tables.training(cores)) {
                put(new Training(run, network.architecture, loss, averaging, null).run(train.train(), test));
            }
        }
        String peer = "%s-torch-%d".formatted(network.name, cores);
        if (wants(peer)) {
            put(Torch.train(peer, options().mnist().path(), network.name, epochs, cores));
        }
    }

    private void published(ImageTables tables, Shards test, Published training) throws IOException {
        double epochs = options().limit(training.epochs);
        Optimizer optimizer = Optimizer.DEFAULT.withSchedule(Schedule.of(Schedule.Type.LINEAR));
        AveragingOptions averaging =
                AveragingOptions.DEFAULT.withMaxEpochs(epochs).withOptimizer(optimizer);
        Architecture architecture = Architectures.burda();
        Training.Likelihood likelihood = (parameters, now) -> {
            boolean last = now >= epochs;
            if (options().seconds() || !last && now % EVERY != 0) {
                return Double.NaN;
            }
            TrainedNetwork network = new TrainedNetwork(Kind.VARIATIONAL, architecture, parameters);
            return new ImportanceSamples(network, SAMPLES, last ? training.share : SHARE).mean(test);
        };
        try (ShardTable train = tables.training(2)) {
            put(new Training(training.name, architecture, training.loss, averaging, likelihood)
                    .run(train.train(), test));
        }
    }

    @Override
    protected String tables() throws IOException {
        return compared() + """

                With one core this project trains in one partition, as PyTorch does. With two cores
                it trains in two partitions with the defaults. PyTorch's BLAS uses both cores even
                with one thread. The bound is of the 10,000 test images. Seconds are measured
                separately (`--seconds`). Empty cells were not measured.
                """ + (find(VAE.name).isPresent() ? published() : "");
    }

    private String compared() throws IOException {
        List<String> header = new ArrayList<>();
        header.addAll(List.of("network, system", "seconds per epoch", "held-out bound after 1"));
        SHOWN.stream().skip(1).forEach(epoch -> header.add("" + epoch));
        header.add("moving average, at the end");
        MarkdownTable table = new MarkdownTable(1, header);
        String torch = Python.versions(Torch.SCRIPT);
        for (Compared network : COMPARED) {
            for (int n = 1; n <= 2; n++) {
                String plural = n == 1 ? "" : "s";
                String ours = "%s, spark-latent, %d core%s".formatted(network.title, n, plural);
                String theirs = "%s, %s, %d thread%s".formatted(network.title, torch, n, plural);
                line(table, ours, network.name + "-" + n);
                line(table, theirs, network.name + "-torch-" + n);
            }
        }
        return table.toString();
    }

    private void line(MarkdownTable table, String title, String run) {
        find(run)
                .ifPresent(curve -> table.row(
                        title,
                        curve.secondsText(),
                        SHOWN.stream()
                                .map(n -> curve.at(n).map(Point::elbo).orElse(null))
                                .map(Curve::nats)
                                .toList(),
                        Curve.nats(curve.last().averageElbo())));
    }

    private String published() {
        MarkdownTable table = new MarkdownTable(
                1,
                "784-200-200-50, tanh, binarised in every epoch",
                "epochs",
                "seconds per epoch",
                "bound",
                "−log p(x), %,d samples".formatted(SAMPLES),
                "Burda et al. 2016, 3,280 epochs");
        for (Published training : PUBLISHED) {
            find(training.name)
                    .ifPresent(curve -> table.row(
                            training.title,
                            "%.0f".formatted(curve.last().epochs()),
                            curve.secondsText(),
                            Curve.nats(curve.last().elbo()),
                            negative(curve.last().logLikelihood()),
                            training.published));
        }
        return "\n" + table + """

                log p(x) of the VAE is the mean of all 10,000 test images, of the IWAEs of 2,000 of
                them, and during a training of 500 of them (standard error 1 nat). The rate falls over
                the last 30% of the epochs.
                """;
    }

    private static String negative(Double value) {
        return Curve.nats(value == null ? null : -value);
    }

    @Override
    protected List<LineChart> charts() {
        String vertical = "held-out bound, nats per row";
        LineChart dense = new LineChart("784-500-500-20", "epochs", vertical, EPOCHS, -122, -100);
        dense.line("ours, 1 core", 0, line("dense-1", Point::elbo));
        dense.line("ours, 2 cores", 1, line("dense-2", Point::elbo));
        dense.line("PyTorch", 4, line("dense-torch-1", Point::elbo));
        double right = find(VAE.name).map(curve -> curve.last().epochs()).orElse(1.0);
        LineChart burda =
                new LineChart("784-200-200-50, binarised", "epochs", "held out, nats per row", right, -130, -85);
        int colour = 0;
        for (Published training : PUBLISHED) {
            String title = training.title;
            burda.line(title + ", bound", colour++, line(training.name, Point::elbo));
            burda.line(title + ", log p", colour++, line(training.name, Point::logLikelihood));
        }
        return List.of(dense, burda);
    }

    private List<double[]> line(String run, Function<Point, Double> figure) {
        return line(find(run), Point::epochs, figure);
    }
}
