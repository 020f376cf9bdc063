package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.data.Digits;
import io.github.sparklatent.bench.data.Images;
import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Evaluation;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import io.github.sparklatent.vae.NetworkScorer;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.ejml.data.FMatrixRMaj;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains one network by bounds and by Hamiltonian chains, on the embedded digits. */
@Command(
        name = "chains",
        description = "Held-out likelihood of VAEs and of deep latent Gaussian models (DLGM); runs" + " METHOD-sSEED.")
public final class ChainsCommand extends BenchCommand {
    private static final long SEEDS = 3;
    private static final double HELD_OUT = 0.2;
    private static final int ELBO_SAMPLES = 100;
    private static final int SAMPLES = 1000;

    /** Training rows of MNIST. */
    private static final int SOME = 10_000;

    /** What of the training rows chooses the round. */
    private static final double CHOOSING = 0.1;

    @Mixin
    private RunOptions options;

    private RunFile<ChainRun> runs;

    /**
     * A table and its networks.
     *
     * @param prefix of the names of its runs
     * @param isChosen whether a tenth of the training rows chooses the round
     * @param measured number of training rows that are measured
     */
    private record Setting(
            String prefix,
            boolean isChosen,
            int measured,
            Likelihood likelihood,
            int latent,
            int width,
            double epochs,
            int batch) {
        String run(ChainMethod method, long seed) {
            return "%s%s-s%d".formatted(prefix, method.run, seed);
        }
    }

    private static final Setting LAST = new Setting("", false, 1437, Gaussian.learnt(Digits.WIDTH), 8, 128, 100, 32);
    private static final Setting BEST =
            new Setting("best-", true, 1293, Gaussian.learnt(Digits.WIDTH), 8, 128, 100, 32);
    private static final Setting MNIST = new Setting("mnist-", true, 300, new Bernoulli(784), 16, 128, 30, 128);

    @Override
    protected Map<String, String> measure() throws IOException {
        runs = runs("chains", ChainRun.class);
        FMatrixRMaj rows = Digits.read().rows();
        int split = (int) (rows.numRows * (1 - HELD_OUT));
        for (Setting setting : List.of(LAST, BEST)) {
            run(setting, Matrices.part(rows, 0, split), Matrices.part(rows, split, rows.numRows));
        }
        if (options.mnist().isGiven()) {
            FMatrixRMaj train = Images.training(options.mnist().path()).rows();
            FMatrixRMaj test = Images.test(options.mnist().path()).rows();
            run(MNIST, black(train, SOME), black(test, MNIST.measured));
        }
        MarkdownTable mnist = table(MNIST);
        return page("The round after the last epoch:\n\n%s\nThe round with the smallest held-out loss:\n\n%s%s"
                        .formatted(table(LAST), table(BEST), mnist.isEmpty() ? "" : "\nMNIST, one seed:\n\n" + mnist)
                + """

                        64-128-8, one learnt variance, 100 epochs of the first four fifths of the 1,797
                        digits in batches of 32, KL weight rising over 20 epochs, learning rate falling at
                        the end, 5 leapfrog steps. The other figures are of the last fifth, in nats per row: mean,
                        least and greatest of three seeds. All columns of nats are lower bounds of the mean of
                        log p(x): the ELBO of q(z|x), from %d draws, and the importance-weighted bounds of
                        %,d draws from q(z|x) and from Gaussians fitted to chains of the rows. In the second
                        table the last tenth of the training rows chooses the round, by the loss of the method
                        with 5 samples for a DLGM. MNIST: the first %,d rows, of which the last tenth chooses the
                        round, black where a pixel is above 0.5, Bernoulli, 784-128-16, 30 epochs in batches of
                        128, measured on the first %d test rows and as many training rows.
                        """.formatted(ELBO_SAMPLES, SAMPLES, SOME, MNIST.measured));
    }

    /** Returns the first images with each pixel 0 or 1. */
    private static FMatrixRMaj black(FMatrixRMaj images, int count) {
        FMatrixRMaj rows = Matrices.part(images, 0, count);
        for (int at = 0; at < rows.getNumElements(); at++) {
            rows.data[at] = rows.data[at] > 0.5 ? 1 : 0;
        }
        return rows;
    }

