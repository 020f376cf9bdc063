package io.github.sparklatent.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * scikit-learn's mixture in a Python process that holds the rows: it answers each number of passes,
 * a line, with a fit, a line of JSON.
 */
final class ScikitLearn implements Contestant {
    static final String SYSTEM = "sklearn";

    /** Debian's Python, whose packages a Python of one's own does not see. */
    private static final List<String> COMMAND =
            List.of("/usr/bin/python3", "src/bench/python/mixture.py");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    /** What the process says of itself first: versions, threads. */
    private final String description;

    private ScikitLearn(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(COMMAND));
        builder.command().addAll(List.of(arguments));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.matches("(OPENBLAS|OMP)_.*"));
        this.process = builder.start();
        this.answers = process.inputReader();
        this.questions = process.outputWriter();
        this.description = ask(null).get("description").asText();
    }

    ScikitLearn(Path folder) throws IOException {
        this(folder.toString());
    }

    /**
     * Versions of scikit-learn and of what it stands on.
     *
     * @throws IOException where it is not installed
     */
    static String versions() throws IOException {
        try (ScikitLearn process = new ScikitLearn()) {
            return process.description;
        }
    }

    @Override
    public String remark() {
        return "with " + description;
    }

    @Override
    public String system() {
        return SYSTEM;
    }

    @Override
    public double tolerance() {
        return Race.ROUNDING;
    }

    @Override
    public Fit fit(int passes) throws IOException {
        JsonNode answer = ask(passes);
        return new Fit(
                answer.get("seconds").asDouble(),
                answer.get("passes").asInt(),
                answer.get("meanLogLikelihood").asDouble());
    }

    private JsonNode ask(Integer passes) throws IOException {
        if (passes != null) {
            questions.write(passes + "\n");
            questions.flush();
        }
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("scikit-learn's process ended; what it said stands above");
        }
        return JSON.readTree(line);
    }

    /** Ends the process by ending its input. */
    @Override
    public void close() throws IOException {
        questions.close();
        process.onExit().join();
    }
}
