package io.github.sparklatent.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Python process that answers in lines of JSON, for the peers that are Python libraries. */
public final class Python implements AutoCloseable {
    /** That of the virtual environment that {@code jobs/bench} made. */
    private static final String PYTHON = System.getenv().getOrDefault("BENCH_PYTHON", "python3");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String script;
    private final Process process;
    private final BufferedReader answers;

    /**
     * Starts a script.
     *
     * @param script name of a file in src/bench/python
     */
    public Python(String script, String... arguments) throws IOException {
        this.script = script;
        List<String> command = new ArrayList<>(List.of(PYTHON, "src/bench/python/" + script));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.matches("(OPENBLAS|OMP|MKL)_.*"));
        this.process = builder.start();
        this.answers = process.inputReader();
    }

    /** Returns the versions of the libraries that a script uses. */
    public static String versions(String script) throws IOException {
        try (Python python = new Python(script)) {
            return python.answer().get("description").asText();
        }
    }

    /** Sends a line and returns the answer. */
    public JsonNode ask(Object line) throws IOException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
        return answer();
    }

    /**
     * Returns the next answer.
     *
     * @throws IOException if the process ended before it
     */
    public JsonNode answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("%s ended with exit code %d before its answer; its messages are above"
                    .formatted(script, process.onExit().join().exitValue()));
        }
        return JSON.readTree(line);
    }

    /** Ends the process by ending its input. */
    @Override
    public void close() throws IOException {
        process.outputWriter().close();
        process.onExit().join();
    }
}
