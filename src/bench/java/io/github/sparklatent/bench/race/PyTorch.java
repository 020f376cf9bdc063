package io.github.sparklatent.bench.race;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.bench.report.Python;
import java.io.IOException;
import java.nio.file.Path;

/** The same network in PyTorch, with one thread or two threads, depending on which is faster. */
final class PyTorch implements Contestant {
    static final String SCRIPT = "vae.py";

    private final NetworkCase problem;
    private final Path images;
    private final int threads;

    PyTorch(NetworkCase problem, Path images) throws IOException {
        this.problem = problem;
        this.images = images;
        this.threads = fit(2, 1).seconds() <= fit(2, 2).seconds() ? 1 : 2;
    }

    @Override
    public double tolerance() {
        return AveragedNetwork.NOISE;
    }

    @Override
    public Fit fit(int epochs) throws IOException {
        return fit(epochs, threads);
    }

    private Fit fit(int epochs, int count) throws IOException {
        String[] arguments = {
            images.toString(), "--model", problem.peer(), "--epochs", "" + epochs, "--threads", "" + count
        };
        double seconds = 0;
        double elbo = 0;
        try (Python python = new Python(SCRIPT, arguments)) {
            for (int epoch = 1; epoch <= epochs; epoch++) {
                JsonNode line = python.answer();
                System.err.println("  " + line);
                seconds += line.get("seconds").asDouble();
                elbo = line.get("elbo").asDouble();
            }
        }
        return new Fit(seconds, epochs, elbo);
    }

    @Override
    public String remark() {
        return "with " + (threads == 1 ? "one thread" : "two threads");
    }
}
