package io.github.sparklatent.bench.drill;

import io.github.sparklatent.bench.report.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A drill. It prints the seed that repeats it, and its results as a table in Markdown. */
abstract class DrillCommand implements Callable<Integer> {
    @Option(names = "--short", description = "A few faults only, in minutes.")
    private boolean isShort;

    @Option(names = "--seed", description = "Seed of the faults (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Spec
    private CommandSpec spec;

    private int faults;

    /** Runs the drill in an empty folder and returns its results in Markdown. */
    abstract String run(Path folder, Random random) throws Exception;

    long seed() {
        return seed;
    }

    boolean isShort() {
        return isShort;
    }

    /** Reports a fault unless a condition holds. */
    void expect(boolean holds, String message, Object... values) {
        if (!holds) {
            faults++;
            System.err.println("FAULT: " + message.formatted(values));
        }
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Path.of("target", "drill", spec.name()).toAbsolutePath();
        delete(folder);
        Files.createDirectories(folder);
        System.err.printf("drill %s, --seed %d%n", spec.name(), seed);
        String result = run(folder, new Random(seed));
        System.out.printf(
                "%s%n%d faults. %s; %s.%n`jobs/drill %s%s --seed %d` wrote this.%n",
                result, faults, Machine.description(), Machine.hour(), spec.name(), isShort ? " --short" : "", seed);
        return faults == 0 ? 0 : 1;
    }

    /** Writes a file of lines. */
    static void write(Path file, List<String> lines) throws IOException {
        Files.write(file, lines);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
