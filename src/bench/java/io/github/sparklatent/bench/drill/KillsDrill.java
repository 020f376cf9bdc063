package io.github.sparklatent.bench.drill;

import io.github.sparklatent.app.registry.Entry;
import io.github.sparklatent.app.registry.History;
import io.github.sparklatent.app.registry.Registry;
import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.ml.Families;
import io.github.sparklatent.ml.core.ResultLocation;
import io.github.sparklatent.ml.core.SavedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Kills processes of train, score, retrain and prune at random times, from their start to their end, and starts two
 * retrainings at once; their results are local files, in HDFS and in S3. After each kill the result of an earlier run
 * must be whole, and the next run must succeed.
 */
@Command(
        name = "kills",
        description =
                "Kills train, score, retrain and prune on local files, HDFS and S3, and runs two retrains at once.")
final class KillsDrill extends DrillCommand {
    private static final int NIGHTS = 3;
    private static final String UNDISTURBED = "undisturbed";
    private static final String KILLED = "killed";
    private static final String PRUNED = "pruned";

    @Option(names = "--kills", description = "Kills of each command on each store (${DEFAULT-VALUE}).")
    private int kills = 25;

    @Option(names = "--pairs", description = "Pairs of retrainings at once on each store (${DEFAULT-VALUE}).")
    private int pairs = 10;

    @Option(names = "--store", split = ",", defaultValue = Store.ALL, description = Store.OPTION)
    private List<String> stores;

    private Path folder;
    private Store store;
    private FileSystem files;
    private Random random;
    private SparkSession spark;

    /** A check of what a kill has left; its argument is the number of runs before. */
    private interface Check {
        void of(int run) throws IOException, InterruptedException;
    }

    @Override
    String run(Path empty, Random faults) throws IOException, InterruptedException {
        random = faults;
        kills = isShort() ? 6 : kills;
        pairs = isShort() ? 2 : pairs;
        MarkdownTable table = new MarkdownTable(2, "store", "part", "faults", "outcome");
        try (SparkSession session = SparkSession.builder().getOrCreate()) {
            spark = session;
            spark.sparkContext().setLogLevel("ERROR");
            for (String name : stores) {
                folder = Files.createDirectory(empty.resolve(name));
                try (Store opened = Store.named(name, folder)) {
                    store = opened;
                    files = new org.apache.hadoop.fs.Path(store.base()).getFileSystem(store.hadoop());
                    run(table);
                }
            }
        }
        return table.toString();
    }

    private void run(MarkdownTable table) throws IOException, InterruptedException {
        store.settings().forEach(spark.sparkContext().hadoopConfiguration()::set);
        for (int night = 1; night <= NIGHTS; night++) {
            Path rows = folder.resolve(name(night) + ".csv");
            write(rows, Readings.USUAL.moved(2.0 * night).lines(night));
            write(folder.resolve(name(night) + ".conf"), Readings.training(rows + ""));
            for (String registry : List.of(UNDISTURBED, KILLED)) {
                write(
                        folder.resolve(registry + "-" + name(night) + ".conf"),
                        Readings.configuration(rows + "", store.path(registry)));
            }
        }
        row(table, "train", train(), "the model before or the new one");
        row(table, "score", score(), "the scores before or the new ones");
        row(table, "retrain", retrain(), "the versions and decisions of the undisturbed registry");
        int refused = 0;
        for (int pair = 1; pair <= pairs; pair++) {
            refused += pair(pair);
        }
        row(
                table,
                "two retrains at once",
                "%d pairs, %d runs refused".formatted(pairs, refused),
                "one champion, whole versions");
        row(table, "prune", prune(), "the versions that an undisturbed prune leaves");
    }

    private static String name(int night) {
        return "night-" + night;
    }

    private void row(MarkdownTable table, String command, int killed, String outcome) {
        row(table, command + " killed", "%d of %d runs killed before their end".formatted(killed, kills), outcome);
    }

    private void row(MarkdownTable table, String part, String faults, String outcome) {
        table.row(store.name(), part, faults, outcome);
        System.err.printf("| %s | %s | %s | %s |%n", store.name(), part, faults, outcome);
    }

    /** Kills trainings on two tables in turn, which replace each other's model. */
    private int train() throws IOException, InterruptedException {
        return replace("model", this::training, this::fingerprint);
    }

