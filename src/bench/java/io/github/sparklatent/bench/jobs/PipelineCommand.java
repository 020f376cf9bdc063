package io.github.sparklatent.bench.jobs;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.bench.command.BenchCommand;
import io.github.sparklatent.bench.race.MixtureCase;
import io.github.sparklatent.bench.race.MixtureData;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.bench.report.Spread;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whole commands in wall-clock time, from the start of the process to its end. */
@Command(name = "pipeline", description = "Seconds of whole commands, from Parquet to a saved model.")
public final class PipelineCommand extends BenchCommand {
    private static final MixtureCase PROBLEM = MixtureCase.ALL.get(0);
    private static final int ROUNDS = 20;
    private static final String PYARROW = "pyarrow==25.0.1";
    private static final String SCRIPT = WholeCommand.absolute("src", "bench", "python", "pipeline.py");
    private static final Path VENV = DATA.resolve("python");
    private static final String PYTHON = VENV.resolve("bin").resolve("python").toString();

    @Option(names = "--repetitions", description = "Runs of each (${DEFAULT-VALUE}).")
    private int repetitions = 5;

    @Override
    protected Map<String, String> measure() throws IOException {
        require(repetitions >= 1, "--repetitions is %d, expected at least 1", repetitions);
        Path parquet;
        try (SparkSession spark = session()) {
            parquet = table(spark);
        }
        preparePython();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("spark-latent, `jobs/latent train`", train(parquet));
        commands.put("scikit-learn with pandas", fit(parquet));
        commands.put("spark-latent, `jobs/quickstart`", List.of(WholeCommand.absolute("jobs", "quickstart")));
        Map<String, List<Double>> seconds = new LinkedHashMap<>();
        for (int repetition = 0; repetition < repetitions; repetition++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                long began = System.nanoTime();
                WholeCommand.run(command.getValue());
                double taken = (System.nanoTime() - began) / 1e9;
                System.err.printf("  %s: %.2f s%n", command.getKey(), taken);
                seconds.computeIfAbsent(command.getKey(), name -> new ArrayList<>())
                        .add(taken);
            }
        }
        MarkdownTable table = new MarkdownTable(1, "whole command", "seconds");
        seconds.forEach((name, all) -> table.row(name, Spread.of(all).ofMedian("%.1f")));
        return page(
                table + """

                        The commands go from %,d x %d in Parquet to a saved mixture of %d components after
                        %d rounds. They include the initialisation by k-means; that of this project
                        includes its report. The quick start trains on the digits. The table has the median,
                        the least and the greatest of %d runs in wall-clock time, including the start and
                        the end of the processes.
                        """.formatted(PROBLEM.rows(), PROBLEM.dimension(), PROBLEM.components(), ROUNDS, repetitions));
    }

    @Override
    protected String software() throws IOException {
        String answer = WholeCommand.run(List.of(PYTHON, SCRIPT));
        return super.software()
                + ", "
                + new ObjectMapper().readTree(answer).get("description").asText();
    }

    /** Writes the rows with a column of numbers for each feature, which pandas reads fastest. */
    private static Path table(SparkSession spark) {
        Path parquet = DATA.resolve("columns.parquet");
        if (!Files.exists(parquet.resolve("_SUCCESS"))) {
            Column[] columns = IntStream.range(0, PROBLEM.dimension())
                    .mapToObj(j -> col("features").getItem(j).as("x" + j))
                    .toArray(Column[]::new);
            new MixtureData(PROBLEM, DATA)
                    .table(spark)
                    .select(columns)
                    .write()
                    .mode("overwrite")
                    .parquet(parquet.toUri().toString());
        }
        return parquet;
    }

    /** Installs pyarrow, which Debian does not have. */
    private static void preparePython() throws IOException {
        Path installed = VENV.resolve("installed");
        if (!Files.exists(installed)) {
            String venv = VENV.toString();
            WholeCommand.run(List.of("/usr/bin/python3", "-m", "venv", "--system-site-packages", venv));
            WholeCommand.run(List.of(PYTHON, "-m", "pip", "install", "-q", PYARROW));
            Files.createFile(installed);
        }
    }

    private static List<String> train(Path parquet) throws IOException {
        Path config = DATA.resolve("pipeline.conf");
        Files.writeString(config, """
                model { type = gmm, components = %d, covariance = full }
                data { path = "%s", holdout.fraction = 0 }
                train { maxRounds = %d, tolerance = 0 }
                output { path = "%s", overwrite = true }
                """.formatted(PROBLEM.components(), parquet, ROUNDS, DATA.resolve("pipeline-model")));
        return List.of(WholeCommand.absolute("jobs", "latent"), "train", "--config", config.toString());
    }

    private static List<String> fit(Path parquet) {
        return List.of(
                PYTHON,
                SCRIPT,
                parquet.toString(),
                DATA.resolve("pipeline.joblib").toString(),
                Integer.toString(PROBLEM.components()),
                Integer.toString(ROUNDS));
    }
}
