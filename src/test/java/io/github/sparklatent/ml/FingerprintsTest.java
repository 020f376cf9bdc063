package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares checksums of the numbers of all families with {@code families/fingerprints.txt}: the parameters, the metrics
 * of {@code metrics.json} and of an evaluation, the rounds, each scored column and each column of drawn rows. A change
 * that keeps all numbers keeps this file.
 *
 * <pre>
 *   ./mvnw test -Dtest=FingerprintsTest                         compares one fit of each type
 *   ./mvnw test -Dtest=FingerprintsTest -Dfingerprints.all      compares all fits
 *   ./mvnw test -Dtest=FingerprintsTest -Dfingerprints.write    writes the file
 *   ... -Dfingerprints.master=local[1]                          compares on one core
 * </pre>
 *
 * Either writes the numbers themselves into {@code target/fingerprints}, one file for each configuration, so that two
 * builds can be compared with {@code diff -r}.
 *
 * <p>Parameters, scores and drawn rows are compared bit for bit. Figures and rounds are rounded to nine significant
 * digits. The numbers do not depend on the number of cores, and the kernels give the same bits for all widths of
 * vectors. They depend on {@code Math.exp}, {@code Math.log} and their kin, which the JVM computes by code of its own
 * for each architecture: the file is of x86-64, and another architecture may differ in last digits. There, write the
 * file of the older build first.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FingerprintsTest {
    private static final Path EXPECTED = Path.of("src/test/resources/families/fingerprints.txt");
    private static final Path NUMBERS = Path.of("target/fingerprints");
    private static final boolean WRITES = System.getProperty("fingerprints.write") != null;
    private static final boolean ALL = System.getProperty("fingerprints.all") != null;
    private static final String MASTER = System.getProperty("fingerprints.master", "local[2]");

    private final List<String> found = new ArrayList<>();
    private Map<String, List<String>> expected;
    private SparkSession spark;
    private Path folder;

    @BeforeAll
    void prepare(@TempDir Path directory) throws IOException {
        folder = directory;
        spark = LocalSpark.session(MASTER, Map.of());
        FamilyTables.write(folder);
        Files.createDirectories(NUMBERS);
        expected = WRITES
                ? Map.of()
                : Files.readAllLines(EXPECTED).stream().collect(Collectors.groupingBy(line -> line.split(" ")[0]));
    }

    /** The configurations: the first one of each type, or all of them if asked for. */
    static List<String> names() {
        return FamilyRun.names().stream()
                .filter(name -> ALL || WRITES || isFirst(name))
                .toList();
    }

    private static boolean isFirst(String name) {
        return !name.contains("-") || Families.types().find(name).isPresent();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theNumbersAreThoseOfTheFile(String name) throws IOException {
        FamilyRun run = new FamilyRun(spark, folder, name);
        FamilyRun.Fit fit = run.train(new TrainingMonitor() {});
        Map<String, List<String>> parts = new TreeMap<>();
        parts.put("metrics", FamilyRun.numbers(fit.metrics()));
        parts.put("rounds", FamilyRun.numbers(fit.rounds()));
        if (isFirst(name) && !name.equals("grouped")) {
            parts.put("evaluation", FamilyRun.numbers(run.evaluation(fit)));
        }
        columns("scores.", run.explained(fit), parts);
        if (fit.model().noSamplesBecause().isEmpty()) {
            columns("draws.", FamilyRun.drawn(fit.model()), parts);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(name, "parameters", parameters(fit.model())));
        parts.forEach((part, numbers) -> lines.add(line(name, part, checksum(numbers))));
        Files.write(
                NUMBERS.resolve(name + ".txt"),
                parts.entrySet().stream()
                        .flatMap(part -> part.getValue().stream().map(number -> part.getKey() + " " + number))
                        .toList());
        found.addAll(lines);
        if (!WRITES) {
            assertThat(lines).isEqualTo(expected.get(name));
        }
    }

    @AfterAll
    void write() throws IOException {
        if (WRITES) {
            Files.write(EXPECTED, found);
        } else {
            assertThat(expected).containsOnlyKeys(FamilyRun.names());
        }
    }

    private static long checksum(List<String> numbers) {
        CRC32C checksum = new CRC32C();
        numbers.forEach(number -> checksum.update((number + "\n").getBytes(StandardCharsets.UTF_8)));
        return checksum.getValue();
    }

    private static String line(String name, String part, long checksum) {
        return "%s %s %08x".formatted(name, part, checksum);
    }

    private static long parameters(LatentModel<?> model) {
        CRC32C checksum = new CRC32C();
        model.fingerprint(checksum);
        return checksum.getValue();
    }

    private static void columns(String part, List<Row> rows, Map<String, List<String>> parts) {
        for (int j = 0; !rows.isEmpty() && j < rows.get(0).length(); j++) {
            int column = j;
            parts.put(
                    part + rows.get(0).schema().fieldNames()[j],
                    rows.stream().map(row -> exact(row.get(column))).toList());
        }
    }

    /** Returns the value as a text that differs if a bit differs. */
    private static String exact(Object value) {
        return value instanceof Vector vector ? Arrays.toString(vector.toArray()) : String.valueOf(value);
    }
}
