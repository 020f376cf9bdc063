package io.github.sparklatent.bench.kernels;

import io.github.sparklatent.learn.Require;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What a person asks of the benchmark of kernels.
 *
 * @param cases to run
 * @param json file for the results
 * @param readme whether to write the table into the README
 */
record KernelOptions(List<KernelCase> cases, Optional<Path> json, boolean readme) {
    /** Asks for the benchmark of kernels. */
    static final String OPTION = "--kernels";

    /**
     * @throws IllegalArgumentException for an option that does not exist or has no fitting value
     */
    static KernelOptions parse(String... arguments) {
        KernelOptions options = new KernelOptions(KernelCase.all(), Optional.empty(), false);
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            options = options.with(words.next(), words);
        }
        return options;
    }

    private KernelOptions with(String option, Iterator<String> words) {
        return switch (option) {
            case OPTION -> this;
            case "--readme" -> new KernelOptions(cases, json, true);
            case "--json" ->
                    new KernelOptions(cases, Optional.of(Path.of(value(option, words))), readme);
            case "--only" -> new KernelOptions(matching(value(option, words)), json, readme);
            default ->
                    throw new IllegalArgumentException(
                            "the option \"%s\" does not exist with %s; --help lists them"
                                    .formatted(option, OPTION));
        };
    }

    private static String value(String option, Iterator<String> words) {
        Require.that(words.hasNext(), "%s has no value after it", option);
        return words.next();
    }

    /** The cases that match one of some globs with semicolons between them. */
    private static List<KernelCase> matching(String globs) {
        List<KernelCase> cases =
                KernelCase.all().stream()
                        .filter(
                                one ->
                                        Arrays.stream(globs.split(";"))
                                                .anyMatch(glob -> matches(glob, one.name())))
                        .toList();
        Require.that(!cases.isEmpty(), "no case matches \"%s\"", globs);
        return cases;
    }

    private static boolean matches(String glob, String name) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(name));
    }
}
