package io.github.sparklatent.bench.drill;

import io.github.sparklatent.bench.report.MarkdownTable;
import io.github.sparklatent.cluster.storage.HadoopStore;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Two processes create the same files if they are absent. Of each file one process must be the creator. */
@Command(name = "contract", description = "Two processes create the same files on local files, HDFS and S3.")
final class ContractDrill extends DrillCommand {
    private static final int ROUNDS = 1000;

    @Option(names = "--store", split = ",", defaultValue = Store.ALL, description = Store.OPTION)
    private List<String> stores;

    @Override
    String run(Path folder, Random random) throws IOException {
        MarkdownTable table =
                new MarkdownTable(1, "store", "rounds", "this process", "the other process", "both or none");
        Configurator.setLevel("org.apache.hadoop.hdfs.StateChange", Level.ERROR); // it warns of each file that exists
        for (String name : stores) {
            try (Store store = Store.named(name, folder)) {
                int[] wins = wins(store, folder.resolve(name + ".txt"), isShort() ? ROUNDS / 10 : ROUNDS);
                expect(wins[2] == 0, "%s: both or none have created %d files", name, wins[2]);
                expect(wins[0] > 0 && wins[1] > 0, "%s: one process was always first", name);
                table.row(name, wins[0] + wins[1] + wins[2], wins[0], wins[1], wins[2]);
            }
        }
        return table.toString();
    }

    /** Returns how many files this process has created, how many the other one, and how many both or none. */
    private int[] wins(Store store, Path log, int rounds) throws IOException {
        // The jars of Spark's command line are not on Java's own class path.
        URLClassLoader jars = (URLClassLoader) Thread.currentThread().getContextClassLoader();
        String classes = Stream.concat(
                        Stream.of(store.site().toString(), System.getProperty("java.class.path")),
                        Arrays.stream(jars.getURLs()).map(url -> url.getPath()))
                .collect(Collectors.joining(File.pathSeparator));
        Process other = new ProcessBuilder("java", "-cp", classes, ContractDrill.class.getName(), store.base())
                .redirectError(log.toFile())
                .start();
        HadoopStore files = new HadoopStore(store.hadoop(), new org.apache.hadoop.fs.Path(store.base()));
        int[] wins = new int[3];
        try (PrintStream starts = new PrintStream(other.getOutputStream(), true, StandardCharsets.UTF_8);
                BufferedReader answers = other.inputReader(StandardCharsets.UTF_8)) {
            answers.readLine(); // it has started
            for (int round = 0; round < rounds; round++) {
                starts.println(round);
                boolean isOurs = put(files, store.base(), round, "this");
                boolean isTheirs = Boolean.parseBoolean(answers.readLine());
                String found = new String(files.get(file(store.base(), round)).orElseThrow(), StandardCharsets.UTF_8);
                boolean isOne = isOurs != isTheirs && found.equals(content(round, isOurs ? "this" : "other"));
                wins[isOne ? isOurs ? 0 : 1 : 2]++;
            }
        } finally {
            other.destroy();
        }
        return wins;
    }

    /** The other process: creates the file of each number that it reads. */
    public static void main(String[] arguments) throws IOException {
        String base = arguments[0];
        HadoopStore files = new HadoopStore(new Configuration(), new org.apache.hadoop.fs.Path(base));
        put(files, base, -1, "other"); // its first call is slow
        System.out.println();
        BufferedReader starts = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String round = starts.readLine(); round != null; round = starts.readLine()) {
            System.out.println(put(files, base, Integer.parseInt(round), "other"));
        }
    }

    private static boolean put(HadoopStore files, String base, int round, String process) throws IOException {
        return files.putIfAbsent(file(base, round), content(round, process).getBytes(StandardCharsets.UTF_8));
    }

    private static org.apache.hadoop.fs.Path file(String base, int round) {
        return new org.apache.hadoop.fs.Path(base, "contract/" + round);
    }

    private static String content(int round, String process) {
        return "%d of %s process".formatted(round, process);
    }
}
