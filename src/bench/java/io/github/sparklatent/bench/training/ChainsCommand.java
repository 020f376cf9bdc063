package io.github.sparklatent.bench.training;

import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.RunOptions;
import io.github.sparklatent.bench.data.Digits;
import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import io.github.sparklatent.learn.averaging.Evaluation;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Gaussian;
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
    private static final int SEEDS = 3;
    private static final int LATENT = 8;
    private static final int WIDTH = 128;
    private static final double EPOCHS = 100;
    private static final int BATCH = 32;
    private static final double HELD_OUT = 0.2;
    private static final int ELBO_SAMPLES = 100;
    private static final int SAMPLES = 1000;

    @Mixin
    private RunOptions options;

    @Override
    protected Map<String, String> measure() throws IOException {
        RunFile<ChainRun> runs = RunFile.of("chains", ChainRun.class);
        FMatrixRMaj rows = Digits.read().rows();
        int split = (int) (rows.numRows * (1 - HELD_OUT));
        FMatrixRMaj train = Matrices.part(rows, 0, split);
        FMatrixRMaj test = Matrices.part(rows, split, rows.numRows);
        for (long seed : seeds().toArray()) {
            for (ChainMethod method : ChainMethod.values()) {
                String name = name(method, seed);
                if (options.wants(name, runs)) {
                    ChainRun run = run(name, method, train, test, seed);
                    System.err.printf("  %s%n", run);
                    runs.put(run);
                }
            }
        }
        return page(table(runs) + """

                        64-128-%d, one learnt variance, %.0f epochs of the first four fifths of the 1,797
                        digits in batches of %d, KL weight rising over 20 epochs, learning rate falling at
                        the end, 5 leapfrog steps. The other figures are of the last fifth, in nats per row: mean,
                        least and greatest of %d seeds. All columns of nats are lower bounds of the mean of
                        log p(x): the ELBO of q(z|x), from %d draws, and the importance-weighted bounds of
                        %,d draws from q(z|x) and from Gaussians fitted to chains of the rows.
                        """.formatted(LATENT, EPOCHS, BATCH, SEEDS, ELBO_SAMPLES, SAMPLES));
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, SEEDS);
    }

    private static String name(ChainMethod method, long seed) {
        return "%s-s%d".formatted(method.run, seed);
    }

    private ChainRun run(String name, ChainMethod method, FMatrixRMaj train, FMatrixRMaj test, long seed) {
        List<LayerSpec> layers = Architectures.layers(List.of(WIDTH));
        Architecture architecture = new Architecture(
                Digits.WIDTH,
                null,
                LATENT,
                layers,
                layers,
                Activation.RELU,
                Gaussian.learnt(Digits.WIDTH),
                Initialization.HE_UNIFORM);
        StochasticObjective objective = method.objective(architecture);
        long began = System.nanoTime();
        TrainedNetwork network =
                InMemory.train(method.kind, architecture, objective, train, options.limit(EPOCHS), BATCH, seed);
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
                name,
                NamedRun.rounded(seconds),
                NamedRun.rounded(elbo),
                likelihood(Kind.VARIATIONAL, network, test),
                likelihood(Kind.DEEP_LATENT_GAUSSIAN, network, test),
                likelihood(Kind.DEEP_LATENT_GAUSSIAN, network, train),
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

    private static String table(RunFile<ChainRun> runs) {
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
            List<ChainRun> found = runs.find(seeds().mapToObj(seed -> name(method, seed)));
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
                    found.isEmpty()
                            ? ""
                            : "%.0f"
                                    .formatted(Spread.of(found.stream()
                                                    .map(ChainRun::seconds)
                                                    .toList())
                                            .mean()));
        }
        return table.toString();
    }

    private static String mean(List<ChainRun> runs, Function<ChainRun, Double> figure) {
        List<Double> values =
                runs.stream().map(figure).filter(value -> value != null).toList();
        return values.isEmpty() ? "" : "%.2f".formatted(Spread.of(values).mean());
    }
}
