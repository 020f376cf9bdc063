package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LoggedWarnings;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Rows of CSV files with fewer or more fields than the header. */
class RaggedRowsTest extends BadInputContract {
    /** The fourth and the sixth row have one and three fields. */
    private static final String[] RAGGED = {"x,y", "1,2", "2,3", "", "7", "3,5", "8,9,10", "7,8", "9,7"};

    private Ended trainOn(String path, String... further) {
        return run(
                "train",
                "data { path = \"DIR/" + path + "\", format = csv, holdout.fraction = 0 }",
                "model.components = 2",
                "output { path = \"DIR/out\", overwrite = true, report = false }",
                String.join(", ", further));
    }

    @Test
    void endTheJobWithTheirNumberAndFile() {
        refused(train("", RAGGED), 3, "data.path", "2 of 7 rows do not fit the 2 columns of the header", "table.csv");
    }

    @Test
    void areSkipped() {
        try (LoggedWarnings logged = LoggedWarnings.of(LoggedWarnings.class)) {
            Ended ended = train("data.invalid = skip", RAGGED);
            skipped(ended, 5, 2);
            assertThat(ended.out()).contains("2 of 7 rows", "left out");
            assertThat(logged.sentences())
                    .filteredOn(text -> text.contains("2 of 7 rows"))
                    .hasSize(1);
        }
    }

    @Test
    void haveMissingCellsIfTheyAreKept() {
        Ended ended = train("data.invalid = keep", RAGGED);
        skipped(ended, 7, 0);
        assertThat(ended.out()).contains("2 of 7 rows", "missing values");
    }

    /** A cell that is no number of its type does not fit, either. */
    @Test
    void areFoundInATableWithTypes() {
        String typed = "data.schema = \"x double, y double\"";
        String[] lines = RAGGED.clone();
        lines[1] = "1,two";
        refused(train(typed, lines), 3, "3 of 7 rows do not fit the 2 columns of data.schema");
        skipped(train(typed + ", data.invalid = skip", lines), 4, 3);
    }

    /** Groups are counted before the training begins. */
    @Test
    void areFoundInATableOfGroups() {
        String groups = "data { schema = \"x double, y double, g string\", features = [x, y], groupBy = [g] }";
        String[] lines = lines("x,y,g\n1,2", 100, i -> "%d,%d,%s".formatted(i, i * i % 7, i % 2 == 0 ? "a" : "b"));
        refused(train(groups, lines), 3, "data.path", "1 of 101 rows do not fit the 3 columns of data.schema");
        done(train(groups + ", data.invalid = skip", lines));
    }

    @Test
    void areMeasuredByTheFirstRowWithoutAHeader() {
        write("bare.csv", "1,2", "2,3", "3", "7,8");
        refused(trainOn("bare.csv", "data.header = false"), 3, "1 of 4 rows do not fit the 2 columns of the first row");
    }

    @Test
    void areFoundInOneOfSeveralFiles() throws IOException {
        write("days/1.csv", "x,y", "1,2", "2,3");
        try (Writer file = new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("days/2 b.csv.gz"))),
                StandardCharsets.UTF_8)) {
            file.write("x,y\n3,5\n\"4,1\",5,6\n7,8\n");
        }
        refused(trainOn("days"), 3, "1 of 5 rows", "in 2 b.csv.gz");
    }

    @Test
    void areFoundInTextsOfSeveralLines() {
        write("notes.csv", "x,y,note", "1,2,\"a", "b\"", "2,3,\"c", "d\",4", "3,9,e", "5,7,f");
        Ended ended = trainOn("notes.csv", "data { options.multiLine = true, features = [x, y], invalid = skip }");
        skipped(ended, 3, 1);
    }

    /** Spark reads 20,480 columns unless an option sets another number. */
    @Test
    void areFoundInATableOfManyColumns() {
        int columns = 21_000;
        Function<IntFunction<Object>, String> line = cell ->
                IntStream.range(0, columns).mapToObj(j -> "" + cell.apply(j)).collect(Collectors.joining(","));
        Stream<String> rows = IntStream.range(0, 6).mapToObj(i -> line.apply(j -> i * i + i * j % 7));
        Stream<String> ragged = Stream.of("7", line.apply(j -> 1) + ",1");
        write(
                "wide.csv",
                Stream.of(Stream.of(line.apply(j -> "x" + j)), ragged, rows)
                        .flatMap(lines -> lines)
                        .toArray(String[]::new));
        refused(
                trainOn("wide.csv", "data.features = [x0, x20999]"),
                3,
                "2 of 8 rows do not fit the 21000 columns of the header");
    }

    @Test
    void areNoneIfTheHeaderEndsWithASeparatorToo() {
        done(train("data.features = [x, y]", "x,y,", "1,2,", "2,3,", "3,5,", "7,8,"));
    }

    @Test
    void areFoundInTheHeldOutTable() {
        write("held.csv", "x,y", "1,2", "2", "5,5");
        String[] table = {"x,y", "1,2", "2,3", "3,5", "7,8"};
        String holdout = "data.holdout = { path = \"DIR/held.csv\" }";
        refused(train(holdout, table), 3, "data.holdout.path", "1 of 3 rows", "held.csv");
    }

    @Test
    void areCountedByScoreAndEvaluate() throws IOException {
        done(train("data.invalid = skip", "x,y", "1,2", "2,3", "3,5", "7,8", "9,7"));
        write("ragged.csv", RAGGED);
        String model = "model.path = \"DIR/out\"";
        String data = "data { path = \"DIR/ragged.csv\", format = csv }";
        String output = "output { path = \"DIR/scored\", overwrite = true }";
        assertRefused(run("score", model, data, output), 3, "2 of 7 rows");
        String evaluation = "output { path = \"DIR/evaluation\", overwrite = true }";
        assertRefused(run("evaluate", model, data, evaluation), 3, "2 of 7 rows");
        String preview = configuration(model, data, evaluation);
        assertThat(latent("evaluate", "--config", preview, "--dry-run").err()).contains("2 of 7 rows");
        String handling = "data.invalid = skip";
        Ended scored = done(run("score", model, data, output, handling));
        assertThat(scored.out()).contains("5 scored, 2 skipped");
        List<String> lines = lines("scored");
        assertThat(lines.get(0)).startsWith("x,y,prediction").doesNotContain("unreadable");
        assertThat(lines).hasSize(6);
        done(run("evaluate", model, data, evaluation, handling));
        assertThat(section(metrics("evaluation"), "rows").toString()).isEqualTo("{evaluation=5, skipped=2}");
    }

    /** A training from a model has its columns, so its first traversal is the one that places the rows. */
    @Test
    void areFoundByATrainingFromAModel() throws IOException {
        done(train("", "x,y", "1,2", "2,3", "3,5", "7,8", "9,7"));
        Files.move(folder.resolve("out"), folder.resolve("first"));
        String initial = "train.initialModel = \"DIR/first\"";
        assertRefused(train(initial, RAGGED), 3, "data.path", "2 of 7 rows do not fit the 2 columns");
        Ended ended = train(initial + ", data.invalid = skip", RAGGED);
        skipped(ended, 5, 2);
        assertThat(ended.out()).contains("2 of 7 rows", "left out");
    }

    private List<String> lines(String directory) throws IOException {
        try (var files = Files.list(current(directory))) {
            var part = files.filter(file -> file.toString().endsWith(".csv")).toList();
            return Files.readAllLines(part.get(0));
        }
    }
}
