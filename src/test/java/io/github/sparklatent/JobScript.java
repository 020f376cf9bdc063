package io.github.sparklatent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a script of jobs/ in any folder and with any environment. */
final class JobScript {
    private static final Path JOBS = Path.of("jobs").toAbsolutePath();
    private static final int PATIENCE_MINUTES = 5;

    /** The exit code of a script and its output. */
    record Outcome(int code, String output, String errors) {}

    private final Path script;
    private final Path folder;
    private final Map<String, String> environment;

    private JobScript(Path script, Path folder, Map<String, String> environment) {
        this.script = script;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Returns a script that runs in a folder.
     *
     * @param environment variables besides those of this process; a SPARK_HOME of the developer is removed, because it
     *     would change what the script does
     */
    static JobScript of(String name, Path folder, Map<String, String> environment) {
        return new JobScript(JOBS.resolve(name), folder, environment);
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        List<String> command = Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().remove("SPARK_HOME");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(command
                        + " still runs after "
                        + PATIENCE_MINUTES
                        + " minutes; it printed "
                        + Files.readString(errors));
            }
        } finally {
            process.destroyForcibly();
        }
        return new Outcome(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(errors, StandardCharsets.UTF_8));
    }
}
