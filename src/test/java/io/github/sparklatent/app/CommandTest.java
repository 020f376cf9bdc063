package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.SavedContent;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Stop;
import io.github.sparklatent.ml.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** For tests that type a command and look at what came of it. */
@Tag("slow")
public abstract class CommandTest {
    public static SparkSession spark;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        spark = LocalSpark.session();
    }

    /** What a command did. */
    record Ended(int code, String out, String err) {}

    /** Types a command. */
    static Ended latent(String... arguments) {
        return latent(Stop.none(), false, text -> {}, arguments);
    }

    /** Types a command on a terminal that shows its lines to somebody. */
    static Ended latent(
            Stop stop, boolean terminal, java.util.function.Consumer<String> onlooker, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream watched = new PrintStream(err, true, StandardCharsets.UTF_8) {
            @Override
            public void print(String text) {
                super.print(text);
                onlooker.accept(text);
            }
        };
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), watched, terminal);
        int code = Latent.run(console, stop, arguments);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Types a command with a configuration of these lines. */
    Ended run(String command, String... lines) {
        return run(folder, command, lines);
    }

    /** Types a command of one or two words in a folder that the tests of a class share. */
    static Ended run(Path folder, String command, String... lines) {
        return latent(with(command.split(" "), "--config", configuration(folder, lines)));
    }

    /** Trains until a line of progress has this text, then as after a signal. */
    Ended stopped(String text, String... lines) {
        Stop stop = Stop.none();
        return latent(
                stop,
                true,
                line -> {
                    if (line.contains(text)) {
                        stop.request();
                    }
                },
                "train",
                "--config",
                configuration(lines));
    }

    /** A command that has to end well. */
    static Ended done(Ended ended) {
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended;
    }

    /** The figures that a command has left in a result directory. */
    Map<String, Object> metrics(String result) throws IOException {
        return Json.parse(Files.readString(folder.resolve(result).resolve("metrics.json")));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> section(Map<String, Object> metrics, String name) {
        return (Map<String, Object>) metrics.get(name);
    }

    /** Writes a configuration; {@code DIR} in its lines stands for the test's folder. */
    String configuration(String... lines) {
        return configuration(folder, lines);
    }

    private static String configuration(Path folder, String... lines) {
        String text = String.join("\n", lines).replace("DIR", folder.toString());
        return write(folder, "job.conf", text);
    }

    /** Writes a file of these lines. */
    String write(String name, String... lines) {
        return write(folder, name, lines);
    }

    /** Writes a file of these lines into a folder that the tests of a class share. */
    static String write(Path folder, String name, String... lines) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, List.of(lines));
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** These lines and further ones. */
    static String[] with(String[] lines, String... further) {
        return Stream.concat(Stream.of(lines), Stream.of(further)).toArray(String[]::new);
    }

    /** A header and as many lines. */
    static String[] lines(String header, int count, IntFunction<String> line) {
        return with(
                new String[] {header}, IntStream.range(0, count).mapToObj(line).toArray(String[]::new));
    }

    /** Reads a table of the test's folder, with the types that its cells look like. */
    Dataset<Row> readCsv(String name) {
        return spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(current(name).toString());
    }

    /** The newest result of an output, or a file. */
    Path current(String name) {
        Path result = folder.resolve(name + "/current");
        return Files.exists(result) ? result : folder.resolve(name);
    }

    /** Copies a directory and all under it to a place where nothing is. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of two clear groups in x and y, with their group and a number of their own. */
    static String[] groups(int rows) {
        return lines(
                "row,x,y,group",
                rows,
                i -> "%d,%s,%s,%s"
                        .formatted(
                                i, i % 2 * 10 + Math.sin(i), i % 2 * 5 + Math.cos(3 * i), i % 2 == 0 ? "even" : "odd"));
    }

    /** A training on {@link #groups} in {@code groups.csv} without a report, and further lines. */
    String[] training(String... further) {
        String[] lines = {
            "data { path = \"DIR/groups.csv\", format = csv, id = row }",
            "data.features = [x, y], data.label = group",
            "model.components = 2, output { path = \"DIR/out\", report = false }"
        };
        return with(lines, further);
    }

    /** All files under a folder with their content, but for links and how commands have ended. */
    static Map<String, String> snapshot(Path root) {
        if (!Files.exists(root)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.getParent().endsWith("status"))
                    .collect(Collectors.toMap(
                            file -> root.relativize(file).toString(), CommandTest::hex, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hex(Path file) {
        try {
            return java.util.HexFormat.of().formatHex(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parameters of a saved mixture, bit for bit. */
    static JsonNode parameters(Path result) {
        return parameters(result, "gmm");
    }

    /** The parameters of a saved model, bit for bit. */
    static JsonNode parameters(Path result, String stage) {
        return SavedContent.parameters(result.resolve("model/stages/0_" + stage));
    }

    /** The command has said why it did nothing, in a sentence and nothing else. */
    static void assertRefused(Ended ended, int code, String... parts) {
        assertThat(ended.err()).as("standard error").contains(parts);
        assertThat(ended.code()).as("exit code; it said: %s", ended.err()).isEqualTo(code);
        assertThat(ended.out()).as("standard output").isEmpty();
        assertThat(ended.err()).as("no stack trace").doesNotContain("\tat ", "Exception", "internal error");
    }

    /** Names in the folder, the hidden ones too. */
    List<String> names() {
        return Arrays.stream(Objects.requireNonNull(folder.toFile().list()))
                .sorted()
                .toList();
    }

    /** Names of the checkpoints of all trainings of an output. */
    List<String> checkpoints(String output) {
        try (Stream<Path> files = Files.walk(folder.resolve(output))) {
            return files.filter(file -> file.getParent().getParent().endsWith("state"))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The newest status of an output or a registry. */
    Map<String, Object> status(String place) {
        Path rows = folder.resolve(place + "/_spark-latent");
        Path kept = Files.exists(rows) ? rows : folder.resolve(place);
        try (Stream<Path> files = Files.list(kept.resolve("status"))) {
            Path newest = files.max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow();
            return Json.parse(Files.readString(newest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
