package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.LoggedWarnings;
import io.github.sparklatent.cluster.placed.PlacedDirectory;
import io.github.sparklatent.cluster.table.PlacedSource;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Placed rows as files: the bits of the blocks stay, and the source is not read again. */
@Tag("slow")
class PlacedFilesTest {
    private static final String TRAIN = "training blocks";
    private static final String HOLDOUT = "held-out blocks";
    private static final int N = 300;
    private static final int EQUAL = 100;

    private final SparkSession spark = LocalSpark.session();
    private LongAccumulator read;
    private TableOptions plain;
    private TableOptions options;

    @TempDir
    private Path folder;

    @BeforeEach
    void create() {
        read = spark.sparkContext().longAccumulator();
        plain = TableOptions.DEFAULT.withWeight("w").withHoldoutFraction(0.3).withInvalid(Invalid.KEEP);
        options = plain.withPlaced(new PlacedSource(folder.toString(), "source 1"));
    }

    /** Rows of weights and missing values, rows left out, and one that is repeated often. */
    private Dataset<Row> table() {
        double[][] rows = Sample.clusters(N - EQUAL, 2, 7);
        List<Row> list = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            double y = i % 11 == 0 ? Double.NaN : rows[i][1];
            list.add(RowFactory.create(rows[i][0], y, (double) (i % 5)));
        }
        for (int i = 0; i < EQUAL; i++) {
            list.add(RowFactory.create(-0.0, 1.5, 1.0));
        }
        LongAccumulator counter = read; // a closure with "this" could not be sent
        return Sample.table(spark, Sample.schema(2, "w double"), list, 3, 5).filter((FilterFunction<Row>) row -> {
            counter.add(1);
            return true;
        });
    }

    private String bits(TableOptions used) {
        try (BlockTable table = BlockTable.of(table(), used)) {
            return facts(table) + Sample.bits(Sample.blocks(spark, TRAIN)) + Sample.bits(Sample.blocks(spark, HOLDOUT));
        }
    }

    private static String facts(BlockTable table) {
        return table.facts() + " " + table.partitions() + "\n";
    }

    private String shards(TableOptions used) {
        try (ShardTable table = ShardTable.of(table(), used, width -> RowCheck.NONE)) {
            return table.facts() + "\n" + Shard.bits(spark, "training rows") + Shard.bits(spark, "held-out rows");
        }
    }

    private List<Path> files(String prefix) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Scale.class,
            names = {"NONE", "STANDARD", "MINMAX"})
    void theFilesGiveTheSameBitsWithoutTheSource(Scale scale) {
        String expected = bits(plain.withScale(scale));
        String expectedShards = shards(plain.withScale(scale));
        read.reset();
        assertThat(bits(options.withScale(scale))).isEqualTo(expected);
        assertThat(read.value()).isEqualTo(N);
        assertThat(files("part-")).hasSize(4);
        assertThat(bits(options.withScale(scale))).isEqualTo(expected);
        assertThat(shards(options.withScale(scale))).isEqualTo(expectedShards);
        assertThat(read.value()).isEqualTo(N);
    }

    @Test
    void anotherScalingUsesTheSameFiles() {
        bits(options);
        bits(options.withScale(Scale.STANDARD));
        assertThat(read.value()).isEqualTo(N);
    }

    /** Whatever changes the rows, their split or their number of partitions has its own files. */
    @Test
    void anotherTableHasItsOwnFiles() {
        bits(options);
        List<TableOptions> others = List.of(
                options.withPlaced(new PlacedSource(folder.toString(), "source 2")),
                options.withPlaced(options.placed().ofHoldout()),
                options.withPartitions(5),
                options.withSeed(2),
                options.withHoldoutFraction(0.2),
                options.withFeatures(List.of("x1", "x0")),
                options.withId("x0"));
        for (int i = 0; i < others.size(); i++) {
            bits(others.get(i));
            assertThat(read.value()).as("%s", others.get(i)).isEqualTo((i + 2L) * N);
        }
        assertThat(files("manifest")).hasSize(1 + others.size());
        bits(options);
        assertThat(read.value()).isEqualTo((others.size() + 1L) * N);
    }

    /** A run that was stopped before its end has written no manifest. */
    @Test
    void unfinishedFilesAreNotUsed() throws IOException {
        String expected = bits(options);
        Files.delete(files("manifest").get(0));
        assertThat(bits(options)).isEqualTo(expected);
        assertThat(read.value()).isEqualTo(2 * N);
        assertThat(bits(options)).isEqualTo(expected);
        assertThat(read.value()).isEqualTo(2 * N);
    }

    @ParameterizedTest
    @CsvSource({
        "part-00002, 40, a checksum before byte",
        "part-00001, 1, it has another header",
        "part-00003, 13, it ends after",
        "part-00003, 15, a chunk of",
        "part-00001, 11, its rows have",
        "manifest, 30, its checksum is wrong"
    })
    void damagedFilesAreWrittenAgain(String name, int position, String sentence) throws IOException {
        String expected = bits(options);
        Path file = files(name).get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 64;
        Files.write(file, bytes);
        assertPlacedAgain(expected, sentence);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void missingAndShortFilesAreWrittenAgain(boolean isShort) throws IOException {
        String expected = bits(options);
        Path file = files("part-00002").get(0);
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        if (isShort) {
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 12));
        }
        assertPlacedAgain(expected, isShort ? " bytes, expected " : " is missing, expected ");
    }

    private void assertPlacedAgain(String expected, String sentence) {
        try (LoggedWarnings logged = LoggedWarnings.of(BlockTable.class)) {
            assertThat(bits(options)).isEqualTo(expected);
            assertThat(logged.sentences())
                    .filteredOn(found -> found.startsWith("the placed rows"))
                    .singleElement()
                    .asString()
                    .contains(sentence, "; the rows are placed again");
        }
        assertThat(read.value()).isEqualTo(2 * N);
        assertThat(bits(options)).isEqualTo(expected);
        assertThat(read.value()).as("the new files are used").isEqualTo(2 * N);
    }

    /** While one run has counted its rows, another one writes the same files. */
    @Test
    void ofTwoWritersOneWinsAndTheOtherUsesItsFiles() {
        String expected = bits(plain);
        AtomicBoolean begun = new AtomicBoolean();
        try (BlockTable table = BlockTable.of(table(), CheckedTable.columns(table(), options), null, options, width -> {
            if (!begun.getAndSet(true)) {
                bits(options);
            }
            return 0;
        })) {
            assertThat(facts(table)
                            + Sample.bits(Sample.blocks(spark, TRAIN))
                            + Sample.bits(Sample.blocks(spark, HOLDOUT)))
                    .isEqualTo(expected);
        }
        assertThat(begun).isTrue();
        assertThat(files("manifest")).hasSize(1);
        assertThat(files("part-")).as("the files of the other one are removed").hasSize(4);
    }

    @Test
    void aDirectoryThatCannotBeWrittenDoesNotEndTheTraining() throws IOException {
        String expected = bits(plain);
        Path file = Files.writeString(folder.resolve("file"), "a file");
        try (LoggedWarnings logged = LoggedWarnings.of(PlacedDirectory.class)) {
            TableOptions blocked = options.withPlaced(new PlacedSource(file.toString(), "source 1"));
            assertThat(bits(blocked)).isEqualTo(expected);
            assertThat(logged.sentences())
                    .anySatisfy(found -> assertThat(found)
                            .startsWith("the placed rows cannot be written to")
                            .endsWith("; the training continues without them"));
        }
    }

    /** Rows that are not the counted ones are never kept. */
    @Test
    void aTableThatChangesLeavesNoManifest() {
        int stage = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(1), 1)
                .map(one -> TaskContext.get().stageId())
                .first();
        Dataset<Row> changing = table().filter((FilterFunction<Row>)
                row -> row.getDouble(0) < 10 || TaskContext.get().stageId() <= stage + 1);
        assertThatThrownBy(() -> Sample.loseRead(spark, changing, options))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the table changed while it was read: ");
        assertThat(files("manifest")).isEmpty();
    }
}
