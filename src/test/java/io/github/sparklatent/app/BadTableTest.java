package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a table ends in a sentence and an exit code. */
class BadTableTest extends BadInputContract {
    private Ended trainOn(String... lines) {
        return run("train", with(lines, "output { path = \"DIR/out\", overwrite = true, report = false }"));
    }

    @Test
    void aHeaderThatRepeatsAName() {
        write("twice.csv", "x,y,X", "1,2,3", "2,3,4");
        refused(
                trainOn("data { path = \"DIR/twice.csv\", format = csv }"),
                3,
                "twice.csv has \"X\" twice, expected different names",
                "data.header = false");
    }

    /** Such a file is what many programs export. */
    @Test
    void jsonWithoutAnObjectInALine() {
        write("array.json", "[", " {", "  \"x\": 1", " }", "]");
        refused(
                trainOn("data { path = \"DIR/array.json\", format = json }"),
                3,
                "array.json\" has no line with a JSON object, expected one object a line; convert" + " an array");
    }

    @Test
    void headersThatDiffer() {
        write("one.csv", "x,y", "1,2", "2,3");
        write("two.csv", "y,x", "1,2", "2,3");
        refused(
                trainOn("data { path = [\"DIR/one.csv\", \"DIR/two.csv\"], format = csv }"),
                3,
                "in place of",
                "expected the columns of data.schema, or of the first file, in the same order");
    }

    @Test
    void aTextOfAnotherEncoding() throws IOException {
        Files.writeString(folder.resolve("wide.csv"), "x,y\n1,2\n2,3\n", StandardCharsets.UTF_16);
        refused(
                trainOn("data { path = \"DIR/wide.csv\", format = csv }"),
                3,
                "wide.csv\" has bytes in its header that are no text",
                "data.options.encoding");
    }

    private static final List<String> CITIES = List.of("Köln", "Bonn", "Zürich", "Bonn", "Köln", "Bonn");

    private Ended trainOnCities(Charset written, String further) throws IOException {
        List<String> lines = new ArrayList<>(List.of("x,city"));
        for (int i = 0; i < 24; i++) {
            lines.add(i * i % 7 + "," + CITIES.get(i % 6));
        }
        Files.write(folder.resolve("cities.csv"), lines, written);
        return trainOn(
                "data { path = \"DIR/cities.csv\", format = csv, holdout.fraction = 0 }",
                "model { components = 1, regularization = 0.01 }",
                further);
    }

    @Test
    void cellsInAnotherEncoding() throws IOException {
        refused(
                trainOnCities(StandardCharsets.ISO_8859_1, ""),
                3,
                "column \"city\" has 12 of 24 texts with bytes that are no character;",
                " (such as \"K\uFFFDln\")",
                "Set data.options.encoding, for example windows-1252, or data.invalid = skip");
        Ended skipped = trainOnCities(StandardCharsets.ISO_8859_1, "data.invalid = skip");
        done(skipped);
        assertThat(skipped.out()).contains("texts with bytes that are no character; they are read as missing");
        assertThat(skipped.out()).contains("full covariance, 2 features"); // x, and whether Bonn
    }

    @ParameterizedTest
    @ValueSource(strings = {"windows-1250", "UTF-16", "UTF-8"})
    void theEncodingIsSet(String encoding) throws IOException {
        Ended ended = trainOnCities(
                Charset.forName(encoding),
                "data.options { multiLine = " + encoding.startsWith("UTF-16") + ", encoding = " + encoding + " }");
        done(ended);
        assertThat(ended.out()).doesNotContain("read as missing");
        assertThat(ended.out()).contains("train     24 rows", "full covariance, 3 features");
    }

    /** As pandas writes the column of the index. */
    @Test
    void aColumnWithoutANameIsScored() {
        write("unnamed.csv", lines("x,,y", 40, i -> "%d,%d,%d".formatted(i % 5, i % 7, i % 3)));
        String[] job = {
            "data { path = \"DIR/unnamed.csv\", format = csv, holdout.fraction = 0 }",
            "model { type = mixture, components = 1 }, output { path = \"DIR/unnamed\", report = false }"
        };
        done(run("train", job));
        assertThat(done(run("score", job)).out()).contains("40 scored");
    }

