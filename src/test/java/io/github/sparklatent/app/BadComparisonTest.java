package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that cannot be compared as asked end in a sentence before a training. */
class BadComparisonTest extends NetworkTest {
    @BeforeEach
    void table() {
        write("table.csv", table(40));
    }

    private void refused(Ended ended, int code, String... parts) {
        assertRefused(ended, code, parts);
        assertThat(folder.resolve("out/runs")).doesNotExist();
    }

    /** It prints the configuration first. */
    private void dryRefused(String command, String[] lines, String sentence) {
        Ended ended = latent(command, "--dry-run", "--config", configuration(lines));
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err()).contains(sentence);
    }

    @Test
    void aSpaceThatIsNoneEndsInASentence() {
        String space = "evaluate.features { model = \"DIR/%s\" }";
        refused(run("train", network(space.formatted("nowhere"))), 3, "there is no model at " + folder + "/nowhere");
        done(run("train", network("model.type = ae", "output.path = \"DIR/ae\"")));
        refused(
                run("train", network(space.formatted("ae"), "evaluate.features.layer = encoder.3")),
                2,
                "evaluate.features.layer is \"encoder.3\", but the layers of"
                        + " evaluate.features.model are encoder.0, code");
        refused(
                run("train", network(space.formatted("ae"), "data.features = [b, a, c, d]")),
                2,
                "evaluate.features.model was trained on columns [a, b, c, d], but data.features"
                        + " gives [b, a, c, d]");
        refused(
                run("train", network(space.formatted("ae"), "data.scale = unit")),
                2,
                "evaluate.features.model was trained with data.scale = none, but these rows are"
                        + " scaled to length 1");
        refused(
                run("train", network(space.formatted("ae"), "data.scale = quantile")),
                2,
                "evaluate.features.model reads other columns as ranks than these rows");
        write("groups.csv", groups(20));
        done(run("train", training("output.path = \"DIR/mixture\"")));
        refused(
                run("train", network(space.formatted("mixture"))),
                2,
                "evaluate.features.model is a model of type gmm, expected a neural model");
    }

    /** Found before the table is read and packed. */
    @Test
    void anImageOfAnotherSizeThanTheRow() {
        done(run("train", network()));
        String[] lines = network("model.image = [1, 2, 3]");
        String sentence = "model.image is 1 x 2 x 3 = 6 values, but the rows have 4 features";
        assertRefused(run("evaluate", lines), 2, sentence);
        dryRefused("evaluate", lines, sentence);
    }
}
