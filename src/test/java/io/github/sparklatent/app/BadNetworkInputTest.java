package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.images.IdxFiles;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a network cannot be trained on, or not so, ends in a sentence and an exit code. */
class BadNetworkInputTest extends BadInputContract {
    private static final String[] FEW = {"0,1", "1,0", "0.5,0.5", "1,1", "0,0", "0.25,1"};

    /** Trains on a csv of two columns with these rows, and further configuration. */
    private Ended network(String[] rows, String... further) {
        write("table.csv", Stream.concat(Stream.of("x,y"), Arrays.stream(rows)).toArray(String[]::new));
        return run(
                "train",
                Stream.concat(
                                Stream.of(
                                        "model { type = vae, latent = 1, encoder = [3] }",
                                        "data { path = \"DIR/table.csv\", format = csv," + " holdout.fraction = 0 }",
                                        "train { maxEpochs = 1, roundsPerEpoch = 1, partitions = 2" + " }",
                                        "output { path = \"DIR/out\", overwrite = true }"),
                                Arrays.stream(further))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "bernoulli; 0.5,1.7; column \"y\" is 1.7, bernoulli expects values within [0, 1]",
                "bernoulli; -0.5,1; column \"x\" is -0.5, bernoulli expects values within [0, 1]",
                "poisson; 1,-2; column \"y\" is -2.0, poisson expects",
                "poisson; 1,2.5; column \"y\" is 2.5, poisson expects",
                "negative-binomial; 1,-2; column \"y\" is -2.0, negative-binomial expects",
                "categorical; 1,1; column \"x\" to column \"y\" hold 2 ones, categorical expects" + " one"
            })
    void valuesThatTheLikelihoodCannotHave(String likelihood, String row, String sentence) {
        refused(
                network(new String[] {"1,0", "0,1", row}, "model.likelihood = " + likelihood),
                3,
                "1 of 3 ",
                "cannot be used by this model",
                sentence);
    }

    /** Its generator cannot make them: rows that it is to draw like must be possible. */
    @Test
    void valuesThatAGeneratorCannotMake() {
        write("table.csv", "x,y", "0,1", "1,0", "0.5,1.7");
        refused(
                run(
                        "train",
                        "model { type = gan, latent = 1, decoder = [3], discriminator = [3] }",
                        "model.likelihood = bernoulli, train.maxEpochs = 1",
                        "data { path = \"DIR/table.csv\", format = csv, holdout.fraction = 0 }",
                        "output { path = \"DIR/out\", overwrite = true }"),
                3,
                "1 of 3 training rows cannot be used by this model",
                "column \"y\" is 1.7, bernoulli expects values within [0, 1]");
    }

