package io.github.sparklatent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that prints the slowest test classes of a build from the reports of Surefire. The build runs it after the
 * tests.
 */
final class SlowestTests {
    private static final int SHOWN = 30;

    /** The first element of a report: of a test class, its seconds and the number of its tests. */
    private static final Pattern SUITE =
            Pattern.compile("<testsuite [^>]*?name=\"([^\"]+)\" time=\"([0-9.,]+)\" tests=\"(\\d+)\"");

    private SlowestTests() {}

    private record Suite(String name, double seconds, int tests) {}

    /**
     * Prints the classes, slowest first, and a line about all.
     *
     * @param arguments the directory of the reports, and the time when the build started; older reports are of other
     *     builds
     */
    public static void main(String[] arguments) throws IOException {
        Path reports = Path.of(arguments[0]);
        if (!Files.isDirectory(reports)) {
            return;
        }
        List<Suite> suites = suites(reports, Instant.parse(arguments[1]));
        suites.stream()
                .limit(SHOWN)
                .forEach(suite -> System.out.printf(
                        Locale.ROOT, "%8.1f s  %5d tests  %s%n", suite.seconds(), suite.tests(), suite.name()));
        System.out.printf(
                Locale.ROOT,
                "%8.1f s  %5d tests  in %d classes%n",
                suites.stream().mapToDouble(Suite::seconds).sum(),
                suites.stream().mapToInt(Suite::tests).sum(),
                suites.size());
    }

    private static List<Suite> suites(Path reports, Instant since) throws IOException {
        List<Suite> suites = new ArrayList<>();
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
                    continue;
                }
                Matcher suite = SUITE.matcher(Files.readString(file));
                if (suite.find()) {
                    suites.add(new Suite(
                            suite.group(1),
                            Double.parseDouble(suite.group(2).replace(",", "")),
                            Integer.parseInt(suite.group(3))));
                }
            }
        }
        suites.sort(Comparator.comparingDouble(Suite::seconds).reversed());
        return suites;
    }
}