    /** Kills runs that score a table with two models in turn, which replace each other's scores. */
    private int score() throws IOException, InterruptedException {
        return replace("scores", this::scoring, this::lines);
    }

    private List<String> training(int night, String output) {
        return List.of("train", "--config", config(name(night)), "--set", set("output.path", output));
    }

    private List<String> scoring(int night, String output) {
        return List.of(
                "score",
                "--config",
                config(name(1)),
                "--set",
                set("model.path", "model-" + night),
                "--set",
                set("output.path", output));
    }

    private String config(String name) {
        return folder.resolve(name + ".conf").toString();
    }

    private String set(String key, String name) {
        return "%s=\"%s\"".formatted(key, store.path(name));
    }

    /**
     * Kills runs of a command that writes two results in turn. After each kill the output must be one of the two.
     *
     * @param command arguments that write the result of night 1 or 2 to an output
     * @param content what the result at a path contains
     * @return how many runs were killed before their end
     */
    private int replace(String output, BiFunction<Integer, String, List<String>> command, UnaryOperator<String> content)
            throws IOException, InterruptedException {
        List<String> expected = new ArrayList<>();
        long longest = 0;
        for (int night = 1; night <= 2; night++) {
            longest = Math.max(longest, time(command.apply(night, output + "-" + night)));
            expected.add(content.apply(store.path(output + "-" + night)));
        }
        expect(!expected.get(0).equals(expected.get(1)), "two nights have the same %s", output);
        time(command.apply(2, output));
        String path = store.path(output);
        int killed = kill(
                kills,
                longest,
                run -> overwriting(command.apply(1 + run % 2, output)),
                run -> expect(
                        expected.contains(content.apply(path)), "kill %d of %s: %s", run, output, content.apply(path)));
        expect(content.apply(path).equals(expected.get(kills % 2)), "%s is not that of the last run", output);
        List<String> left = names(store.base()).stream()
                .filter(name -> name.startsWith("." + output + ".") || name.startsWith(output + "."))
                .filter(name -> !name.equals(output + ".status.json"))
                .filter(name -> !name.startsWith("model.checkpoint")) // of the other training, which may go on
                .toList();
        expect(left.isEmpty(), "beside %s is left: %s", output, left);
        if (!store.renames()) { // the one before stays for its readers
            List<String> versions = names(path + "/" + ResultLocation.VERSIONS);
            expect(versions.size() <= 2, "%s has the versions %s", output, versions);
        }
        return killed;
    }

    private List<String> names(String directory) throws IOException {
        return Arrays.stream(files.listStatus(new org.apache.hadoop.fs.Path(directory)))
                .map(file -> file.getPath().getName())
                .sorted()
                .toList();
    }

    private static List<String> overwriting(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--set", "output.overwrite=true"));
        return arguments;
    }

    /** Kills the retraining of each night, which succeeds at last. */
    private int retrain() throws IOException, InterruptedException {
        long longest = 0;
        for (int night = 1; night <= NIGHTS; night++) {
            longest = Math.max(longest, time(retraining(UNDISTURBED, night, name(night))));
        }
        int killed = 0;
        for (int night = 1; night <= NIGHTS; night++) {
            List<String> command = retraining(KILLED, night, name(night));
            int times = kills * night / NIGHTS - kills * (night - 1) / NIGHTS;
            killed += kill(times, longest, run -> command, run -> readable(KILLED));
        }
        compareWithUndisturbed();
        return killed;
    }

    private List<String> retraining(String registry, int night, String run) {
        return List.of("registry", "retrain", "--config", config(registry + "-" + name(night)), "--run-id", run);
    }

    /** Kills runs that prune a copy of the registry, and lets each succeed then. */
    private int prune() throws IOException, InterruptedException {
        write(folder.resolve(PRUNED + ".conf"), Readings.configuration(folder + "/night-1.csv", store.path(PRUNED)));
        List<String> command = List.of("registry", "prune", "--config", config(PRUNED), "--set", "registry.keep=1");
        copyRegistry();
        long longest = time(command);
        List<String> expected = versions();
        copyRegistry();
        return kill(kills, longest, run -> command, run -> {
            readable(PRUNED);
            expect(start(command).waitFor() == 0, "prune does not succeed after kill %d", run);
            expect(
                    versions().equals(expected),
                    "prune leaves %s after kill %d, expected %s",
                    versions(),
                    run,
                    expected);
            copyRegistry();
        });
    }

