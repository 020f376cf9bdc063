package io.github.sparklatent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.sparklatent.bench.kernels.KernelBench;
import io.github.sparklatent.bench.networks.NetworkBench;
import io.github.sparklatent.bench.networks.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The benchmark's command, started by {@code jobs/bench} in the project's root. */
public final class Bench {
    /** Where generated rows are kept. */
    public static final Path DATA = Path.of("target", "bench").toAbsolutePath();

    private final SparkSession spark;
    private final BenchOptions options;

    private Bench(SparkSession spark, BenchOptions options) {
        this.spark = spark;
        this.options = options;
    }

    public static void main(String[] arguments) {
        int code = 0;
        try {
            Optional<Theme> theme = Theme.among(arguments);
            if (KernelBench.isAmong(arguments)) {
                KernelBench.run(arguments);
            } else if (theme.isPresent()) {
                NetworkBench.run(theme.get(), arguments);
            } else {
                run(BenchOptions.parse(arguments));
            }
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            code = 2;
        } catch (IOException e) {
            System.err.println("bench: " + e.getMessage());
            code = 1;
        }
        System.exit(code);
    }

    private static void run(BenchOptions options) throws IOException {
        String part = options.mode().part();
        if (options.readme()) {
            Readme.require(part);
        }
        try (SparkSession spark =
                SparkSession.builder().appName("spark-latent benchmark").getOrCreate()) {
            Bench bench = new Bench(spark, options);
            String text =
                    switch (options.mode()) {
                        case RACE -> bench.race();
                        case CLUSTER -> bench.trial();
                        case GROWTH -> bench.growth();
                        case PIPELINE -> bench.pipeline();
                    };
            System.out.print(text);
            if (options.readme()) {
                Readme.replace(part, text);
            }
        }
    }

    private String race() throws IOException {
        String machine = "%s, Spark %s".formatted(Machine.description(), spark.version());
        if (options.systems().contains(ScikitLearn.SYSTEM)) {
            machine += ", " + ScikitLearn.versions();
        }
        ObjectWriter json = new ObjectMapper().writerWithDefaultPrettyPrinter();
        List<Result> results = new ArrayList<>();
        for (BenchCase problem : options.cases()) {
            System.err.printf("%s: %s%n", problem.name(), problem.size());
            results.addAll(race(problem));
            if (options.json().isPresent()) {
                json.writeValue(options.json().get().toFile(), results);
            }
        }
        return RaceTable.text(options, results) + RaceTable.caption(options, machine);
    }

    private Course course() {
        return new Course(spark, DATA, options.images());
    }

    private String growth() throws IOException {
        return new Growth(course(), options).text()
                + """

                Mixtures of full covariance, else of 16 columns and 16 components; a variational
                autoencoder on MNIST, a hidden layer of 50 to 500 on each side. Medians of %d, on
                %s, Spark %s.
                `jobs/bench --growth --data FOLDER --readme` has written this.
                """
                        .formatted(options.repetitions(), Machine.description(), spark.version());
    }

    private String pipeline() throws IOException {
        Pipeline pipeline = new Pipeline(spark, DATA, options.repetitions());
        return pipeline.text()
                + "%s, Spark %s, %s.\n`jobs/bench --pipeline --readme` has written this.\n"
                        .formatted(Machine.description(), spark.version(), pipeline.versions());
    }

    private List<Result> race(BenchCase problem) throws IOException {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (String system : options.systems()) {
                problem.contestant(system, course()).ifPresent(contestants::add);
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

    private String trial() {
        List<ClusterTrial.Outcome> outcomes = new ArrayList<>();
        ClusterTrial trial = new ClusterTrial(spark, options.passes());
        for (MixtureCase problem : options.mixtures()) {
            System.err.printf("%s: %s%n", problem.name(), problem.size());
            outcomes.add(trial.run(problem, new MixtureData(problem, DATA)));
        }
        return ClusterTable.text(outcomes, options.passes());
    }
}
