package io.github.sparklatent.bench.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts a script of {@code jobs/} as a process of its own. */
final class JobProcess {
    private JobProcess() {}

    /** Starts a command of {@code jobs/latent} and appends its output to a file. */
    static Process latent(Path log, String... arguments) throws IOException {
        return start(log, Map.of(), "latent", Arrays.asList(arguments));
    }

    /** Starts a script and appends its output to a file. */
    static Process start(Path log, Map<String, String> environment, String script, List<String> arguments)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Stream.concat(Stream.of("jobs/" + script), arguments.stream()).toList());
        builder.environment().keySet().removeIf(name -> name.startsWith("SPARK_")); // those of the drill's own session
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Kills a process and those that it started. */
    static void kill(ProcessHandle process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Sends a signal, such as STOP, to a process and those that it started. */
    static void signal(ProcessHandle process, String name) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, Long.toString(process.pid())));
        process.descendants().map(ProcessHandle::pid).map(String::valueOf).forEach(command::add);
        new ProcessBuilder(command).start().waitFor();
    }
}
