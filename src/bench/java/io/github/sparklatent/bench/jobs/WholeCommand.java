package io.github.sparklatent.bench.jobs;

import io.github.sparklatent.bench.command.BenchCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs commands as a person does, each in a process of its own. */
final class WholeCommand {
    private static final Path ANSWER = BenchCommand.DATA.resolve("command.out");
    private static final Path LOG = BenchCommand.DATA.resolve("command.log");

    private WholeCommand() {}

    /**
     * Runs a command to its end, in the folder of generated rows.
     *
     * @return what it printed to the standard output
     * @throws IOException with its log if it fails
     */
    static String run(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.directory(BenchCommand.DATA.toFile());
        builder.redirectOutput(ANSWER.toFile());
        builder.redirectError(LOG.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(OPENBLAS|OMP|SPARK)_.*"));
        int code = builder.start().onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(
                    "%s ended with exit code %d: %s".formatted(String.join(" ", command), code, Files.readString(LOG)));
        }
        return Files.readString(ANSWER);
    }

    static String absolute(String first, String... more) {
        return Path.of(first, more).toAbsolutePath().toString();
    }
}
