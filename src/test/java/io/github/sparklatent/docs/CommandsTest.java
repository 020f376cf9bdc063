package io.github.sparklatent.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.Latent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Commands in the documentation can be typed as they are written. */
class CommandsTest {
    private static final Path CONFIGURATIONS = Path.of("conf");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern NAMED_TEST = Pattern.compile("-Dtest=([A-Z]\\w*[a-z]\\w*)");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern OPTION = Pattern.compile("--?[a-zA-Z][a-z-]*");
    private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z]+) {2,}[A-Z]");

    /** Each command with the file that has it. */
    record Typed(String file, String line) {
        List<String> words() {
            return WORD.matcher(line.replaceAll("\\s#.*", ""))
                    .results()
                    .map(word -> word.group().replaceAll("^['\"]|['\"]$", ""))
                    .takeWhile(word -> !word.equals("--"))
                    .toList();
        }
    }

    static List<Typed> commands() {
        List<Typed> commands = new ArrayList<>();
        for (Page page : Page.all()) {
            Stream.concat(page.lines("").stream(), page.code().stream())
                    .filter(line -> line.startsWith("jobs/") || line.startsWith("./mvnw"))
                    .forEach(line -> commands.add(new Typed(page.toString(), line)));
        }
        try (Stream<Path> files = Files.list(CONFIGURATIONS)) {
            files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .forEach(file -> commands.addAll(commented(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return commands;
    }

    /** Commands in the comments of a configuration, some of which go on in the next line. */
    private static List<Typed> commented(Path file) {
        try {
            return Files.readString(file)
                    .replaceAll("\\\\\\n#", " ")
                    .lines()
                    .map(line -> line.replaceFirst("^#\\s*", ""))
                    .filter(line -> line.startsWith("jobs/"))
                    .map(line -> new Typed(file.toString(), line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereAreCommandsToCheck() {
        assertThat(commands())
                .hasSizeGreaterThan(20)
                .anyMatch(typed -> typed.file().startsWith("conf"))
                .anyMatch(typed -> typed.line().startsWith("jobs/latent inspect"));
    }

    @Test
    void scriptsAndTestsExist() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests = files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        assertThat(commands()).allSatisfy(typed -> {
            assertThat(Path.of(typed.words().get(0))).isExecutable();
            assertThat(NAMED_TEST.matcher(typed.line()).results()).allMatch(test -> tests.contains(test.group(1)));
        });
        assertThat(commands())
                .anyMatch(typed -> NAMED_TEST.matcher(typed.line()).find());
    }

    @Test
    void latentKnowsCommandsAndOptions() {
        Set<String> commands = found(COMMAND, help());
        assertThat(commands).hasSizeGreaterThan(4);
        Map<String, Set<String>> options = new TreeMap<>();
        commands.forEach(command -> options.put(command, found(OPTION, help(command))));
        found(COMMAND, help("registry"))
                .forEach(command -> options.put("registry " + command, found(OPTION, help("registry", command))));
        Keys keys = Keys.ofReference();
        List<Typed> typed = commands().stream()
                .filter(command -> command.words().get(0).equals("jobs/latent"))
                .filter(command -> command.words().size() > 1)
                .toList();
        assertThat(typed).hasSizeGreaterThan(10).allSatisfy(command -> {
            List<String> words = command.words();
            String name = words.get(1).equals("registry") ? "registry " + words.get(2) : words.get(1);
            assertThat(options).containsKey(name);
            assertThat(options.get(name))
                    .containsAll(
                            words.stream().filter(word -> word.startsWith("-")).toList());
            assertThat(keys.names()).containsAll(values("--set", words));
            assertThat(values("--config", words))
                    .filteredOn(file -> file.startsWith("conf/"))
                    .allSatisfy(file -> assertThat(Path.of(file)).exists());
        });
    }

    /** What follows an option, up to an equals sign. */
    private static List<String> values(String option, List<String> words) {
        return IntStream.range(1, words.size())
                .filter(i -> words.get(i - 1).equals(option))
                .mapToObj(i -> words.get(i).replaceFirst("=.*", ""))
                .toList();
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(match.groupCount()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The help of the program, or of one of its commands. */
    private static String help(String... command) {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            String[] arguments = Arrays.copyOf(command, command.length + 1);
            arguments[command.length] = "--help";
            assertThat(Latent.run(arguments)).isZero();
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void filesOfConfigurationsExist() {
        List<String> named = Page.all().stream()
                .flatMap(page -> page.code().stream())
                .filter(code -> code.matches("(conf|notebooks|src|jobs)/[\\w./-]+"))
                .toList();
        assertThat(named)
                .hasSizeGreaterThan(10)
                .allSatisfy(file -> assertThat(Path.of(file)).exists());
    }

    @Test
    void thePageOfExitCodesHasThoseOfTheCommand() {
        String help = help();
        Set<String> codes = found(NUMBER, help.substring(help.indexOf("Exit codes:")));

        assertThat(Page.of(Page.SITE.resolve("reference/exit-codes.md")).firstCells())
                .containsExactlyInAnyOrderElementsOf(codes);
    }
}