    /** Scaled by the training rows, held-out ones lie beyond what a likelihood can give. */
    @Test
    void aDiscriminatorTakesHeldOutRowsThatTheLikelihoodCannotGive() {
        write(
                "table.csv",
                IntStream.rangeClosed(0, 40)
                        .mapToObj(i -> i == 0 ? "x,y" : i + "," + i * i)
                        .toArray(String[]::new));
        write("new.csv", "x,y", "0,-5", "500,1", "3,4");
        String[] gan = {
            "model { type = gan, latent = 1, decoder = [3], discriminator = [3] }",
            "model.likelihood = bernoulli, train.maxEpochs = 1",
            "data { path = \"DIR/table.csv\", format = csv, scale = minmax }",
            "data.holdout.fraction = 0.5",
            "output { path = \"DIR/out\", overwrite = true }"
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

    private static String[] with(String[] lines, String further) {
        return Stream.concat(Arrays.stream(lines), Stream.of(further)).toArray(String[]::new);
    }

    @Test
    void aLayerOfWidthZero() {
        refused(
                network(FEW, "model.encoder = [3, 0]"),
                2,
                "model.encoder has a layer that is 0, must be an integer >= 1");
    }

    @Test
    void aBatchLargerThanAPartitionIsTold() {
        Ended ended = network(FEW, "train.batchSize = 500");
        done(ended);
        assertThat(ended.out()).contains("a batch of 500 rows is larger than a partition");
    }

    @Test
    void morePartitionsThanRowsAreRefusedBeforeTheyArePlaced() {
        refused(
                network(FEW, "train.partitions = 1000000"),
                3,
                "train.partitions is 1000000, but there are 6 training rows; expected at most");
    }

    /** Nobody chooses partitions for rows that are only measured. */
    @Test
    void aHeldOutTableMayHaveFewerRowsThanPartitions() {
        write("few.csv", "x,y", "0.1,0.2");
        done(network(FEW, "train.partitions = 3, data.holdout = { path = \"DIR/few.csv\" }"));
        done(run(
                "evaluate",
                "model.type = vae, data { path = \"DIR/few.csv\", format = csv }",
                "train.partitions = 3, output { path = \"DIR/out\", overwrite = true }"));
    }

    @Test
    void aLearningRateThatDiverges() {
        refused(
                network(
                        FEW,
                        "train { maxEpochs = 50, checkpoint.every = 1 }",
                        "train.optimizer { type = sgd, learningRate = 1e6 }"),
                5,
                "the learning rate was 1000000",
                "try 1e+05");
    }

    @Test
    void theOnlyRoundDiverges() {
        refused(
                network(FEW, "train.optimizer { type = sgd, learningRate = 1e6 }"),
                5,
                "after round 1: the mean loss is ",
                "the learning rate was 1000000");
    }

    @Test
    void columnsInNoGroupOrInTwo() {
        refused(
                network(FEW, "model.likelihood = [{ columns = x, likelihood = gaussian }]"),
                2,
                "model.likelihood has no group for the features \"y\"; add a group with these" + " columns");
        refused(
                network(
                        FEW,
                        "model.likelihood = [{ columns = x, likelihood = gaussian }, { columns ="
                                + " [\"*\"], likelihood = poisson }]"),
                2,
                "model.likelihood has the feature \"x\" in two groups");
        refused(
                network(FEW, "model.likelihood = [{ columns = [x, y, z], likelihood = gaussian }]"),
                2,
                "model.likelihood names the column \"z\", which is not a feature");
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
                        "output { path = \"DIR/out\", overwrite = true }",
                        "model.likelihood = [{ columns = x, likelihood = gaussian }]"));
        assertThat(ended.code()).as(ended.err()).isEqualTo(2);
        assertThat(ended.err())
                .contains("model.likelihood has no group for the features \"y\"; add a group with" + " these columns");
    }

    @Test
    void anImageOfAnotherSizeThanTheRow() {
        refused(
                network(FEW, "model { image = [1, 2, 3], encoder = [{ conv = 2, kernel = 2 }] }"),
                2,
                "the layers of model do not fit together: image is 1 x 2 x 3 = 6 values, the rows" + " have 2 columns");
    }

    @Test
    void aDiscriminatorThatMisfitsTheImage() {
        refused(
                network(
                        FEW,
                        "model { type = vae-gan, image = [1, 1, 2]," + " discriminator = [{ conv = 2, kernel = 3 }] }"),
                2,
                "the layers of model do not fit together: a kernel of 3 x 3 does not fit an image"
                        + " of 1 x 1 x 2 with a padding of 0");
    }

    @Test
    void aCorruptIdxFile() {
        byte[] whole = IdxFiles.images(5);
        IdxFiles.write(folder.resolve("images"), IdxFiles.packed(Arrays.copyOf(whole, whole.length - 3)));
        refused(
                network(FEW, "data { path = \"DIR/images\", format = idx }"),
                3,
                "data.path \"",
                "images\" is damaged at item 5 of 5: the file ends");
        byte[] packed = IdxFiles.packed(whole);
        packed[packed.length - 8] ^= 1; // of the check sum
        IdxFiles.write(folder.resolve("images"), packed);
        refused(
                network(FEW, "data { path = \"DIR/images\", format = idx }"),
                3,
                "images\" is damaged at item 5 of 5: Corrupt GZIP trailer");
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
