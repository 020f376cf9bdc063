package io.github.sparklatent.bench.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of MNIST's four files. */
public final class MnistFolder {
    private static final Path USUAL = Path.of("data", "mnist");

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description =
                    "Folder of MNIST's four files (data/mnist); see the footer of jobs/bench"
                            + " --help.")
    private Path folder;

    public boolean isGiven() {
        return folder != null;
    }

    public Path path() {
        return isGiven() ? folder : USUAL;
    }
}
