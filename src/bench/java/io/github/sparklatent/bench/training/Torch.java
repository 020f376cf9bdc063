package io.github.sparklatent.bench.training;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.bench.report.NamedRun;
import io.github.sparklatent.bench.report.Python;
import io.github.sparklatent.bench.training.Curve.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The same trainings in PyTorch, each in a Python process. */
public final class Torch {
    static final String SCRIPT = "vae.py";

    private Torch() {}

    /**
     * Trains on the images of a folder.
     *
     * @param model dense or convolution
     */
    public static Curve train(String name, Path folder, String model, int epochs, int threads) throws IOException {
        String[] arguments = {folder.toString(), "--model", model, "--epochs", "" + epochs, "--threads", "" + threads};
        List<Point> points = new ArrayList<>();
        double seconds = 0;
        try (Python python = new Python(SCRIPT, arguments)) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                JsonNode line = python.answer();
                System.err.println("  " + line);
                seconds += line.get("seconds").asDouble();
                points.add(new Point(
                        line.get("epoch").asDouble(),
                        NamedRun.rounded(seconds),
                        NamedRun.rounded(line.get("elbo").asDouble()),
                        NamedRun.rounded(line.get("reconstruction").asDouble()),
                        NamedRun.rounded(line.get("kl").asDouble()),
                        null,
                        null));
            }
        }
        return new Curve(name, false, points);
    }
}
