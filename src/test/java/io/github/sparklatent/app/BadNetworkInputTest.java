package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.images.IdxFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network cannot be trained on, or not so, ends in a sentence and an exit code. */
class BadNetworkInputTest extends BadInputContract {
    private static final String[] FEW = {"0,1", "1,0", "0.5,0.5", "1,1", "0,0", "0.25,1"};

    /** Trains on a csv of two columns with these rows, and further configuration. */
    private Ended network(String[] rows, String... further) {
        write("table.csv", with(new String[] {"x,y"}, rows));
        String[] lines = {
            "model { type = vae, latent = 1, encoder = [3] }",
            "data { path = \"DIR/table.csv\", format = csv, holdout.fraction = 0 }",
            "train { maxEpochs = 1, roundsPerEpoch = 1, partitions = 2 }",
            "output { path = \"DIR/out\", overwrite = true, report = false }"
        };
        return run("train", with(lines, further));
    }

    /** Scaled by the training rows, held-out ones lie beyond what a likelihood can give. */
    @Test
    void aDiscriminatorTakesHeldOutRowsThatTheLikelihoodCannotGive() {
        write("table.csv", lines("x,y", 40, i -> i + 1 + "," + (i + 1) * (i + 1)));
        write("new.csv", "x,y", "0,-5", "500,1", "3,4");
        String[] gan = {
            "model { type = gan, latent = 1, decoder = [3], discriminator = [3] }",
            "model.likelihood = bernoulli, train.maxEpochs = 1",
            "data { path = \"DIR/table.csv\", format = csv, scale = minmax }",
            "data.holdout.fraction = 0.5",
            "output { path = \"DIR/out\", overwrite = true, report = false }"
        };
        refused(
                run("train", with(gan, "model = null, model { type = vae, latent = 1, likelihood =" + " bernoulli }")),
                3,
                "held-out rows cannot be used by this model",
                "bernoulli expects values within [0, 1]");
        done(run("train", gan));
        String path = "data { path = \"DIR/new.csv\", holdout.fraction = 0 }";
        String holdout = "data.holdout { path = \"DIR/new.csv\", fraction = 0 }";
        done(run("train", with(gan, holdout)));
        done(run("evaluate", with(gan, path)));
        done(run("score", with(gan, path)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '\'', textBlock = """
                    model.encoder = [3, 0]                                             ~ 2 ~ model.encoder has a layer that is 0
                    model { image = [1, 2, 3], encoder = [{ conv = 2, kernel = 2 }] }   ~ 2 ~ image is 1 x 2 x 3 = 6 values
                    model { type = vae-gan, image = [1, 1, 2], discriminator = [{ conv = 2, kernel = 3 }] } ~ 2 ~ a kernel of 3 x 3 does not fit
                    model.likelihood = [{ columns = x, likelihood = gaussian }, { columns = ["*"], likelihood = poisson }] ~ 2 ~ model.likelihood has the feature "x" in two groups
                    model.likelihood = [{ columns = [x, y, z], likelihood = gaussian }] ~ 2 ~ model.likelihood names the column "z"
                    train.partitions = 1000000                                         ~ 3 ~ train.partitions is 1000000
                    train.optimizer { type = sgd, learningRate = 1e6 }                 ~ 5 ~ the learning rate was 1000000
                    """)
    void settingsThatDoNotFitTheRows(String line, int code, String part) {
        refused(network(FEW, line), code, part);
    }

    /** Nobody chooses partitions for rows that are only measured. */
    @Test
    void aHeldOutTableMayHaveFewerRowsThanPartitions() {
        write("few.csv", "x,y", "0.1,0.2");
        done(network(FEW, "train.partitions = 3, data.holdout = { path = \"DIR/few.csv\" }"));
        done(run(
                "evaluate",
                "model.type = vae, data { path = \"DIR/few.csv\", format = csv }",
                "train.partitions = 3, output { path = \"DIR/out\", overwrite = true, report = false }"));
    }

    @Test
    void aDryRunChecksTheGroupsToo() {
        write("table.csv", "x,y", "0,1");
        Ended ended = latent(
                "train",
                "--dry-run",
                "--config",
                configuration(
                        "model { type = vae, latent = 1 }",
                        "data { path = \"DIR/table.csv\", format = csv }",
                        "output { path = \"DIR/out\", overwrite = true, report = false }",
                        "model.likelihood = [{ columns = x, likelihood = gaussian }]"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("model.likelihood has no group for the features \"y\"; add a group with" + " these columns");
    }

    @Test
    void heldOutImagesOfAnotherSize() {
        IdxFiles.write(folder.resolve("images"), IdxFiles.images(5));
        IdxFiles.write(folder.resolve("held"), IdxFiles.file(new byte[9], 0x803, 1, 3, 3));
        refused(
                network(FEW, "data { path = \"DIR/images\", format = idx }", "data.holdout.path = \"DIR/held\""),
                3,
                "data.holdout.path \"",
                "\": the rows have 9 features, expected 6, as many as the rows of data.path");
    }

    @Test
    void idxImagesAreTrainedOnAsPictures() {
        IdxFiles.write(folder.resolve("images"), IdxFiles.packed(IdxFiles.images(30)));
        IdxFiles.write(folder.resolve("labels"), IdxFiles.labels(30));
        Ended ended = network(
                FEW,
                "data { path = \"DIR/images\", labels = \"DIR/labels\", format = idx }",
                "model.likelihood = bernoulli",
                "model.encoder = [{ conv = 2, kernel = 2 }, 4]");
        done(ended);
        assertThat(ended.out()).contains("6 features");
    }
}
