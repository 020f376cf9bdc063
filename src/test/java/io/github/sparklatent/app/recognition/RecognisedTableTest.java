package io.github.sparklatent.app.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.config.DataFormat;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Formats of files and folders, without Spark. */
class RecognisedTableTest {
    private static final Configuration HADOOP = new Configuration();

    @TempDir
    Path folder;

    private String write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String write(String name, byte... bytes) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
            return file.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static RecognisedTable look(String table) {
        return RecognisedTable.of(HADOOP, table, Optional.empty(), Optional.empty());
    }

    private void assertRefused(Class<?> type, String table, String... parts) {
        assertThatThrownBy(() -> look(table)).isInstanceOf(type).message().contains(parts);
    }

    @ParameterizedTest
    @CsvSource({
        "t.csv,csv",
        "t.TSV,csv",
        "t.txt,csv",
        "t.json,json",
        "t.jsonl,json",
        "t.svm,libsvm",
        "t.libsvm,libsvm",
        "t.orc,orc",
        "t.parquet,parquet"
    })
    void theNameShowsTheFormat(String name, String format) {
        assertThat(look(write(name, "1 2\n")).settings()).containsEntry("data.format", format);
    }

    /** Some of the files of a table of Delta may be of earlier versions. */
    @Test
    void theLogShowsATableOfDelta() {
        write("table/part-0.parquet", "PAR1");
        write("table/_delta_log/0.json", "{}");
        RecognisedTable found = look(folder.resolve("table").toString());
        assertThat(found.settings()).containsExactly(Map.entry("data.format", "delta"));
        assertThat(found.place()).containsEntry("data.table", null);
    }

    @Test
    void theContentShowsTheFormatOfAnotherName() {
        assertThat(look(write("a", "PAR1....")).settings()).containsEntry("data.format", "parquet");
        assertThat(look(write("b.bin", "ORC....")).settings()).containsEntry("data.format", "orc");
        assertThat(look(write("c", new byte[] {0, 0, 8, 3, 0, 0, 0, 0})).settings())
                .containsEntry("data.format", "idx");
    }

    @Test
    void gzipAndTheByteOrderMarkAreRead() throws IOException {
        Path file = folder.resolve("t.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("\ufeff1;2\n3;4\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(look(file.toString()).settings())
                .isEqualTo(Map.of("data.format", "csv", "data.header", false, "data.separator", ";"));
    }

    @Test
    void whatIsNoTableIsRefused() {
        assertRefused(DataException.class, write("e.csv", ""), "e.csv\" is empty");
        assertRefused(DataException.class, write("b.csv", "\n\n"), "b.csv\" is empty");
        assertRefused(
                UsageException.class,
                write("t.xyz", "a,b\n1,2\n"),
                "the format of \"t.xyz\" is not known",
                ".csv, .tsv",
                "--set data.format=csv");
        assertThat(RecognisedTable.of(
                                HADOOP,
                                folder.resolve("t.xyz").toString(),
                                Optional.of(DataFormat.CSV),
                                Optional.empty())
                        .settings())
                .containsEntry("data.header", true);
    }

    @Test
    void aMissingFileNamesTheNearestOne() {
        write("readings.csv", "a\n1\n");
        write("other.csv", "a\n1\n");
        String missing = folder.resolve("readngs.csv").toString();
        assertRefused(DataException.class, missing, "does not exist", "(did you mean readings.csv?)");
        assertRefused(
                DataException.class,
                folder.resolve("xyz.csv").toString(),
                "does not exist",
                "the tables there are other.csv, readings.csv");
        assertRefused(
                DataException.class,
                folder.resolve("none/x.csv").toString(),
                "there is no folder \"" + folder.resolve("none"));
    }

    @Test
    void aFolderHasFilesOfOneFormat() {
        write("mixed/a.csv", "a\n1\n");
        write("mixed/b.json", "{}\n");
        write("mixed/c.json", "{}\n");
        assertRefused(
                DataException.class,
                folder.resolve("mixed").toString(),
                "files of different formats, 1 csv (a.csv), 2 json (b.json); expected one format",
                "mixed/*.csv\"");
        String pattern = folder.resolve("mixed/*.json").toString();
        assertThat(look(pattern).settings()).containsEntry("data.format", "json");
        write("good/day=1/part-0.csv", "a;b\n1;2\n");
        write("good/_SUCCESS", "");
        write("good/.part-0.csv.crc", "xx");
        assertThat(look(folder.resolve("good").toString()).settings()).containsEntry("data.separator", ";");
        write("empty/_SUCCESS", "");
        assertRefused(DataException.class, folder.resolve("empty").toString(), "has no files");
    }

    @Test
    void imagesHaveTheirLabelsAndHeldOutImages() {
        byte[] images = {0, 0, 8, 3};
        byte[] labels = {0, 0, 8, 1};
        write("mnist/train-images-idx3-ubyte", images);
        write("mnist/train-labels-idx1-ubyte", labels);
        write("mnist/t10k-images-idx3-ubyte", images);
        write("mnist/t10k-labels-idx1-ubyte", labels);
        RecognisedTable found = look(folder.resolve("mnist").toString());
        assertThat(found.isImages()).isTrue();
        assertThat(found.sentence()).contains("a file of idx images with labels, and a file held");
        assertThat(files(found, "data.path")).containsExactly("train-images-idx3-ubyte");
        assertThat(files(found, "data.labels")).containsExactly("train-labels-idx1-ubyte");
        assertThat(files(found, "data.holdout.path")).containsExactly("t10k-images-idx3-ubyte");
        assertThat(files(found, "data.holdout.labels")).containsExactly("t10k-labels-idx1-ubyte");
    }

    private static List<String> files(RecognisedTable table, String key) {
        return ((List<?>) table.place().get(key))
                .stream()
                        .map(path -> Path.of(path.toString()).getFileName().toString())
                        .toList();
    }

    @Test
    void aNameWithDotsThatIsNoFileIsATableOfTheCatalog() {
        RecognisedTable found = look("warehouse.readings");
        assertThat(found.place()).containsEntry("data.table", "warehouse.readings");
        assertThat(found.place()).containsEntry("data.path", null);
        assertThat(found.settings()).isEmpty();
        assertThat(found.sentence()).startsWith("There is no file warehouse.readings, so it is");
    }

    @ParameterizedTest
    @CsvSource({
        "adult.csv, adult",
        "a/b/adult.csv.gz, adult",
        "hdfs:///warehouse/readings/, readings",
        "a/my table (2).parquet, my-table-2-",
        "a/days/*.csv, days",
        "warehouse.readings, warehouse.readings",
        "mnist/train-images-idx3-ubyte.gz, train-images-idx3-ubyte",
        "v1.2/data.jsonl, data",
        "t.xyz, t.xyz"
    })
    void theNameOfAResult(String table, String name) {
        assertThat(RecognisedTable.name(table)).isEqualTo(name);
    }
}
