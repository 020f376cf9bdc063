package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.JobScript.Outcome;
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
    @TempDir
    Path folder;

    /** Longer than a test may take otherwise: it downloads PySpark and runs both suites. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theSourcesAndTheSuitesPass() throws Exception {
        PythonParts.assertPasses(folder, "sources", "suites", "--", "--color=no");
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
