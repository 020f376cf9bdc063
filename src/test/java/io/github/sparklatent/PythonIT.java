package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparklatent.JobScript.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tests of the Python package pass with the wheel and the oldest PySpark, in classic mode and over Spark Connect.
 */
class PythonIT {
    /** What the build prints at its end if the tests were not run. */
    private static final Path SKIPPED = Path.of("target/python-skipped.txt");

    @TempDir
    Path folder;

    /** Longer than a test may take otherwise: it downloads PySpark and runs the suite twice and the notebooks. */
    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void theSuitePasses() throws Exception {
        Files.deleteIfExists(SKIPPED);
        boolean isThere = isThere();
        if (!isThere) {
            Files.writeString(
                    SKIPPED,
                    "The tests of the Python package were skipped: there is no python3 of 3.10 or later with the module"
                            + " venv (Debian: python3-venv)");
        }
        assumeTrue(isThere, "there is no Python of 3.10 or later with venv");
        Process process = new ProcessBuilder("jobs/python", "test", "--", "--color=no")
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    private static boolean isThere() throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(
                                    "python3",
                                    "-c",
                                    "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))")
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void anUnknownCommandIsNamed() throws Exception {
        Outcome outcome = JobScript.of("python", folder, Map.of()).run("whele");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors())
                .contains("the command is whele, expected wheel, families, test, matrix, notebooks, platform or site")
                .hasLineCount(1);
    }
}
