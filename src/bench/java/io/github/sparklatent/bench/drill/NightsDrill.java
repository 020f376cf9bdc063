package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.Latent;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.storage.Event;
import io.github.sparklatent.cluster.storage.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;

/** Ten nights on a table that drifts, breaks and recovers. */
@Command(name = "nights", description = "Ten nights of retraining on a table that drifts, breaks and recovers.")
final class NightsDrill extends DrillCommand {
    /**
     * One night.
     *
     * @param what what happens to the table
     * @param code the exit code that is expected
     * @param newChampion whether the version of the night is expected to be published
     */
    private record Night(String what, Readings table, int code, boolean newChampion) {}

    private static final Readings MOVED = Readings.USUAL.moved(3);

    private static final List<Night> NIGHTS = List.of(
            new Night("first table", Readings.USUAL, 0, true),
            new Night("column in another unit", Readings.USUAL.unit(100), 3, false),
            new Night("repaired; one kind has moved by 3", MOVED, 0, true),
            new Night("a fifth of the rows", MOVED.rows(1200), 3, false),
            new Night("column renamed", MOVED.columns("heat", "noise", "weight"), 3, false),
            new Night("30% missing values", MOVED.missing(0.3), 3, false),
            new Night("repaired; moved to 5", MOVED.moved(5), 0, true),
            new Night("empty table", MOVED.rows(0), 3, false),
            new Night("back to the first distribution", Readings.USUAL, 0, true),
            new Night("moved by 3 again", MOVED, 0, true));

    @Override
    String run(Path folder, Random random) throws IOException {
        MarkdownTable table = new MarkdownTable(6, "night", "table", "exit code", "decision", "champion", "why");
        Registry registry = new Registry(new Configuration(), folder.resolve("registry") + "");
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            spark.sparkContext().setLogLevel("ERROR");
            List<Night> nights = isShort() ? NIGHTS.subList(0, 3) : NIGHTS;
            String champion = "none";
            for (int i = 0; i < nights.size(); i++) {
                Night night = nights.get(i);
                String run = "night-%02d".formatted(i + 1);
                Path rows = folder.resolve(run + ".csv");
                Path config = folder.resolve(run + ".conf");
                write(rows, night.table().lines(random.nextLong()));
                write(config, Readings.configuration(rows + "", folder.resolve("registry") + ""));
                int code = Latent.run("registry", "retrain", "--run-id", run, "--config", config.toString());
                List<Event> own = registry.place().log().all().stream()
                        .map(State::event)
                        .filter(event -> event.runId().equals(run))
                        .toList();
                champion = night.newChampion() ? run : champion;
                String found = registry.state().champion().orElse("none");
                expect(code == night.code(), "%s ended with %d: %s", run, code, night.what());
                expect(found.equals(champion), "%s: the champion is %s", run, found);
                expect(!own.isEmpty(), "%s is not in the log", run);
                table.row(
                        run,
                        night.what(),
                        List.of(
                                String.valueOf(code),
                                own.stream()
                                        .map(event -> event.kind() + event.outcome())
                                        .collect(Collectors.joining(", ")),
                                found,
                                own.stream()
                                        .flatMap(event -> event.reasons().stream())
                                        .findFirst()
                                        .orElse("")
                                        .replace(folder + "/", "")));
            }
        }
        return table.toString();
    }
}
