package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks show what is committed, and what the comparison finds. */
class NotebookIT {
    private static final Path COMMITTED = Path.of("notebooks/clustering.ipynb");

    @TempDir
    Path folder;

    /** Longer than a test may take otherwise: it waits until the wheel is built, then executes all notebooks. */
    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void theNotebooksShowWhatIsCommitted() throws Exception {
        PythonParts.assertPasses(folder, "notebooks");
    }

    @Test
    void equalOutputsPass() throws Exception {
        assertThat(compare(Files.readString(COMMITTED))).isEqualTo("0: The outputs are the committed ones\n");
    }

    @Test
    void aDifferentFigureIsShown() throws Exception {
        assertThat(compare(Files.readString(COMMITTED).replace("1797 images", "1798 images")))
                .startsWith("1: ")
                .contains("code cell 2 shows", "1798 images", "expected", "1797 images");
    }

    /** The exit code and the words of a comparison of the committed notebook with an executed one. */
    private String compare(String executed) throws IOException, InterruptedException {
        Path python = Path.of("/usr/bin/python3");
        assumeTrue(Files.isExecutable(python), "there is no Python here");
        Path file = Files.writeString(folder.resolve("executed.ipynb"), executed);
        Process process = new ProcessBuilder(
                        python.toString(),
                        "src/test/python/notebook_outputs.py",
                        "--check",
                        COMMITTED.toString(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return process.exitValue() + ": " + words;
    }
}
