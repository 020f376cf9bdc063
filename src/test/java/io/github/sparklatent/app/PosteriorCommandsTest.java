package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands with the posterior of a mixture's parameters. */
class PosteriorCommandsTest extends CommandTest {
    @BeforeEach
    void table() {
        write("groups.csv", groups(120));
    }

    private String[] mixture(String... further) {
        String[] lines = {
            "data { path = \"DIR/groups.csv\", format = csv, id = row }",
            "data { features = [x, y], label = group, scale = standard }",
            "model { fit = variational-inference, components = 2, weightPrior = dirichlet }",
            "train { partitions = 1, maxRounds = 500 }, data.holdout.fraction = 0",
            "output { path = \"DIR/out\", overwrite = true }"
        };
        return with(lines, further);
    }

    /** The groups are around x = 0 and x = 10, with 60 rows each. */
    @Test
    void resultsHaveTheParametersInUnitsOfTheTable() throws IOException {
        done(run("train", mixture()));
        Map<String, Object> metrics = metrics("out");
        assertThat(section(metrics, "train")).containsEntry("converged", true);
        Map<String, Map<?, ?>> posterior = ((List<?>) metrics.get("posterior"))
                .stream().map(Map.class::cast).collect(Collectors.toMap(one -> (String) one.get("name"), one -> one));
        assertThat(posterior.keySet())
                .contains("weight[1]", "mean[0].x", "deviation[1].y")
                .hasSize(10);
        Map<?, ?> left = posterior.get((double) posterior.get("mean[0].x").get("mean") < 5 ? "mean[0].x" : "mean[1].x");
        double ofGroup = (double) posterior
                .get(((String) left.get("name")).replace("mean", "deviation"))
                .get("mean");
        assertThat((double) left.get("mean")).isCloseTo(0, within(0.5));
        // A mean of 60 rows, with a prior of a row: within 15%, as only 1,000 draws describe it.
        assertThat((double) left.get("deviation") / (ofGroup / Math.sqrt(61))).isCloseTo(1, within(0.15));
        assertThat((double) left.get("lower")).isLessThan((double) left.get("mean"));
        assertThat((double) left.get("upper")).isGreaterThan((double) left.get("mean"));
        assertThat(Files.readAllLines(folder.resolve("out/rounds.jsonl")))
                .allSatisfy(line ->
                        assertThat((double) Json.parse(line).get("error")).isPositive());
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains("posterior-table", "deviation[1].y");

        assertThat(done(run("inspect", mixture())).out()).contains("weight[0] 0.", "mean[1].x");
        Ended json = done(latent("inspect", "--json", "--config", configuration(mixture())));
        assertThat(Json.parse(json.out()).get("posterior")).isEqualTo(metrics.get("posterior"));
    }

    @Test
    void mistakesAreOneSentence() {
        String wide = "model { components = 400, posterior = full }";
        assertRefused(run("train", mixture(wide)), 2, "model.posterior is full, but the mixture has 2399 parameters");
    }
}
