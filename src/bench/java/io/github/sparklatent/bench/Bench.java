package io.github.sparklatent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The benchmark's command, started by {@code jobs/bench} in the project's root. */
public final class Bench {
    private static final Path DATA = Path.of("target", "bench").toAbsolutePath();

    private final SparkSession spark;
    private final BenchOptions options;

    private Bench(SparkSession spark, BenchOptions options) {
        this.spark = spark;
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException {
        BenchOptions options = parse(arguments);
        try (SparkSession spark =
                SparkSession.builder().appName("spark-latent benchmark").getOrCreate()) {
            Bench bench = new Bench(spark, options);
            if (options.cluster()) {
                bench.trial();
            } else {
                bench.race();
            }
        }
    }

    private static BenchOptions parse(String... arguments) {
        try {
            return BenchOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
            throw e;
        }
    }

    private void race() throws IOException {
        String machine = "%s, Spark %s".formatted(Machine.description(), spark.version());
        if (options.systems().contains(ScikitLearn.SYSTEM)) {
            machine += ", " + ScikitLearn.versions();
        }
        System.err.println(machine);
        List<Result> results = new ArrayList<>();
        for (MixtureCase problem : options.cases()) {
            System.err.printf("%s: %s%n", problem.name(), problem.size());
            race(problem).forEach(results::add);
        }
        RaceTable table = new RaceTable(options, results);
        System.out.print(table.text());
        if (options.json().isPresent()) {
            new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValue(options.json().get().toFile(), results);
        }
        if (options.readme()) {
            Readme.replace("benchmark", table.text() + table.caption(machine));
        }
    }

    private List<Result> race(MixtureCase problem) throws IOException {
        MixtureData data = new MixtureData(problem, DATA);
        data.write(spark);
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (String system : options.systems()) {
                contestant(system, problem, data).ifPresent(contestants::add);
            }
            Map<Contestant, List<Double>> seconds = new Race(options).run(contestants);
            return contestants.stream()
                    .map(
                            one ->
                                    Result.of(
                                            problem.name(),
                                            one.system(),
                                            seconds.get(one),
                                            options.command(problem, one.system())))
                    .toList();
        } finally {
            for (Contestant contestant : contestants) {
                contestant.close();
            }
        }
    }

    /** A system with the case's data loaded; none where it cannot fit such a mixture. */
    private Optional<Contestant> contestant(String system, MixtureCase problem, MixtureData data)
            throws IOException {
        return switch (system) {
            case Mllib.SYSTEM ->
                    Mllib.canFit(problem)
                            ? Optional.of(new Mllib(spark, problem, data))
                            : Optional.empty();
            case ScikitLearn.SYSTEM -> {
                data.writePlain(spark);
                yield Optional.of(new ScikitLearn(data.folder()));
            }
            default -> Optional.of(new SparkLatent(spark, problem, data));
        };
    }

    private void trial() throws IOException {
        List<ClusterTrial.Outcome> outcomes = new ArrayList<>();
        ClusterTrial trial = new ClusterTrial(spark, options.passes());
        for (MixtureCase problem : options.cases()) {
            System.err.printf("%s: %s%n", problem.name(), problem.size());
            outcomes.add(trial.run(problem, new MixtureData(problem, DATA)));
        }
        String table = ClusterTable.text(outcomes);
        System.out.print(table);
        if (options.readme()) {
            Readme.replace("scale", table);
        }
    }
}