    private void copyRegistry() throws IOException {
        org.apache.hadoop.fs.Path copy = new org.apache.hadoop.fs.Path(store.path(PRUNED));
        files.delete(copy, true);
        FileUtil.copy(
                files, new org.apache.hadoop.fs.Path(store.path(UNDISTURBED)), files, copy, false, store.hadoop());
    }

    private List<String> versions() throws IOException {
        return names(store.path(PRUNED) + "/versions");
    }

    /**
     * Kills runs of a command at random times, then lets one succeed.
     *
     * @param longest milliseconds of an undisturbed run
     * @return how many runs were killed before their end
     */
    private int kill(int times, long longest, IntFunction<List<String>> command, Check check)
            throws IOException, InterruptedException {
        int killed = 0;
        for (int run = 0; run < times; run++) {
            Process process = start(command.apply(run));
            boolean ended = process.waitFor(random.nextLong(longest), TimeUnit.MILLISECONDS);
            JobProcess.kill(process.toHandle());
            process.waitFor();
            killed += ended ? 0 : 1;
            check.of(run);
        }
        List<String> last = command.apply(times);
        expect(start(last).waitFor() == 0, "%s does not succeed after the kills", last);
        check.of(times);
        return killed;
    }

    /** Returns the milliseconds of a run without a fault. */
    private long time(List<String> command) throws IOException, InterruptedException {
        long began = System.nanoTime();
        if (start(command).waitFor() != 0) {
            throw new IllegalStateException("%s fails without a fault; see log.txt".formatted(command));
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private Process start(List<String> command) throws IOException {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(store.options());
        return JobProcess.latent(folder.resolve("log.txt"), arguments.toArray(String[]::new));
    }

    /** Checks that the log can be read and that its champion is a whole model. */
    private void readable(String name) {
        Registry opened = registry(name);
        History history = opened.history();
        history.champion().ifPresent(run -> expect(opened.versions().holds(run), "the champion %s is not whole", run));
    }

    private void compareWithUndisturbed() {
        Registry expected = registry(UNDISTURBED);
        Registry found = registry(KILLED);
        expect(
                decisions(expected.history()).equals(decisions(found.history())),
                "the decisions are %s, expected %s",
                decisions(found.history()),
                decisions(expected.history()));
        for (int night = 1; night <= NIGHTS; night++) {
            expect(
                    fingerprint(found.versions().path(name(night)))
                            .equals(fingerprint(expected.versions().path(name(night)))),
                    "%s has other parameters",
                    name(night));
        }
    }

    private Registry registry(String name) {
        return new Registry(store.hadoop(), store.path(name));
    }

    /** Returns the decisions without repetitions: a killed comparison is made again. */
    private static List<String> decisions(History history) {
        LinkedHashSet<String> decisions = new LinkedHashSet<>();
        for (Entry entry : history.entries()) {
            decisions.add(entry.kind() + " " + entry.subject() + entry.outcome());
        }
        return new ArrayList<>(decisions);
    }

    /** Returns the digest of a model, or why it cannot be read, which is no model's digest. */
    private String fingerprint(String model) {
        try {
            return SavedModels.any(spark, model, Families.types().first()).fingerprint();
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }

    /** Returns the number of a table's lines and their digest, or why they cannot be read. */
    private String lines(String table) {
        try {
            return spark.read()
                    .text(ResultLocation.current(store.hadoop(), new org.apache.hadoop.fs.Path(table))
                            .toString())
                    .selectExpr("count(*)", "bit_xor(xxhash64(value))")
                    .first()
                    .toString();
        } catch (IOException | RuntimeException e) {
            return e.getMessage();
        }
    }

    /** Starts two runs of different names on one registry, and returns how many were refused. */
    private int pair(int pair) throws IOException, InterruptedException {
        List<String> runs = List.of("pair-%d-a".formatted(pair), "pair-%d-b".formatted(pair));
        Process first = start(retraining(UNDISTURBED, 1, runs.get(0)));
        Process second = start(retraining(UNDISTURBED, 1, runs.get(1)));
        int refused = 0;
        for (Process process : List.of(first, second)) {
            int code = process.waitFor();
            expect(code == 0 || code == 1, "a run of pair %d ended with %d", pair, code);
            refused += code == 1 ? 1 : 0;
        }
        readable(UNDISTURBED);
        for (String run : runs) {
            expect(registry(UNDISTURBED).versions().holds(run), "the version %s is lost", run);
        }
        return refused;
    }
}