    private void run(Setting setting, FMatrixRMaj train, FMatrixRMaj test) throws IOException {
        for (long seed : seeds().toArray()) {
            for (ChainMethod method : ChainMethod.values()) {
                String name = setting.run(method, seed);
                if (options.wants(name, runs)) {
                    ChainRun run = run(setting, method, train, test, seed);
                    System.err.printf("  %s%n", run);
                    runs.put(run);
                }
            }
        }
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    private ChainRun run(Setting setting, ChainMethod method, FMatrixRMaj train, FMatrixRMaj test, long seed) {
        List<LayerSpec> layers = Architectures.layers(List.of(setting.width));
        Architecture architecture = new Architecture(
                train.numCols,
                null,
                setting.latent,
                layers,
                layers,
                Activation.RELU,
                setting.likelihood,
                Initialization.HE_UNIFORM);
        StochasticObjective objective = method.objective(architecture, setting.isChosen);
        int fitted = setting.isChosen ? (int) (train.numRows * (1 - CHOOSING)) : train.numRows;
        FMatrixRMaj holdout = setting.isChosen ? Matrices.part(train, fitted, train.numRows) : null;
        AveragingOptions rounds = InMemory.options(options.limit(setting.epochs), setting.batch, seed);
        long began = System.nanoTime();
        TrainedNetwork network =
                InMemory.train(method.kind, architecture, objective, Matrices.part(train, 0, fitted), holdout, rounds);
        double seconds = (System.nanoTime() - began) / 1e9;
        NetworkScorer scorer = network.scorer(test.numRows, ScoringOptions.DEFAULT.withSamples(ELBO_SAMPLES));
        double[] bound = new double[test.numRows];
        scorer.anomaly(test, bound);
        double elbo = -Arrays.stream(bound).average().orElseThrow();
        List<Double> measured = Evaluation.of(objective, List.of(network.parameters()))
                .means(InMemoryShards.of(test, 1), "held-out rows")
                .get(0);
        Function<String, Double> measure = wanted -> {
            int place = objective.measures().indexOf(wanted);
            return place < 0 ? null : (Double) NamedRun.rounded(measured.get(place));
        };
        return new ChainRun(
                setting.run(method, seed),
                NamedRun.rounded(seconds),
                NamedRun.rounded(elbo),
                likelihood(Kind.VARIATIONAL, network, test),
                likelihood(Kind.DEEP_LATENT_GAUSSIAN, network, test),
                likelihood(Kind.DEEP_LATENT_GAUSSIAN, network, Matrices.part(train, 0, setting.measured)),
                measure.apply(HamiltonianObjective.ACCEPTANCE),
                measure.apply(HamiltonianObjective.STEP_SIZE),
                measure.apply(HamiltonianObjective.EFFECTIVE_SIZE));
    }

    /**
     * Returns the importance-weighted bound of the decoder, as the model of one kind or of the other: by samples from
     * q(z|x), or from Gaussians fitted to chains. The kinds differ by the parameter of the step size.
     */
    private static double likelihood(Kind kind, TrainedNetwork network, FMatrixRMaj rows) {
        Architecture architecture = network.architecture();
        float[] parameters = Arrays.copyOf(network.parameters(), architecture.parameterCount(kind));
        double[] bound = new double[rows.numRows];
        new TrainedNetwork(kind, architecture, parameters)
                .scorer(rows.numRows, ScoringOptions.DEFAULT)
                .logLikelihood(rows, SAMPLES, bound);
        return NamedRun.rounded(Arrays.stream(bound).average().orElseThrow());
    }

    private MarkdownTable table(Setting setting) {
        MarkdownTable table = new MarkdownTable(
                1,
                "training",
                "ELBO",
                "importance-weighted bound, q(z\\|x)",
                "importance-weighted bound, chains",
                "the same of the training rows",
                "acceptance",
                "step size",
                "effective draws per transition",
                "seconds");
        for (ChainMethod method : ChainMethod.values()) {
            List<ChainRun> found = runs.find(seeds().mapToObj(seed -> setting.run(method, seed)));
            if (found.isEmpty()) {
                continue;
            }
            table.row(
                    method.title,
                    Spread.ofMean("%.2f", found.stream().map(ChainRun::elbo).toList()),
                    Spread.ofMean(
                            "%.2f", found.stream().map(ChainRun::byEncoder).toList()),
                    Spread.ofMean("%.2f", found.stream().map(ChainRun::byChains).toList()),
                    mean(found, ChainRun::trained),
                    mean(found, ChainRun::acceptance),
                    mean(found, ChainRun::stepSize),
                    mean(found, ChainRun::effectiveSize),
                    "%.0f"
                            .formatted(Spread.of(found.stream()
                                            .map(ChainRun::seconds)
                                            .toList())
                                    .mean()));
        }
        return table;
    }

    private static String mean(List<ChainRun> runs, Function<ChainRun, Double> figure) {
        List<Double> values =
                runs.stream().map(figure).filter(value -> value != null).toList();
        return values.isEmpty() ? "" : "%.2f".formatted(Spread.of(values).mean());
    }
}
