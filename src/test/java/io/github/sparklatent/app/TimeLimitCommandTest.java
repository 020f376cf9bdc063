package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Trainings whose time is over at once. They make one round each, however fast the machine is, so their results do not
 * depend on the time.
 */
class TimeLimitCommandTest extends NetworkTest {
    private static final String AT_ONCE = "train.maxSeconds = 1e-9, output.report = true";
    private static final String OVER = "train.maxSeconds = 0.000000001 is over after ";

    @BeforeEach
    void tables() {
        write("groups.csv", groups(60));
        write("table.csv", table(100));
    }

    /** The reason is in the figures, in the report and on standard output. */
    private void assertEnded(Ended ended, String position) throws IOException {
        String reason = OVER + position;
        assertThat(ended.out()).contains(reason);
        assertThat(metrics("out").get("warnings").toString()).contains(reason);
        assertThat(Files.readString(folder.resolve("out/report.html"))).contains(reason);
        assertThat(checkpoints("out")).isEmpty();
    }

    /** The rows that k-means starts from are drawn, so the limit cannot change the start. */
    @Test
    void aMixtureIsThatOfOneRound() throws IOException {
        String start = "model.initialization = random-rows, train.partitions = 4, output.overwrite = true";
        done(run("train", training(start, "train.maxRounds = 1")));
        var expected = parameters(folder.resolve("out"));
        Ended ended = done(run("train", training(start, AT_ONCE)));
        assertThat(parameters(folder.resolve("out"))).isEqualTo(expected);
        assertEnded(ended, "round 1 of 100");
        assertThat(section(metrics("out"), "train")).containsEntry("rounds", 1).containsEntry("converged", false);
    }

    @Test
    void restartsThatHaveNotBegunAreSkipped() throws IOException {
        Ended ended = done(run(
                "train",
                training(AT_ONCE, "model.components = [2, 3], train.restarts = 2", "train.checkpoint.every = 1")));
        assertEnded(ended, "round 1 of 100 in fit 1 of 4; skipped: 3 fits");
        assertThat(section(metrics("out"), "model")).containsEntry("components", 2);
    }

    @Test
    void factorAnalysisAndInferenceEnd() throws IOException {
        String factors = "output.overwrite = true, model { type = factor-analysis, latent = 1 }";
        String[] lines = training(AT_ONCE, factors);
        lines[2] = "output.path = \"DIR/out\"";
        assertEnded(done(run("train", lines)), "round 1 of ");
        lines[4] = "output.overwrite = true, model { fit = variational-inference, components = 2 }";
        assertEnded(done(run("train", lines)), "round 1 of ");
        assertThat(metrics("out").get("warnings").toString()).doesNotContain("train.maxRounds");
    }

    @Test
    void aNetworkEndsAfterARound() throws IOException {
        Ended ended = done(run("train", network(AT_ONCE)));
        assertEnded(ended, "round 1, epoch 0.50 of 2");
        assertThat(section(metrics("out"), "train")).containsEntry("rounds", 1).containsEntry("stoppedEarly", false);
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("ended early because its time was over")
                .doesNotContain("all epochs were run");
    }

    @Test
    void eachStageMakesARound() throws IOException {
        String[] lines = network(AT_ONCE);
        lines[0] = "model { type = vade, latent = 2, encoder = [6], components = 2 }";
        lines[3] = "train { roundsPerEpoch = 2, partitions = 2, batchSize = 8, stages = [{ name ="
                + " autoencoder, maxEpochs = 2 }, { name = clustering, maxEpochs = 3 }] }";
        Ended ended = done(run("train", lines));
        assertEnded(
                ended,
                "round 1, epoch 0.50 of 2 of stage autoencoder and round 1, epoch 0.50 of 3 of" + " stage clustering");
        Map<String, Object> train = section(metrics("out"), "train");
        assertThat(train).containsEntry("rounds", 2);
    }

    @Test
    void aClosedFormHasNoTimeLimit() {
        String[] lines = training(AT_ONCE, "model { type = ppca, latent = 1 }");
        lines[2] = "output.path = \"DIR/out\"";
        assertRefused(run("train", lines), 2, "train.maxSeconds", "which has no rounds");
    }
}