    /** In ISO-8859-1 the euro sign would be a control character. */
    @Test
    void theEncodingOfWindowsIsReadAndWritten() throws IOException {
        Charset windows = Charset.forName("windows-1252");
        List<String> lines = List.of("x,price", "1,5 \u20ac", "2,8 \u20ac", "4,5 \u20ac", "3,8 \u20ac");
        Files.write(folder.resolve("prices.csv"), lines, windows);
        String data =
                "data { path = \"DIR/prices.csv\", format = csv, options { encoding = windows-1252 }, holdout.fraction = 0 }";
        done(trainOn(data, "model { components = 1, regularization = 0.01 }"));
        done(run("score", data, "model.path = \"DIR/out\"", "output { path = \"DIR/scores\", format = csv }"));
        List<String> scores = new ArrayList<>();
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder.resolve("scores"), "part-*")) {
            for (Path part : parts) {
                scores.addAll(Files.readAllLines(part, windows));
            }
        }
        assertThat(String.join("\n", scores)).contains("1,5 \u20ac,", "4,5 \u20ac,");
    }

    private Ended trainByKey(String keys, String further) {
        String[] given = keys.split(" ");
        List<String> lines = new ArrayList<>(List.of("key,x,y"));
        for (int i = 0; i < 1200; i++) {
            lines.add((i < given.length ? given[i].replace("null", "") : "k" + i) + "," + i % 89 + "," + i % 97);
        }
        return train("data { id = key }, " + further, lines.toArray(String[]::new));
    }

    @Test
    void rowsWithoutAKey() {
        refused(
                trainByKey("a null b null", ""),
                3,
                "key column \"key\" is null in 2 of 1200 rows, expected a key in each",
                "data.invalid = skip leaves such rows out");
        Ended skipped = trainByKey("a null b null", "data.invalid = skip");
        skipped(skipped, 1198, 2);
        assertThat(skipped.out()).contains("2 of 1200 rows were left out: their key is null");
        skipped(trainByKey("a null b null", "data.invalid = keep"), 1200, 0);
    }

    @Test
    void aKeyOfManyRows() {
        Ended ended = trainByKey("unknown ".repeat(400), "");
        done(ended);
        assertThat(ended.out()).contains("key column \"key\" is the same in about 33% of the rows");
    }

    @Test
    void aSchemaGivesTheTypes() {
        write("typed.csv", "x,y", "1,2", "2,3", "3,5", "7,8");
        String[] training = {
            "data { path = \"DIR/typed.csv\", format = csv, holdout.fraction = 0 }",
            "model.components = 1",
            "output { path = \"DIR/out\", overwrite = true, report = false }",
            "data.schema = \"y double, x double\""
        };
        refused(run("train", training), 3, "typed.csv has \"x\" in place of \"y\", expected");
        training[3] = "data { features = [x], schema = \"x string, y double\" }";
        done(run("train", training));
        training[3] = "data { features = [x], schema = \"x double, y string\" }";
        done(run("train", training));
    }

    /** As an array the vector would have 16 GiB, so it must be refused before there is one. */
    @ParameterizedTest
    @ValueSource(strings = {"parquet", "libsvm"})
    void aSparseVectorOfAnySize(String format) {
        int size = Integer.MAX_VALUE;
        if (format.equals("libsvm")) {
            write("table.libsvm", "1 1:1 " + size + ":2", "0 2:1");
        } else {
            StructType schema = new StructType().add("v", SQLDataTypes.VectorType());
            Object[] row = {Vectors.sparse(size, new int[] {0, 7}, new double[] {1, 2})};
            LocalSpark.table(spark, schema, row)
                    .write()
                    .parquet(folder.resolve("table.parquet").toString());
        }
        String column = format.equals("libsvm") ? "features" : "v";
        refused(
                trainOn("data { path = \"DIR/table." + format + "\", format = " + format + " }"),
                3,
                "features column \"%s\" has a sparse vector of %d entries, expected at most".formatted(column, size));
    }

    /** The last bytes give the length of the footer, and Parquet's own message about a wrong one names no file. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aParquetFileWithoutItsEnd(int damaged) throws IOException {
        LocalSpark.numbers(spark, new double[] {1, 2}, new double[] {3, 5})
                .coalesce(1)
                .write()
                .parquet(folder.resolve("written").toString());
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder.resolve("written"), "part-*")) {
            byte[] whole = Files.readAllBytes(parts.iterator().next());
            byte[] half = Arrays.copyOf(whole, whole.length / 2);
            Arrays.fill(half, half.length - 8, half.length, (byte) 0xaa);
            Files.createDirectories(folder.resolve("days"));
            Files.write(folder.resolve("days/" + damaged + ".parquet"), half);
            Files.write(folder.resolve("days/" + (1 - damaged) + ".parquet"), whole);
        }
        refused(
                trainOn("data { path = \"DIR/days\" }"),
                3,
                "cannot be read",
                "/days/" + damaged + ".parquet: footer is too large");
    }

    @Test
    void numbersThatAreNoneUnderSkip() {
        String[] table = {"x,y", "1,2", "2,NaN", "2,Inf", "2,-Inf", "2,", "3,4", "4,6"};
        skipped(train("data.invalid = skip", table), 3, 4);
    }

    /** Only a row without any number is left out. */
    @Test
    void numbersThatAreNoneUnderKeep() {
        String[] table = {"x,y", "1,2", "2,NaN", "2,", "NaN,NaN", ",", "3,4", "4,6"};
        skipped(train("data.invalid = keep", table), 5, 2);
    }

    @Test
    void aConstantColumnIsTold() {
        Ended ended = train("", "x,y", "1,5", "2,5", "9,5", "10,5");
        skipped(ended, 4, 0);
        assertThat(ended.out()).contains("1 of 2 columns is left out: y (constant)");
        ended = train("data.features = [x, y]", "x,y", "1,5", "2,5", "9,5", "10,5");
        skipped(ended, 4, 0);
        assertThat(ended.out()).contains("1 of 2 columns are constant", "y = 5.0");
    }

    @Test
    void aWeightOfZeroLeavesTheRowOut() {
        skipped(train("data.weight = w", "x,w", "1,1", "2,0", "3,1", "4,2"), 3, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    path = "DIR/nope.parquet"                              ~ data.path "DIR/nope.parquet" does not exist
                    path = ["DIR/there.csv", "DIR/nope.csv"], format = csv ~ data.path "DIR/nope.csv" does not exist
                    path = "DIR/there.csv"                                 ~ data.path "DIR/there.csv" cannot be read as
                    path = "DIR/nothing", format = csv                     ~ data.path "DIR/nothing" has no files
                    path = "DIR/nothing", format = idx                     ~ data.path "DIR/nothing" has no files
                    path = "nosuch://host/table"                           ~ data.path "nosuch://host/table" cannot be reached
                    path = "DIR/vectors.json", format = json               ~ from 2 to 3 numbers in features "v"
                    """)
    void aTableThatCannotBeRead(String data, String part) throws IOException {
        write("there.csv", "x", "1", "2");
        write("vectors.json", "{\"v\": [1, 2]}", "{\"v\": [1, 2, 3]}", "{\"v\": [4, 5]}");
        Files.createDirectory(folder.resolve("nothing"));
        refused(trainOn("data { " + data + " }"), 3, part.replace("DIR", folder.toString()));
    }

    /** Each with further configuration, the lines of the table, and what the sentence has to name. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    ''                                 ~ x,y                     ~ data.path "DIR/table.csv" has no rows
                    data.holdout.path = "DIR/nope.csv" ~ x 1 2 3                 ~ data.holdout.path "DIR/nope.csv" does not exist
                    data.holdout.path = "DIR/held.csv" ~ x,y 1,2 2,3             ~ 'data.holdout.path "DIR/held.csv": features column "y"'
                    data.holdout.path = "DIR/held.csv" ~ x,z 1,2 2,3 3,4 4,6     ~ 'data.holdout.path "DIR/held.csv": 1 of 4 numbers'
                    data.holdout.fraction = 0.999999   ~ x 1 2                   ~ all 2 rows are held out
                    data.holdout.fraction = 1e-9, model { criterion = holdout, components = [1, 2] } ~ x,y 1,2 3,4 5,7 8,8 ~ data.holdout.fraction holds out none
                    data.features = [x, z]             ~ x,y 1,2 2,3             ~ features column "z" does not exist
                    data.invalid = skip                ~ x,y 1,NaN 2,Inf         ~ none of the 2 rows can be used
                    data.invalid = keep                ~ x,y NaN,NaN NaN,NaN     ~ 'x (no value), y (no value)'
                    data { invalid = keep, features = [x, y] } ~ x,y 1,NaN 2,NaN 3,NaN 4,NaN ~ features "y" have no value
                    ''                                 ~ x,y 1,2                 ~ the table has one row
                    model.components = 1               ~ x,y 1,2 1,2 1,2         ~ all 3 rows to train on are equal
                    model.components = 3               ~ x,y 1,2 3,4 1,2 3,4     ~ the table has 2 distinct rows
                    data.weight = w                    ~ x,w 1,0 2,0             ~ weight column "w" is 0 in all 2 rows
                    """)
    void rowsThatCannotBeTrainedOn(String further, String table, String part) {
        write("held.csv", "x,z", "1,2", "2,NaN");
        refused(train(further, table.split(" ")), 3, part.replace("DIR", folder.toString()));
    }
}
