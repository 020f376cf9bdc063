package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.Latent;
import io.github.sparklatent.bench.report.Machine;
import io.github.sparklatent.bench.report.MarkdownTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/**
 * Trains for hundreds of rounds in one process, driver and tasks, and looks at what its heap holds after a collection.
 * The rounds must leave nothing behind.
 */
@Command(name = "heap", description = "The heap over 300 rounds of a mixture and of a network.")
final class HeapDrill extends DrillCommand {
    private static final double MEBI = 1 << 20;

    /** Growth from the first to the last third, in MiB, that is not a leak of the rounds. */
    private static final double ALLOWED = 8;

    private static final int FEWEST = 9;

    /** Rounds of a training before it is watched: classes are loaded, Spark's buffers are made. */
    private static final int WARM_UP = 5;

    /** Settings of a training by its configuration file, for a number of rounds. */
    private static final Map<String, List<String>> TRAININGS = new LinkedHashMap<>();

    static {
        TRAININGS.put("digits", List.of("train.restarts=1", "train.tolerance=0", "train.maxRounds=%d"));
        TRAININGS.put("digits-vae", List.of("train.patience=0", "train.roundsPerEpoch=1", "train.maxEpochs=%d"));
        TRAININGS.put("gan-digits", List.of("train.roundsPerEpoch=1", "train.maxEpochs=%d"));
    }

    @Override
    String run(Path folder, Random random) throws Exception {
        int rounds = isShort() ? 60 : 300;
        MarkdownTable table = new MarkdownTable(1, "training", "rounds", "first third, MiB", "second", "last", "looks");
        ExecutorService background = Executors.newSingleThreadExecutor();
        // The status of old jobs and tasks, which Spark's pages show, is kept up to a limit.
        try (SparkSession spark = SparkSession.builder()
                .config("spark.ui.retainedJobs", 10)
                .config("spark.ui.retainedStages", 10)
                .config("spark.ui.retainedTasks", 100)
                .config("spark.sql.ui.retainedExecutions", 10)
                .getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            for (Map.Entry<String, List<String>> training : TRAININGS.entrySet()) {
                String name = training.getKey();
                Path output = folder.resolve(name);
                expect(
                        Latent.run(arguments(name, training.getValue(), WARM_UP, output)) == 0,
                        "%s fails in %d rounds",
                        name,
                        WARM_UP);
                String[] arguments = arguments(name, training.getValue(), rounds, output);
                Future<Integer> code = background.submit(() -> Latent.run(arguments));
                double[] heap = watch(code);
                expect(code.get() == 0, "%s ended with %d", name, code.get());
                expect(heap.length >= FEWEST, "%d looks are too few", heap.length);
                int third = heap.length / 3;
                double[] least = new double[3];
                for (int i = 0; i < 3; i++) {
                    least[i] = Arrays.stream(heap, i * third, (i + 1) * third)
                                    .min()
                                    .orElse(0)
                            / MEBI;
                }
                expect(least[2] - least[0] < ALLOWED, "%s: the heap grows by %.1f MiB", name, least[2] - least[0]);
                table.row(
                        name,
                        rounds,
                        Arrays.stream(least).mapToObj("%.1f"::formatted).toList(),
                        heap.length);
            }
        } finally {
            background.shutdownNow();
        }
        return table.toString();
    }

    private static String[] arguments(String training, List<String> settings, int rounds, Path output) {
        List<String> arguments = new ArrayList<>(List.of("train", "--config", "conf/" + training + ".conf"));
        Stream.concat(
                        settings.stream(),
                        Stream.of(
                                "train.partitions=4",
                                "output.report=false",
                                "output.overwrite=true",
                                "output.path=\"" + output + "\""))
                .forEach(setting -> arguments.addAll(List.of("--set", setting.formatted(rounds))));
        return arguments.toArray(String[]::new);
    }

    /** Returns what the heap holds, looked at twice a second until the work is done. */
    private static double[] watch(Future<?> work) throws InterruptedException {
        List<Double> heap = new ArrayList<>();
        while (!work.isDone()) {
            TimeUnit.MILLISECONDS.sleep(500);
            heap.add(Machine.heap());
        }
        return heap.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
