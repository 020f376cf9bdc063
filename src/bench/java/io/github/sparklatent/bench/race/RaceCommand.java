package io.github.sparklatent.bench.race;

import dev.ludovic.netlib.blas.BLAS;
import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.command.Globs;
import io.github.sparklatent.bench.command.MnistFolder;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.bench.report.RunFile;
import io.github.sparklatent.bench.report.Spread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Seconds of an EM round or an epoch, compared with the peers. */
@Command(
        name = "race",
        description = "Seconds of an EM round or an epoch of all systems; pages mixtures, models," + " networks.")
public final class RaceCommand extends BenchCommand {
    /** The systems and their titles. */
    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        SYSTEMS.put("spark-latent", "spark-latent");
        SYSTEMS.put("mllib", "MLlib");
        SYSTEMS.put("sklearn", "scikit-learn");
        SYSTEMS.put("pytorch", "PyTorch");
    }

    /** Name of the file of results, from which the pages take what is not measured again. */
    private static final String FILE = "race";

    private static final String MIXTURES = "mixtures";
    private static final String MODELS = "models";
    private static final String NETWORKS = "networks";

    @Mixin
    private MnistFolder mnist;

    @Option(names = "--rounds", description = "EM rounds per run (${DEFAULT-VALUE}).")
    private int rounds = 10;

    @Option(names = "--epochs", description = "Epochs per run (${DEFAULT-VALUE}).")
    private int epochs = 10;

    @Option(names = "--repetitions", description = "Runs of each (${DEFAULT-VALUE}).")
    private int repetitions = 5;

    @Mixin
    private Globs only;

    @Option(names = "--systems", split = ",", hideParamSyntax = true, description = "Systems to run.")
    private List<String> systems = List.copyOf(SYSTEMS.keySet());

    @Option(names = "--shrink", description = "Use 1/N of the rows, for a try.")
    private int shrink = 1;

    @Option(names = "--json", description = "Also write the results there.")
    private Path json;

    private RunFile<Result> onFile;

    @Override
    protected List<String> pages() {
        return cases().stream().map(RaceCommand::page).distinct().toList();
    }

    private static String page(RaceCase problem) {
        return problem instanceof MixtureCase ? MIXTURES : problem instanceof ModelCase ? MODELS : NETWORKS;
    }

    /** The selected cases; networks only with their images. */
    private List<RaceCase> cases() {
        return only.select(RaceCase.ALL, RaceCase::name).stream()
                .filter(one -> only.isGiven() || mnist.isGiven() || !(one instanceof NetworkCase))
                .map(one -> one instanceof MixtureCase mixture
                        ? mixture.shrunk(shrink)
                        : one instanceof ModelCase model ? model.shrunk(shrink) : one)
                .toList();
    }

    @Override
    protected Map<String, String> measure() throws IOException {
        require(
                SYSTEMS.keySet().containsAll(systems),
                "--systems is %s, expected some of %s",
                systems,
                SYSTEMS.keySet());
        onFile = runs(FILE, Result.class);
        List<RaceCase> cases = cases();
        List<Result> results = new ArrayList<>();
        try (SparkSession spark = session()) {
            Course course = new Course(spark, DATA, mnist.path());
            for (RaceCase problem : cases) {
                System.err.printf("%s: %s%n", problem.name(), problem.size());
                race(problem, course, results);
            }
        }
        Map<String, String> pages = new TreeMap<>();
        if (docs()) {
            addKnown(results);
        }
        for (String page : pages()) {
            List<RaceCase> some = (docs() ? RaceCase.ALL : cases)
                    .stream()
                            .filter(one -> page(one).equals(page))
                            .filter(one -> find(results, one, "spark-latent") != null)
                            .toList();
            pages.put(page, table(page, some, results) + "\n" + caption(page));
        }
        return pages;
    }

    /** Adds the results on file of everything that was not measured now. */
    private void addKnown(List<Result> results) {
        for (RaceCase problem : RaceCase.ALL) {
            for (String system : SYSTEMS.keySet()) {
                if (find(results, problem, system) == null) {
                    onFile.find(problem.name() + " " + system).ifPresent(results::add);
                }
            }
        }
    }

    @Override
    protected String software() throws IOException {
        List<String> software = new ArrayList<>(List.of(super.software()));
        List<RaceCase> cases = cases();
        if (systems.contains("mllib") && !cases.stream().allMatch(NetworkCase.class::isInstance)) {
            // JNIBLAS is a library of the system; without one MLlib multiplies by netlib's Java code
            software.add("netlib's " + BLAS.getInstance().getClass().getSimpleName());
        }
        if (systems.contains("sklearn") && !cases.stream().allMatch(NetworkCase.class::isInstance)) {
            software.add(Python.versions(ScikitLearn.SCRIPT));
        }
        if (systems.contains("pytorch") && cases.stream().anyMatch(NetworkCase.class::isInstance)) {
            software.add(Python.versions(PyTorch.SCRIPT));
        }
        return String.join(", ", software);
    }

    @Override
    protected List<String> machines(String page) {
        List<String> noted = onFile.machines(name ->
                RaceCase.ALL.stream().anyMatch(one -> page(one).equals(page) && name.startsWith(one.name() + " ")));
        return docs() && !noted.isEmpty() ? noted : List.of(machine());
    }

    private Race raceOf(RaceCase problem) {
        int iterations = problem instanceof NetworkCase ? epochs : rounds;
        require(iterations >= 1, "--%ss is %d, expected at least 1", problem.iteration(), iterations);
        require(repetitions >= 1, "--repetitions is %d, expected at least 1", repetitions);
        return new Race(iterations, repetitions);
    }

    private void race(RaceCase problem, Course course, List<Result> results) throws IOException {
        Map<String, Contestant> contestants = new LinkedHashMap<>();
        try {
            for (String system : systems) {
                problem.contestant(system, course).ifPresent(one -> contestants.put(system, one));
            }
            Race race = raceOf(problem);
            for (Map.Entry<String, Spread> one : race.run(contestants).entrySet()) {
                String command = "jobs/bench race --only %s --systems %s --%ss %d --repetitions %d%s%s"
                        .formatted(
                                problem.name(),
                                one.getKey(),
                                problem.iteration(),
                                race.iterations(),
                                race.repetitions(),
                                shrink == 1 ? "" : " --shrink " + shrink,
                                problem instanceof NetworkCase ? " --data FOLDER" : "");
                Result result = Result.of(problem.name(), one.getKey(), one.getValue(), command);
                results.add(result);
                if (json != null) {
                    new RunFile<>(json, Result.class, machine()).put(result);
                }
                if (docs() && shrink == 1) {
                    onFile.put(result);
                }
            }
        } finally {
            for (Contestant contestant : contestants.values()) {
                contestant.close();
            }
        }
    }

    private static String table(String page, List<RaceCase> cases, List<Result> results) {
        List<String> systems = SYSTEMS.keySet().stream()
                .filter(one -> cases.stream().anyMatch(c -> find(results, c, one) != null))
                .toList();
        List<String> peers = systems.contains("spark-latent") ? systems.subList(1, systems.size()) : List.of();
        List<String> header = new ArrayList<>();
        header.add("");
        header.add(
                switch (page) {
                    case MIXTURES -> "n x d, components";
                    case MODELS -> "n x d, components or latent variables";
                    default -> "network, on 60,000 images of MNIST";
                });
        systems.forEach(system -> header.add(SYSTEMS.get(system)));
        peers.forEach(peer -> header.add(SYSTEMS.get(peer) + " / ours"));
        MarkdownTable table = new MarkdownTable(2, header);
        for (RaceCase problem : cases) {
            Result ours = find(results, problem, "spark-latent");
            table.row(
                    problem.name(),
                    problem.size(),
                    systems.stream()
                            .map(one -> cell(find(results, problem, one)))
                            .toList(),
                    peers.stream()
                            .map(one -> ratio(find(results, problem, one), ours))
                            .toList());
        }
        return table.toString();
    }

    private static Result find(List<Result> results, RaceCase problem, String system) {
        String name = problem.name() + " " + system;
        return results.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String cell(Result result) {
        return result == null ? "" : "%.3g s (%.3g to %.3g)".formatted(result.seconds(), result.low(), result.high());
    }

    private static String ratio(Result peer, Result ours) {
        return peer == null || ours == null ? "" : "%.1f".formatted(peer.seconds() / ours.seconds());
    }

    private String caption(String page) {
        boolean mixtures = page.equals(MIXTURES);
        boolean models = page.equals(MODELS);
        return """
        Seconds of one %s: the mean of %d, or of more if the fastest system takes less than a
        second for them. The table has the median, the least and the greatest of %d runs, the
        systems in turn.
        """.formatted(
                                mixtures ? "EM round" : models ? "round or fit" : "epoch",
                                mixtures || models ? rounds : epochs,
                                repetitions)
                + (models ? """
                        All systems read the same rows in float64. `bayes` is a round of variational Bayes of a mixture,
                        each system from a start of its own; `ppca` is a whole fit, of the same likelihood.
                        `factor-analysis` is a whole fit too: scikit-learn's to its default tolerance, this project's to the first round
                        of EM whose log-likelihood of the rows is at least as great.
                        scikit-learn has `BayesianGaussianMixture`, the exact `PCA` and `FactorAnalysis`, MLlib has `PCA`.
                        """ : mixtures ? """
                                All systems read the same rows in float64. The rows are drawn from mixtures whose
                                centres are 5 deviations apart. The rows are scaled to a deviation of 0.1, because
                                with 1 MLlib's densities vanish next to the 2.2e-16 that it adds to them. This
                                project and scikit-learn start from the same parameters and reach the same
                                likelihood. MLlib draws its own start and has full covariances only.
                                """ : """
                                The networks are variational autoencoders on grey values in float32, trained by Adam
                                with batches of 128 rows. This project has such a batch in each of two partitions and
                                averages four times per epoch. PyTorch has one thread or two threads, depending on
                                which is faster.
                                """);
    }
}
