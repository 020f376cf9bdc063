package io.github.sparklatent.bench;

import io.github.sparklatent.bench.networks.NetworkCase;
import io.github.sparklatent.learn.Require;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a person asks of the benchmark.
 *
 * @param cases to run
 * @param systems to run
 * @param passes counted in a measurement
 * @param repetitions of each measurement
 * @param shrink divides the number of rows, to try things on
 * @param images folder of MNIST's four files
 * @param json file for the results
 * @param readme whether to write the tables into the README
 * @param mode what is measured
 */
record BenchOptions(
        List<BenchCase> cases,
        List<String> systems,
        int passes,
        int repetitions,
        int shrink,
        Path images,
        Optional<Path> json,
        boolean readme,
        Mode mode) {
    static final List<String> SYSTEMS =
            Stream.concat(
                            Stream.of(SparkLatent.SYSTEM, Mllib.SYSTEM, ScikitLearn.SYSTEM),
                            NetworkCase.SYSTEMS.stream())
                    .toList();

    private static final List<BenchCase> ALL =
            Stream.<BenchCase>concat(MixtureCase.ALL.stream(), NetworkCase.ALL.stream()).toList();
    private static final Path IMAGES = Path.of("data", "mnist");
    private static final List<String> CLUSTER_CASES = List.of("gmm/A", "gmm/C", "gmm/E");
    private static final String README = "--readme";

    BenchOptions {
        for (String system : systems) {
            Require.that(
                    SYSTEMS.contains(system),
                    "the system is \"%s\", expected one of %s",
                    system,
                    String.join(", ", SYSTEMS));
        }
        Require.that(passes >= 1, "--passes is %d, expected at least 1", passes);
        Require.that(repetitions >= 1, "--repetitions is %d, expected at least 1", repetitions);
    }

    /**
     * @throws IllegalArgumentException for an option that does not exist or has no fitting value
     */
    static BenchOptions parse(String... arguments) {
        Mode mode = mode(arguments);
        Map<String, String> given = words(mode, arguments);
        boolean cluster = mode == Mode.CLUSTER;
        int shrink = number(given, "--shrink", 1);
        Require.that(shrink >= 1, "--shrink is %d, expected at least 1", shrink);
        boolean images = given.containsKey("--data");
        List<String> cases = list(given, "--only", cluster ? CLUSTER_CASES : names(images));
        BenchOptions options =
                new BenchOptions(
                        cases.stream().map(name -> named(name).shrunk(shrink)).toList(),
                        list(given, "--systems", SYSTEMS),
                        number(given, "--passes", 10),
                        number(given, "--repetitions", 5),
                        shrink,
                        images ? Path.of(given.get("--data")) : IMAGES,
                        Optional.ofNullable(given.get("--json")).map(Path::of),
                        given.containsKey(README),
                        mode);
        Require.that(
                !cluster || options.mixtures().size() == cases.size(),
                "--cluster trains mixtures only, --only names %s",
                String.join(", ", cases));
        return options;
    }

    /** Options and their values; of flags none. */
    private static Map<String, String> words(Mode mode, String... arguments) {
        Map<String, String> given = new HashMap<>();
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String option = words.next();
            boolean flag = option.equals(README) || option.equals(mode.option());
            Require.that(
                    flag || mode.takes(option),
                    "the option \"%s\" does not exist here; --help lists them",
                    option);
            Require.that(flag || words.hasNext(), "%s has no value after it", option);
            given.put(option, flag ? "" : words.next());
        }
        return given;
    }

    private static Mode mode(String... arguments) {
        Set<String> words = Set.copyOf(Arrays.asList(arguments));
        return Arrays.stream(Mode.values())
                .filter(one -> words.contains(one.option()))
                .findFirst()
                .orElse(Mode.RACE);
    }

    /** Those without images, or all of them. */
    private static List<String> names(boolean images) {
        List<? extends BenchCase> cases = images ? ALL : MixtureCase.ALL;
        return cases.stream().map(BenchCase::name).toList();
    }

    private static BenchCase named(String name) {
        return ALL.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "the case is \"%s\", expected one of %s"
                                                .formatted(name, String.join(", ", names(true)))));
    }

    /** Those cases that are mixtures. */
    List<MixtureCase> mixtures() {
        return cases.stream()
                .filter(MixtureCase.class::isInstance)
                .map(MixtureCase.class::cast)
                .toList();
    }

    /**
     * The command line that runs one system on one case as these options have it, wherever the
     * images are.
     */
    String command(BenchCase problem, String system) {
        return "jobs/bench --only %s --systems %s --passes %d --repetitions %d%s%s"
                .formatted(
                        problem.name(),
                        system,
                        passes,
                        repetitions,
                        shrink == 1 ? "" : " --shrink " + shrink,
                        problem instanceof NetworkCase ? " --data FOLDER" : "");
    }

    private static List<String> list(
            Map<String, String> given, String option, List<String> otherwise) {
        String words = given.get(option);
        return words == null ? otherwise : List.of(words.split(","));
    }

    private static int number(Map<String, String> given, String option, int otherwise) {
        String word = given.get(option);
        try {
            return word == null ? otherwise : Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s is \"%s\", expected a whole number".formatted(option, word), e);
        }
    }
}
