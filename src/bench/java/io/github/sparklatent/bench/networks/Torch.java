package io.github.sparklatent.bench.networks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparklatent.bench.networks.Curve.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same trainings in PyTorch, in a process of Python. */
final class Torch {
    /** Debian's Python, whose packages a Python of one's own does not see. */
    private static final List<String> COMMAND =
            List.of("/usr/bin/python3", "src/bench/python/vae.py");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Torch() {}

    /** Version of PyTorch. */
    static String version() throws IOException {
        return lines(List.of()).get(0).get("description").asText();
    }

    /** Trains on the images of a folder. */
    static Curve train(String name, Path folder, String model, int epochs, int threads)
            throws IOException {
        List<JsonNode> lines =
                lines(
                        List.of(
                                folder.toString(),
                                "--model",
                                model,
                                "--epochs",
                                Integer.toString(epochs),
                                "--threads",
                                Integer.toString(threads)));
        List<Point> points = new ArrayList<>();
        double seconds = 0;
        for (JsonNode line : lines) {
            seconds += line.get("seconds").asDouble();
            points.add(
                    new Point(
                            line.get("epoch").asDouble(),
                            Training.rounded(seconds),
                            Training.rounded(line.get("elbo").asDouble()),
                            Training.rounded(line.get("reconstruction").asDouble()),
                            Training.rounded(line.get("kl").asDouble()),
                            null,
                            null));
        }
        return new Curve(name, false, points);
    }

    private static List<JsonNode> lines(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(COMMAND);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(key -> key.matches("(OPENBLAS|OMP|MKL)_.*"));
        Process process = builder.start();
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader answers = process.inputReader()) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                lines.add(JSON.readTree(line));
                System.err.println("  " + line);
            }
        }
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(
                    "%s ended with exit code %d; what it said stands above"
                            .formatted(String.join(" ", command), code));
        }
        return lines;
    }
}
