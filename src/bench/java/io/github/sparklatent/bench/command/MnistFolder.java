package io.github.sparklatent.bench.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The folder of MNIST's four files. */
public final class MnistFolder {
    private static final Path USUAL = Path.of("data", "mnist");

    @Option(names = "--data", description = "Folder of the files of MNIST (data/mnist).")
    private Path folder;

    public boolean isGiven() {
        return folder != null;
    }

    public Path path() {
        return isGiven() ? folder : USUAL;
    }
}
