package io.github.sparklatent.bench.race;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparklatent.bench.report.Python;
import java.io.IOException;

/** scikit-learn's Gaussian mixture, in a Python process that holds the rows. */
final class ScikitLearn implements Contestant {
    static final String SCRIPT = "mixture.py";

    private final Python python;
    private final String description;

    ScikitLearn(String folder) throws IOException {
        this.python = new Python(SCRIPT, folder);
        this.description = python.answer().get("description").asText();
    }

    @Override
    public String remark() {
        return "with " + description;
    }

    @Override
    public double tolerance() {
        return Race.ROUNDING;
    }

    @Override
    public Fit fit(int rounds) throws IOException {
        JsonNode answer = python.ask(rounds);
        return new Fit(
                answer.get("seconds").asDouble(),
                answer.get("rounds").asInt(),
                answer.get("meanLogLikelihood").asDouble());
    }

    @Override
    public void close() throws IOException {
        python.close();
    }
}
