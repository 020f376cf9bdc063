package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network's training that is stopped and taken up again ends where one left alone does. */
class NetworkResumeTest extends NetworkTest {
    @BeforeEach
    void table() {
        write("table.csv", table(100));
    }

    private String[] job(String output, String... further) {
        String[] lines = network(further);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lines[i].replace("DIR/out", "DIR/" + output);
        }
        return lines;
    }

    @Test
    void theSameBitsAsWithoutAStop() throws IOException {
        done(run("train", job("whole")));
        Ended ended = stopped("round 2", job("resumed"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(STOPPED);
        assertThat(ended.err())
                .contains("spark-latent: stopped by a signal; checkpoint \"", "holds 2 rounds; the same");
        assertThat(folder.resolve("resumed/model")).doesNotExist();
        Ended resumed = stopped("no line", job("resumed"));
        done(resumed);
        assertThat(resumed.err()).contains("round 3, epoch").doesNotContain("round 1, epoch");
        assertThat(parameters(folder.resolve("resumed"), "vae")).isEqualTo(parameters(folder.resolve("whole"), "vae"));
        assertThat(Files.readAllLines(folder.resolve("resumed/rounds.jsonl"))).hasSize(4);
        assertThat(checkpoints("resumed")).as("of the run that was stopped").isNotEmpty();
    }

    @Test
    void aStopWithinAStage() throws IOException {
        String stages = "train { maxEpochs = 1, stages = [{ name = encoder }, { name = decoder }, { name = joint }] }";
        done(run("train", job("whole", stages)));
        assertThat(stopped("decoder, round 1", job("resumed", stages)).code()).isEqualTo(STOPPED);
        Ended resumed = stopped("no line", job("resumed", stages));
        done(resumed);
        assertThat(resumed.err()).contains("decoder, round 2").doesNotContain("encoder, round", "decoder, round 1");
        assertThat(parameters(folder.resolve("resumed"), "vae")).isEqualTo(parameters(folder.resolve("whole"), "vae"));
    }

    private String[] clusters(String output) {
        String[] lines = job(output);
        lines[0] = "model { type = vade, latent = 2, encoder = [6], components = 2 }";
        lines[3] = "train { restarts = 3, roundsPerEpoch = 2, partitions = 2, stages = [{ name ="
                + " autoencoder, maxEpochs = 1 }, { name = fixed, maxEpochs = 1 }, { name ="
                + " clustering, maxEpochs = 1 }] }";
        return lines;
    }

    /** Between two starts of the clusters; what there was before them is the last stage's. */
    @Test
    void aStopWhileClustersAreLookedFor() throws IOException {
        done(run("train", clusters("whole")));
        Ended ended = stopped("start 2 of 3", clusters("resumed"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(STOPPED);
        assertThat(ended.err())
                .contains("VADE 4-6-2, fixed: clusters of the codes, start 2 of 3")
                .contains("holds 1 round, in stage autoencoder (1 of 3); the same")
                .doesNotContain("start 3 of 3");
        done(run("train", clusters("resumed")));
        assertThat(parameters(folder.resolve("resumed"), "vade"))
                .isEqualTo(parameters(folder.resolve("whole"), "vade"));
    }

    @Test
    void morePassesAndAnImageToCompareAreTheSameTraining() {
        assertThat(stopped("round 2", job("more")).code()).isEqualTo(STOPPED);
        Ended ended = stopped("no line", job("more", "train.maxEpochs = 3, model.image = [1, 2, 2]"));
        done(ended);
        assertThat(ended.err()).contains("round 3, epoch", "of 3").doesNotContain("round 1, epoch");
    }

    @Test
    void anotherArchitectureStartsFromTheBeginning() {
        stopped("round 2", job("other"));
        Ended ended = stopped("no line", job("other", "model.encoder = [5]"));
        done(ended);
        assertThat(ended.err()).contains("round 1, epoch");
    }

    @Test
    void startingFromASavedNetwork() {
        done(run("train", job("first")));
        JsonNode first = parameters(folder.resolve("first"), "vae");
        String start = "train { initialModel = \"DIR/first\", maxEpochs = 0.5, roundsPerEpoch = 1 }";
        done(run("train", job("second", start)));
        assertThat(parameters(folder.resolve("second"), "vae")).isNotEqualTo(first);
        String[] other = job("third", start, "model.encoder = [5]");
        String sentence = "train.initialModel is of another architecture";
        assertRefused(run("train", other), 2, sentence);
        Ended dry = latent("train", "--dry-run", "--config", configuration(other));
        assertThat(dry.code()).isEqualTo(2);
        assertThat(dry.err()).contains(sentence);
        String[] mixture = job("third", "train.initialModel = \"DIR/first\"");
        mixture[0] = "model { type = gmm, components = 2 }";
        mixture[3] = "";
        assertRefused(run("train", mixture), 2, "train.initialModel is of type vae, expected gmm");
        mixture[0] = "model { type = mixture, components = 2 }";
        String[] missing = Arrays.stream(mixture)
                .map(line -> line.replace("DIR/first", "DIR/none"))
                .toArray(String[]::new);
        assertThat(run("train", missing).err())
                .contains("train.initialModel: there is no model at ")
                .doesNotContain("data.path \"");
    }
}
