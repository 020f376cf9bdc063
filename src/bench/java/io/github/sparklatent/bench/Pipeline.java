package io.github.sparklatent.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Whole commands, from starting the process to its end, as a person waits for them. */
final class Pipeline {
    private static final MixtureCase PROBLEM = MixtureCase.ALL.get(0);
    private static final int PASSES = 20;
    private static final String PYARROW = "pyarrow==25.0.1";

    private final SparkSession spark;
    private final Path folder;
    private final int repetitions;
    private final Path python;

    /**
     * @param folder for the table, results and a Python with pyarrow
     * @param repetitions of each command
     */
    Pipeline(SparkSession spark, Path folder, int repetitions) {
        this.spark = spark;
        this.folder = folder;
        this.repetitions = repetitions;
        this.python = folder.resolve("python");
    }

    /** Runs the commands in turn. */
    String text() throws IOException {
        Path parquet = table();
        preparePython();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("spark-latent, `jobs/latent train`", train(parquet));
        commands.put("scikit-learn with pandas", fit(parquet));
        commands.put("spark-latent, `jobs/quickstart`", List.of(absolute("jobs", "quickstart")));
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double taken = seconds(command.getValue());
                System.err.printf("  %s: %.2f s%n", command.getKey(), taken);
                seconds.computeIfAbsent(command.getKey(), name -> new ArrayList<>()).add(taken);
            }
        }
        StringBuilder text = new StringBuilder("| whole command | seconds |\n| --- | ---: |\n");
        seconds.forEach((name, all) -> text.append(line(name, all)));
        return text
                + """

                From %s in Parquet, %s, to a saved model after %d passes, the start by k-means
                counted, ours with its report; and the quickstart on the digits. Median, least and
                greatest of %d, by the clock on the wall, processes' start and end counted.
                """
                        .formatted(
                                "%,d x %d".formatted(PROBLEM.rows(), PROBLEM.dimension()),
                                "K = %d".formatted(PROBLEM.components()),
                                PASSES,
                                repetitions);
    }

    private static String line(String name, List<Double> seconds) {
        Result result = Result.of("", name, seconds.stream().sorted().toList(), "");
        return "| %s | %.1f (%.1f to %.1f) |\n"
                .formatted(name, result.secondsPerPass(), result.low(), result.high());
    }

    /** A column of numbers for each feature, as pandas reads them best. */
    private Path table() {
        Path parquet = folder.resolve("columns.parquet");
        if (!Files.exists(parquet.resolve("_SUCCESS"))) {
            MixtureData data = new MixtureData(PROBLEM, folder);
            data.write(spark);
            Column[] columns =
                    IntStream.range(0, PROBLEM.dimension())
                            .mapToObj(j -> functions.col("features").getItem(j).as("x" + j))
                            .toArray(Column[]::new);
            data.table(spark)
                    .select(columns)
                    .write()
                    .mode("overwrite")
                    .parquet(parquet.toUri().toString());
        }
        return parquet;
    }

    /** Debian has no pyarrow. */
    private void preparePython() throws IOException {
        if (!Files.exists(python.resolve("bin").resolve("pip"))) {
            run(
                    List.of(
                            "/usr/bin/python3",
                            "-m",
                            "venv",
                            "--system-site-packages",
                            python.toString()));
        }
        if (!Files.exists(python.resolve("installed"))) {
            String pip = python.resolve("bin").resolve("pip").toString();
            run(List.of(pip, "install", "-q", PYARROW));
            Files.createFile(python.resolve("installed"));
        }
    }

    private List<String> train(Path parquet) throws IOException {
        Path config = folder.resolve("pipeline.conf");
        Files.writeString(
                config,
                """
                model { type = gmm, components = %d, covariance = full }
                data { path = "%s", holdout.fraction = 0 }
                train { maxRounds = %d, tolerance = 0 }
                output { path = "%s", overwrite = true }
                """
                        .formatted(
                                PROBLEM.components(),
                                parquet,
                                PASSES,
                                folder.resolve("pipeline-model")));
        return List.of(absolute("jobs", "latent"), "train", "--config", config.toString());
    }

    private List<String> fit(Path parquet) {
        return List.of(
                python.resolve("bin").resolve("python").toString(),
                absolute("src", "bench", "python", "pipeline.py"),
                parquet.toString(),
                folder.resolve("pipeline.joblib").toString(),
                Integer.toString(PROBLEM.components()),
                Integer.toString(PASSES));
    }

    /** Versions of the peer; what it needs is there by now. */
    String versions() throws IOException {
        Path answer = folder.resolve("pipeline.json");
        String script = absolute("src", "bench", "python", "pipeline.py");
        run(List.of(python.resolve("bin").resolve("python").toString(), script), answer);
        return new ObjectMapper().readTree(answer.toFile()).get("description").asText();
    }

    private double seconds(List<String> command) throws IOException {
        long began = System.nanoTime();
        run(command);
        return (System.nanoTime() - began) / 1e9;
    }

    private void run(List<String> command) throws IOException {
        run(command, folder.resolve("pipeline.out"));
    }

    private void run(List<String> command, Path answer) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(folder.toFile());
        builder.redirectOutput(answer.toFile());
        builder.redirectError(folder.resolve("pipeline.log").toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(OPENBLAS|OMP|SPARK)_.*"));
        int code = builder.start().onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(
                    "%s ended with exit code %d: %s"
                            .formatted(
                                    String.join(" ", command),
                                    code,
                                    Files.readString(folder.resolve("pipeline.log"))));
        }
    }

    private static String absolute(String first, String... more) {
        return Path.of(first, more).toAbsolutePath().toString();
    }
}
