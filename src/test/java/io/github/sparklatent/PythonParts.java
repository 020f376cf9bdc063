package io.github.sparklatent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parts of {@code jobs/python test}, which run side by side. The first one builds the wheel, the others wait for it.
 */
final class PythonParts {
    /** What the build prints at its end if the tests were not run. */
    private static final Path SKIPPED = Path.of("target/python-skipped.txt");

    private PythonParts() {}

    static void assertPasses(Path folder, String... arguments) throws IOException, InterruptedException {
        Files.deleteIfExists(SKIPPED);
        boolean isThere = isThere();
        if (!isThere) {
            Files.writeString(
                    SKIPPED,
                    "The tests of the Python package were skipped: there is no python3 of 3.10 or later with the module"
                            + " venv (Debian: python3-venv)");
        }
        assumeTrue(isThere, "there is no Python of 3.10 or later with venv");
        List<String> command = Stream.concat(Stream.of("jobs/python", "test"), Stream.of(arguments))
                .toList();
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor()).as("exit code of %s", command).isZero();
        } finally {
            process.destroy(); // after a timeout
            System.out.print(Files.readString(output));
        }
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
}
