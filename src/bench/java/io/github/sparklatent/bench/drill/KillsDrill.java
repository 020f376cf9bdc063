package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.files.Place;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.storage.UniqueName;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.ml.core.SavedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills train, score, retrain and prune at random times, starts two retrainings at once, and stops runs while others do
 * the same work, on local files, HDFS and S3. After each fault an earlier result must be whole and the next run
 * succeed.
 */
@Command(name = "kills", description = "Kills and stops train, score, retrain and prune on local files, HDFS and S3.")
final class KillsDrill extends DrillCommand {
    private static final int NIGHTS = 3;
    private static final String UNDISTURBED = "undisturbed";
    private static final String KILLED = "killed";
    private static final String CHANGED = "changed";
    /** Where rows have what is kept of their runs. */
    private static final String BOOKS = "/_spark-latent";

    private static final String NIGHTLY = "nights/night=";

    private static final String OVERWRITE = "--set=output.overwrite=true";

    /** Runs that stay of a registry of seven old runs: the two champions and the newest version. */
    private static final Set<String> KEPT = Set.of("old-1", "old-2", "old-6");

    @Option(names = "--kills", description = "Kills of each command on each store (${DEFAULT-VALUE}).")
    private int kills = 25;

    @Option(names = "--pairs", description = "Pairs of retrainings at once on each store (${DEFAULT-VALUE}).")
    private int pairs = 4;

    @Option(names = "--changes-only", description = "Only the retrainings whose table changes before the retry.")
    private boolean changesOnly;

    @Option(names = "--rows-only", description = "Only the scorings.")
    private boolean rowsOnly;

    @Option(names = "--store", split = ",", defaultValue = Store.ALL, description = Store.OPTION)
    private List<String> stores;

    private Random random;
    private SparkSession spark;
    private java.nio.file.Path folder;
    private Store store;

    /** Milliseconds of an undisturbed run of the command. */
    private long longest;

    /** A check of what a kill has left. */
    private interface Check {
        void of(int run) throws IOException, InterruptedException;
    }

