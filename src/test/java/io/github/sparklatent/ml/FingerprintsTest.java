package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares checksums of the numbers of all families with {@code families/fingerprints.txt}: the parameters, the metrics
 * of {@code metrics.json} and of an evaluation, the rounds, each scored column and each column of drawn rows. A change
 * that keeps all numbers keeps this file. {@link FamilyContractTest} compares one fit of each type.
 *
 * <pre>
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
    private static final boolean WRITES = System.getProperty("fingerprints.write") != null;
    private static final boolean ALL = System.getProperty("fingerprints.all") != null;
    private static final String MASTER = System.getProperty("fingerprints.master", "local[2]");

    private final List<String> found = new ArrayList<>();
    private Map<String, List<String>> expected;
    private Path folder;

    @BeforeAll
    void prepare(@TempDir Path directory) throws IOException {
        folder = directory;
        FamilyTables.write(folder);
        expected = WRITES ? Map.of() : Fingerprints.expected();
    }

    static List<String> names() {
        return ALL || WRITES ? FamilyRun.names() : List.of();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("names")
    void theNumbersAreThoseOfTheFile(String name) throws IOException {
        FamilyRun run = new FamilyRun(LocalSpark.session(MASTER, Map.of()), folder, name);
        List<String> lines = Fingerprints.lines(run, run.train(new TrainingMonitor() {}), name);
        found.addAll(lines);
        if (!WRITES) {
            assertThat(lines).isEqualTo(expected.get(name));
        }
    }

    @Test
    void theFileHasAllConfigurations() {
        assumeThat(WRITES).isFalse();
        assertThat(expected).containsOnlyKeys(FamilyRun.names());
    }

    @AfterAll
    void write() throws IOException {
        if (WRITES) {
            Files.write(Fingerprints.EXPECTED, found);
        }
    }
}
