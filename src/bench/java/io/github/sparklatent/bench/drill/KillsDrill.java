package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.registry.Entry;
import io.github.sparklatent.app.registry.History;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.SavedModels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Kills the process of a retraining at random times, and starts two at once. */
@Command(name = "kills", description = "Kills retrain at random times and runs two of them at once.")
final class KillsDrill extends DrillCommand {
    private static final int NIGHTS = 3;

    @Option(names = "--kills", description = "Kills a night (${DEFAULT-VALUE}).")
    private int kills = 100;

    @Option(names = "--pairs", description = "Pairs of runs at once (${DEFAULT-VALUE}).")
    private int pairs = 50;

    @Override
    String run(Path folder, Random random) throws IOException, InterruptedException {
        int nights = isShort() ? 2 : NIGHTS;
        int killed = isShort() ? 3 : kills;
        int together = isShort() ? 2 : pairs;
        MarkdownTable table = new MarkdownTable(1, "part", "faults", "outcome");
        long longest = 0;
        for (int night = 1; night <= nights; night++) {
            Path rows = folder.resolve(name(night) + ".csv");
            write(rows, Readings.USUAL.moved(2.0 * night).lines(night));
            for (String registry : List.of("undisturbed", "killed")) {
                write(
                        folder.resolve(registry + "-" + name(night) + ".conf"),
                        Readings.configuration(rows + "", folder.resolve(registry) + ""));
            }
            long began = System.nanoTime();
            if (start(folder, "undisturbed", night).waitFor() != 0) {
                throw new IllegalStateException("a run fails without a fault; see log.txt");
            }
            longest = Math.max(longest, (System.nanoTime() - began) / 1_000_000);
        }
        int cut = 0;
        for (int night = 1; night <= nights; night++) {
            for (int i = 0; i < killed; i++) {
                Process process = start(folder, "killed", night);
                boolean ended = process.waitFor(random.nextLong(longest), TimeUnit.MILLISECONDS);
                JobProcess.kill(process.toHandle());
                process.waitFor();
                cut += ended ? 0 : 1;
                readable(folder.resolve("killed"));
            }
            expect(start(folder, "killed", night).waitFor() == 0, "%s does not succeed after the kills", name(night));
        }
        compareWithUndisturbed(folder, nights);
        table.row(
                "retrain killed",
                List.of(
                        "%d of %d runs killed before their end".formatted(cut, nights * killed),
                        "the versions and decisions of the undisturbed registry"));
        int lost = 0;
        for (int pair = 1; pair <= together; pair++) {
            lost += pair(folder, pair);
        }
        table.row(
                "two retrains at once",
                List.of("%d pairs, %d runs refused".formatted(together, lost), "one champion, whole versions"));
        return table.toString();
    }

    private static String name(int night) {
        return "night-" + night;
    }

    private static Process start(Path folder, String registry, int night) throws IOException {
        return start(folder, registry + "-" + name(night) + ".conf", name(night));
    }

    private static Process start(Path folder, String config, String run) throws IOException {
        return JobProcess.latent(
                folder.resolve("log.txt"),
                "retrain",
                "--config",
                folder.resolve(config).toString(),
                "--run-id",
                run);
    }

    /** Checks that the log can be read and that its champion is a whole model. */
    private void readable(Path registry) {
        Registry opened = new Registry(new Configuration(), registry.toString());
        History history = opened.history();
        history.champion().ifPresent(run -> expect(opened.versions().holds(run), "the champion %s is not whole", run));
    }

    private void compareWithUndisturbed(Path folder, int nights) throws IOException {
        try (SparkSession spark = SparkSession.builder().getOrCreate()) {
            Registry expected = registry(folder, "undisturbed");
            Registry found = registry(folder, "killed");
            expect(
                    decisions(expected.history()).equals(decisions(found.history())),
                    "the decisions are %s, expected %s",
                    decisions(found.history()),
                    decisions(expected.history()));
            for (int night = 1; night <= nights; night++) {
                expect(
                        fingerprint(spark, found.versions().path(name(night)))
                                .equals(fingerprint(spark, expected.versions().path(name(night)))),
                        "%s has other parameters",
                        name(night));
            }
        }
    }

    private static Registry registry(Path folder, String name) {
        return new Registry(new Configuration(), folder.resolve(name).toString());
    }

    /** Returns the decisions without repetitions: a killed comparison is made again. */
    private static List<String> decisions(History history) {
        LinkedHashSet<String> decisions = new LinkedHashSet<>();
        for (Entry entry : history.entries()) {
            decisions.add(entry.kind() + " " + entry.subject() + entry.outcome());
        }
        return new ArrayList<>(decisions);
    }

    private static String fingerprint(SparkSession spark, String version) {
        return SavedModels.any(spark, version, Families.types().first()).fingerprint();
    }

    /** Starts two runs of different names on one registry, and returns how many were refused. */
    private int pair(Path folder, int pair) throws IOException, InterruptedException {
        String config = "undisturbed-" + name(1) + ".conf";
        Process first = start(folder, config, "pair-%d-a".formatted(pair));
        Process second = start(folder, config, "pair-%d-b".formatted(pair));
        int refused = 0;
        for (Process process : List.of(first, second)) {
            int code = process.waitFor();
            expect(code == 0 || code == 1, "a run of pair %d ended with %d", pair, code);
            refused += code == 1 ? 1 : 0;
        }
        readable(folder.resolve("undisturbed"));
        for (String run : List.of("pair-%d-a", "pair-%d-b")) {
            expect(
                    registry(folder, "undisturbed").versions().holds(run.formatted(pair)),
                    "the version %s is lost",
                    run.formatted(pair));
        }
        return refused;
    }
}