    @Override
    String run(java.nio.file.Path empty, Random faults) throws IOException, InterruptedException {
        random = faults;
        kills = isShort() ? 6 : kills;
        pairs = isShort() ? 2 : pairs;
        MarkdownTable table = changesOnly || rowsOnly
                ? new MarkdownTable(
                        1, "store", changesOnly ? "changed" : "new rows", changesOnly ? "trained" : "replaced")
                : new MarkdownTable(
                        2,
                        "store",
                        "train",
                        "new rows",
                        "replaced",
                        "retrain",
                        "at once",
                        "stopped",
                        "prune",
                        "changed",
                        "trained");
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            spark = session;
            spark.sparkContext().setLogLevel("ERROR");
            for (String name : stores) {
                folder = Files.createDirectory(empty.resolve(name));
                try (Store opened = Store.named(name, folder)) {
                    store = opened;
                    store.settings().forEach(spark.sparkContext().hadoopConfiguration()::set);
                    List<Integer> found = changesOnly ? change() : rowsOnly ? rows() : parts();
                    System.err.println(name + ": " + found);
                    table.row(name, found.stream().map(String::valueOf).toList());
                }
            }
        }
        return table.toString();
    }

    /** Returns how many runs of each part were killed before their end, refused, or ended with 1 after a stop. */
    private List<Integer> parts() throws IOException, InterruptedException {
        configure();
        List<Integer> found = new ArrayList<>();
        found.add(replace("model", this::training));
        found.addAll(rows());
        found.add(retrain());
        int refused = 0;
        int late = 0;
        for (int pair = 1; pair <= pairs; pair++) {
            refused += pair(pair);
            late += stop("model", training(1, "model"));
            late += stop(UNDISTURBED, retraining(UNDISTURBED, 1, "stopped-" + pair));
        }
        found.addAll(List.of(refused, late, prune()));
        for (String place : List.of("model", KILLED, UNDISTURBED)) {
            succeed(List.of("registry", "verify", "--registry", store.path(place)));
        }
        found.addAll(change());
        return found;
    }

    private void configure() throws IOException {
        for (int night = 1; night <= NIGHTS; night++) {
            java.nio.file.Path rows = folder.resolve("night-%d.csv".formatted(night));
            write(rows, Readings.USUAL.moved(2.0 * night).lines(night));
            for (String registry : List.of(UNDISTURBED, KILLED)) {
                write(
                        java.nio.file.Path.of(config(registry, night)),
                        Readings.configuration(rows.toString(), store.path(registry)));
            }
        }
    }

    private String config(String registry, int night) {
        return folder.resolve("%s-%d.conf".formatted(registry, night)).toString();
    }

    private List<String> training(int night, String output) {
        return List.of("train", "--config", config(KILLED, night), set("output.path", output), OVERWRITE);
    }

    private List<String> scoring(int night, String output) {
        String model = set("model.path", "model-" + night);
        String format = "--set=output.format=parquet";
        return List.of("score", "--config", config(KILLED, 1), model, set("output.path", output), format);
    }

    private String set(String key, String place) {
        return "--set=%s=\"%s\"".formatted(key, store.path(place));
    }

    private List<String> retraining(String registry, int night, String run) {
        return List.of("registry", "retrain", "--config", config(registry, night), "--run-id", run);
    }

    private List<String> pruning(String registry) {
        return List.of("registry", "prune", "--registry", store.path(registry), "--set", "registry.keep=1");
    }

    /**
     * Kills runs of a command that write the result of night 1 or 2 to an output, which must always have one of them.
     */
    private int replace(String output, BiFunction<Integer, String, List<String>> command)
            throws IOException, InterruptedException {
        succeed(command.apply(1, output + "-1"));
        succeed(command.apply(2, output + "-2"));
        List<String> expected = List.of(content(output + "-1"), content(output + "-2"));
        expect(!expected.get(0).equals(expected.get(1)), "two nights have the same %s", output);
        longest = succeed(command.apply(1, output));
        int killed = kill(kills, output, run -> command.apply(1 + run % 2, output), run -> {
            expect(expected.contains(content(output)), "kill %d of %s: %s", run, output, content(output));
        });
        succeed(command.apply(2, output));
        expect(expected.get(1).equals(content(output)), "%s is not that of the last run", output);
        return killed;
    }

    /**
     * Kills scorings into folders of dates, each of which is repeated then, and scorings that replace rows. Rows
     * without {@code _SUCCESS} may be some of them. Returns how many of both were killed before their end.
     */
    private List<Integer> rows() throws IOException, InterruptedException {
        if (rowsOnly) {
            configure();
        }
        List<String> expected = new ArrayList<>();
        for (int night = 1; night <= 2; night++) {
            succeed(training(night, "model-" + night));
            longest = succeed(scoring(night, "rows-" + night));
            expected.add(content("rows-" + night));
        }
        int killed = kill(kills, NIGHTLY + 0 + BOOKS, run -> scoring(1, NIGHTLY + run), run -> {
            String rows = NIGHTLY + run;
            forget(rows + BOOKS);
            expect(!areWhole(rows) || expected.get(0).equals(content(rows)), "kill %d of %s", run, content(rows));
            succeed(scoring(1, rows));
            expect(expected.get(0).equals(content(rows)), "repeated after kill %d: %s", run, content(rows));
        });
        List<Row> dates = spark.read()
                .parquet(store.path("nights"))
                .groupBy("night")
                .count()
                .select("count")
                .distinct()
                .collectAsList();
        expect(dates.size() == 1, "the folders of the nights have different numbers of rows: %s", dates);
        read(dates.get(0).getLong(0));
        int replaced = kill(kills, "rows" + BOOKS, run -> replacing(1 + run % 2), run -> {
            expect(!areWhole("rows") || expected.contains(content("rows")), "kill %d: %s", run, content("rows"));
        });
        succeed(replacing(2));
        expect(expected.get(1).equals(content("rows")), "the rows are not those of the last run");
        return List.of(killed, replaced);
    }

    private List<String> replacing(int night) {
        List<String> command = new ArrayList<>(scoring(night, "rows"));
        command.add(OVERWRITE);
        return command;
    }

    private boolean areWhole(String rows) throws IOException {
        return place(rows).store().get(new Path(store.path(rows), "_SUCCESS")).isPresent();
    }

    /** Lets pandas and DuckDB count the rows of the nights; those in HDFS, of which they have no client, in a copy. */
    private void read(long rows) throws IOException, InterruptedException {
        Path nights = new Path(store.path("nights"));
        if (store.name().equals("hdfs")) {
            Path copy = new Path(folder.resolve("copy").toUri());
            nights.getFileSystem(store.hadoop()).copyToLocalFile(nights, copy);
            nights = copy;
        }
        Process reader = new ProcessBuilder(
                        System.getenv("DRILL_PYTHON"),
                        "src/bench/python/rows.py",
                        nights.toString(),
                        Long.toString(rows))
                .inheritIO()
                .start();
        expect(reader.waitFor() == 0, "another reader finds other rows");
    }

    /** Kills the retraining of each night, which succeeds at last, so that both registries are the same. */
    private int retrain() throws IOException, InterruptedException {
        for (int night = 1; night <= NIGHTS; night++) {
            longest = succeed(retraining(UNDISTURBED, night, "night-" + night));
        }
        int killed = 0;
        for (int night = 1; night <= NIGHTS; night++) {
            List<String> command = retraining(KILLED, night, "night-" + night);
            int times = kills * night / NIGHTS - kills * (night - 1) / NIGHTS;
            killed += kill(times, KILLED, run -> command, run -> whole(KILLED));
            succeed(command);
        }
        State expected = whole(UNDISTURBED);
        State found = whole(KILLED);
        expect(found.champions().equals(expected.champions()), "the champions are %s", found.champions());
        expected.versions().forEach((run, version) -> { // the digest does not depend on times and paths
            String model = found.version(run).orElse(version).digests().get("model");
            expect(model.equals(version.digests().get("model")), "%s has another model", run);
        });
        expect(found.versions().keySet().equals(expected.versions().keySet()), "the versions are %s", found.versions());
        return killed;
    }

    /**
     * Kills retrainings of a directory to which rows are added before the retry, half of them when their version is in
     * the log. The retry must publish or reject it. Returns how many were killed, and how many of them had a version.
     */
    private List<Integer> change() throws IOException, InterruptedException {
        java.nio.file.Path rows = Files.createDirectory(folder.resolve(CHANGED));
        write(rows.resolve("0.csv"), Readings.USUAL.lines(0));
        write(java.nio.file.Path.of(config(CHANGED, 0)), Readings.configuration(rows.toString(), store.path(CHANGED)));
        longest = succeed(retraining(CHANGED, 0, "first"));
        int killed = 0;
        int trained = 0;
        for (int run = 1; run <= kills; run++) {
            String name = "changed-" + run;
            List<String> command = new ArrayList<>(retraining(CHANGED, 0, name));
            command.add("--fail-if-rejected");
            Process process = start(command);
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextLong(longest / 3, longest));
            while (process.isAlive()
                    && (run % 2 == 0 ? System.nanoTime() < end : version(name).isEmpty())) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            killed += process.isAlive() ? 1 : 0;
            JobProcess.kill(process.toHandle());
            process.waitFor();
            forget(CHANGED);
            trained += version(name).filter(found -> !found.isPublished()).isPresent() ? 1 : 0;
            write(rows.resolve(run + ".csv"), Readings.USUAL.moved(0.5 * run).lines(run));
            int code = start(command).waitFor();
            expect(code == 0 || code == 4, "%s ends with %d; see %s", name, code, folder.resolve("log.txt"));
            expect(whole(CHANGED).version(name).isPresent(), "%s has no version", name);
        }
        return List.of(killed, trained);
    }

    private Optional<State.Version> version(String run) {
        return place(CHANGED).log().newest().version(run);
    }

    /** Kills runs that prune a registry of old runs, and lets each succeed then. */
    private int prune() throws IOException, InterruptedException {
        longest = succeed(pruning(writeOld("old")));
        return kill(kills, "old", run -> pruning(writeOld("old-" + run)), run -> {
            String name = "old-" + run;
            expect(whole(name).versions().keySet().containsAll(KEPT), "kill %d of prune: lost versions", run);
            succeed(pruning(name));
            expect(whole(name).versions().keySet().equals(KEPT), "prune leaves other versions after kill %d", run);
            int left =
                    place(name).store().list(new Path(store.path(name), "runs")).size();
            expect(left == KEPT.size(), "prune leaves %d directories after kill %d", left, run);
        });
    }

    /** Writes a registry whose runs are eight days old, the last one of them abandoned. */
    private String writeOld(String name) {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofDays(-8));
        Place old = new Place(place(name).store(), store.path(name), "path", clock, UniqueName::next);
        for (int i = 1; i <= 7; i++) {
            RunDirectory run = new RunDirectory(old, Optional.of("old-" + i), OutputMode.ERROR);
            run.begin();
            run.write(true, directory -> run.text(new Path(directory, "file"), run.name()));
            if (i < 7) {
                run.commit(Map.of(), null, Map.of());
            }
        }
        new Registry(old).publish("old-1", true, Optional.empty());
        new Registry(old).publish("old-2", true, Optional.empty());
        return name;
    }

    /** Kills runs of a command at random times, and returns how many were killed before their end. */
    private int kill(int times, String place, IntFunction<List<String>> command, Check check)
            throws IOException, InterruptedException {
        int killed = 0;
        for (int run = 0; killed < times && run < 2 * times; run++) {
            Process process = start(command.apply(run));
            boolean isEnded = process.waitFor(random.nextLong(longest / 3, longest), TimeUnit.MILLISECONDS);
            JobProcess.kill(process.toHandle());
            process.waitFor();
            forget(place);
            killed += isEnded ? 0 : 1;
            check.of(run);
        }
        return killed;
    }

    /** Deletes the heartbeats, for which the next run would wait half a minute. No result depends on them. */
    private Path forget(String place) throws IOException {
        Path status = new Path(store.path(place), "status");
        place(place).store().delete(status);
        return status;
    }

    /** Starts two runs on one registry, of two names or of the same one, and returns how many were refused. */
    private int pair(int pair) throws IOException, InterruptedException {
        List<String> runs = List.of("pair-" + pair, pair % 2 == 0 ? "pair-" + pair : "other-" + pair);
        List<Process> processes = new ArrayList<>();
        for (String run : runs) {
            processes.add(start(retraining(UNDISTURBED, 1, run)));
        }
        int refused = 0;
        for (Process process : processes) {
            int code = process.waitFor();
            expect(code == 0 || code == 1, "a run of pair %d ended with %d", pair, code);
            refused += code;
        }
        expect(whole(UNDISTURBED).versions().keySet().containsAll(runs), "a version of pair %d is lost", pair);
        return refused;
    }

    /**
     * Stops a run at a random time, lets another one do the same work, and lets the first one go on. Returns its exit
     * code, which is 1 if its work is not in the log.
     */
    private int stop(String name, List<String> command) throws IOException, InterruptedException {
        Path status = forget(name);
        Place place = place(name);
        Process first = start(command);
        while (first.isAlive() && place.store().list(status).isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        first.waitFor(random.nextLong(longest), TimeUnit.MILLISECONDS);
        JobProcess.signal(first.toHandle(), "STOP");
        String file = place.store().list(status).get(0);
        succeed(command);
        State state = whole(name);
        JobProcess.signal(first.toHandle(), "CONT");
        int code = first.waitFor();
        String message = new String(place.store().get(new Path(status, file)).orElseThrow());
        boolean isDone = place.log().all().stream()
                .flatMap(before -> before.versions().keySet().stream())
                .anyMatch(version -> file.startsWith(version + "."));
        expect(code == (isDone ? 0 : 1), "the stopped run ended with %d: %s", code, message);
        expect(isDone || message.contains(state.current().orElseThrow()), "no other run is named: %s", message);
        boolean isSame = whole(name).versions().equals(state.versions())
                && place.log().newest().champions().equals(state.champions());
        expect(isSame, "the stopped run has changed %s: %s", name, message);
        return code;
    }

    /** Runs a command that must end with 0, and returns the milliseconds. */
    private long succeed(List<String> command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        int code = start(command).waitFor();
        expect(code == 0, "%s ends with %d; see %s", command, code, folder.resolve("log.txt"));
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private Process start(List<String> command) throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(store.options());
        return JobProcess.latent(folder.resolve("log.txt"), arguments.toArray(String[]::new));
    }

    private Place place(String name) {
        return new Place(store.hadoop(), store.path(name), "path");
    }

    /** Returns the newest state of a place, and checks that all files are there that it names. */
    private State whole(String name) {
        Place place = place(name);
        State state = place.log().newest();
        try {
            state.versions().values().forEach(new Registry(place)::verify);
        } catch (RuntimeException e) {
            expect(false, "%s: %s", name, e.getMessage());
        }
        return state;
    }

    /** Returns a digest of a model or of scores, or why it cannot be read, which is no digest. */
    private String content(String output) {
        try {
            if (output.startsWith("model")) {
                Place place = place(output);
                String path = place.directory(place.log().newest().current().orElseThrow())
                        .toString();
                return SavedModels.any(spark, path).fingerprint();
            }
            return spark.read()
                    .parquet(store.path(output))
                    .selectExpr("count(*)", "bit_xor(xxhash64(to_json(struct(*))))")
                    .first()
                    .toString();
        } catch (Exception e) { // includes AnalysisException, which Scala does not declare
            return e.toString();
        }
    }
}
