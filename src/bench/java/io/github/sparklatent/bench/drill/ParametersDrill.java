package io.github.sparklatent.bench.drill;

import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.SavedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Trains a large autoencoder on few rows for two rounds, in one process with driver and tasks. The training is killed
 * after the first checkpoint and started again. The model is loaded by another process, which scores rows.
 */
@Command(
        name = "parameters",
        description = "250 million parameters (5 million with --short), killed after a checkpoint.")
final class ParametersDrill extends DrillCommand {
    private static final int COLUMNS = 64;
    private static final int ROWS = 256;
    private static final int LATENT = 8;
    private static final Pattern HEAP = Pattern.compile(" (\\d+)M->(\\d+)M\\(");

    @Option(names = "--width", description = "Width of the four hidden layers.")
    private int width;

    @Option(names = "--memory", description = "Heap of a training, such as 14g.")
    private String memory;

    private Path folder;
    private MarkdownTable table;

    @Override
    String run(Path empty, Random random) throws IOException, InterruptedException {
        folder = empty;
        width = width > 0 ? width : isShort() ? 1550 : 11_150;
        memory = memory != null ? memory : isShort() ? "2g" : "14g";
        write(folder.resolve("rows.csv"), rows(random));
        table = new MarkdownTable(1, "process", "parameters", "exit code", "seconds", "peak heap, MiB");
        if (isShort()) {
            finished("undisturbed", "train");
        }
        killed();
        finished("killed", "train");
        expect(
                log("killed").contains("continuing from checkpoint"),
                "the second training does not continue from the checkpoint");
        finished("killed", "score");
        if (isShort()) {
            compare();
        }
        return table.toString();
    }

    private static List<String> rows(Random random) {
        List<String> rows = new ArrayList<>();
        rows.add(String.join(
                ",", IntStream.range(0, COLUMNS).mapToObj("x%d"::formatted).toList()));
        for (int i = 0; i < ROWS; i++) {
            rows.add(String.join(
                    ",", random.doubles(COLUMNS).mapToObj("%.6f"::formatted).toList()));
        }
        return rows;
    }

    /** Parameters of encoder and decoder with two hidden layers each. */
    private long parameters() {
        long hidden = width;
        return 2 * (COLUMNS * hidden + hidden * hidden + hidden * LATENT) + 4 * hidden + LATENT + COLUMNS;
    }

    private Process start(String name, String command) throws IOException {
        Path configuration = folder.resolve(name + ".conf");
        write(configuration, configuration(name));
        return JobProcess.latent(
                folder.resolve(name + ".log"),
                command,
                "--config",
                configuration.toString(),
                "--",
                "--master",
                "local[2]",
                "--driver-memory",
                memory,
                "--conf",
                "spark.driver.maxResultSize=3g",
                "--conf",
                "spark.driver.extraJavaOptions=-Xlog:gc:file=" + collections(name));
    }

    private List<String> configuration(String name) {
        return List.of(
                "model { type = ae, latent = %d, encoder = [%d, %d] }".formatted(LATENT, width, width),
                "data { path = \"%s\", format = csv, features = [\"x*\"] }".formatted(folder.resolve("rows.csv")),
                "train { seed = %d, partitions = 2, batchSize = 64 }".formatted(seed()),
                "train { roundsPerEpoch = 1, maxEpochs = 2, checkpoint.every = 1 }",
                "train { optimizer { type = sgd, momentum = 0, learningRate = 1e-6 } }",
                "train { outer.type = average }",
                "output { path = \"%s\", report = false }".formatted(folder.resolve(name)));
    }

    private Path collections(String name) {
        return folder.resolve(name + "-gc.log");
    }

    private String log(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".log"));
    }

    /** Runs a command to its end. */
    private void finished(String name, String command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int code = start(name, command).waitFor();
        expect(code == 0, "%s %s ended with %d; see %s.log", command, name, code, name);
        row(name + ", " + command, code, began, collections(name));
    }

    /** Kills a training as soon as there is a checkpoint. */
    private void killed() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Path checkpoint = folder.resolve("killed.checkpoint");
        Process process = start("killed", "train");
        while (process.isAlive() && !Files.exists(checkpoint)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        expect(process.isAlive(), "the training ended before it was killed; see killed.log");
        JobProcess.kill(process.toHandle());
        row("killed, train, after round 1", process.waitFor(), began, collections("killed"));
    }

    private void row(String process, int code, long began, Path collections) throws IOException {
        table.row(
                process,
                List.of(
                        "%,d".formatted(parameters()),
                        String.valueOf(code),
                        "%.0f".formatted((System.nanoTime() - began) / 1e9),
                        "%,d".formatted(peak(collections))));
    }

    /** Returns the largest heap before and after a collection, in MiB. */
    private static long peak(Path collections) throws IOException {
        long peak = 0;
        for (String line : Files.readAllLines(collections)) {
            Matcher heap = HEAP.matcher(line);
            if (heap.find()) {
                peak = Math.max(peak, Long.parseLong(heap.group(1)));
            }
        }
        return peak;
    }

    private void compare() throws IOException {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            expect(
                    fingerprint(spark, "killed").equals(fingerprint(spark, "undisturbed")),
                    "the killed training has other parameters");
        }
    }

    private String fingerprint(SparkSession spark, String name) {
        String path = folder.resolve(name).toString();
        return SavedModels.any(spark, path, Families.types().first()).fingerprint();
    }
}
