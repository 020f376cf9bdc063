package io.github.sparklatent.bench.networks;

import io.github.sparklatent.learn.Require;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * What a person asks of the measurements of networks.
 *
 * @param theme measured
 * @param folder of MNIST's four files; null: where they are looked for without the option
 * @param only globs of the runs to measure; empty: all that are not on file
 * @param passes of each run at most, to try things on; 0: as each run has it
 * @param seconds whether only to measure the seconds of runs on file, by three passes of each
 * @param readme whether to write the table into the README
 */
public record NetworkOptions(
        Theme theme, Path folder, List<String> only, int passes, boolean seconds, boolean readme) {
    private static final int TIMED = 3;
    private static final Path MNIST = Path.of("data", "mnist");

    /**
     * @throws IllegalArgumentException for an option that does not exist or has no fitting value
     */
    static NetworkOptions parse(Theme theme, String... arguments) {
        NetworkOptions options = new NetworkOptions(theme, null, List.of(), 0, false, false);
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            options = options.with(words.next(), words);
        }
        return options;
    }

    private NetworkOptions with(String option, Iterator<String> words) {
        if (option.equals(theme.option())) {
            return this;
        }
        return switch (option) {
            case "--readme" -> new NetworkOptions(theme, folder, only, passes, seconds, true);
            case "--seconds" -> new NetworkOptions(theme, folder, only, passes, true, readme);
            case "--data" ->
                    new NetworkOptions(
                            theme, Path.of(value(option, words)), only, passes, seconds, readme);
            case "--only" ->
                    new NetworkOptions(
                            theme,
                            folder,
                            List.of(value(option, words).split(";")),
                            passes,
                            seconds,
                            readme);
            case "--passes" ->
                    new NetworkOptions(theme, folder, only, number(option, words), seconds, readme);
            default ->
                    throw new IllegalArgumentException(
                            "the option \"%s\" does not exist with %s; --help lists them"
                                    .formatted(option, theme.option()));
        };
    }

    /** Whether a folder of MNIST's files was named. */
    boolean hasData() {
        return folder != null;
    }

    /** Where MNIST's files are. */
    Path data() {
        return hasData() ? folder : MNIST;
    }

    private static String value(String option, Iterator<String> words) {
        Require.that(words.hasNext(), "%s has no value after it", option);
        return words.next();
    }

    private static int number(String option, Iterator<String> words) {
        String word = value(option, words);
        Require.that(word.matches("[1-9]\\d{0,5}"), "%s is \"%s\", expected a count", option, word);
        return Integer.parseInt(word);
    }

    /**
     * Whether a run is asked for by name, or, where none is, not on file; whether it is on file
     * where seconds are measured.
     */
    boolean wants(String run, RunFile<?> file) {
        boolean known = file.find(run).isPresent();
        if (seconds && !known) {
            return false;
        }
        return only.isEmpty()
                ? seconds == known
                : only.stream()
                        .anyMatch(
                                glob ->
                                        FileSystems.getDefault()
                                                .getPathMatcher("glob:" + glob)
                                                .matches(Path.of(run)));
    }

    /** Passes of a run that has so many. */
    double limit(double own) {
        if (seconds) {
            return Math.min(own, TIMED);
        }
        return passes == 0 ? own : Math.min(passes, own);
    }
}
