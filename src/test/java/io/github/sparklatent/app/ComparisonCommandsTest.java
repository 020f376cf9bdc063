package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.app.images.IdxFiles;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.network.AutoencoderModel;
import io.github.sparklatent.ml.network.VariationalAutoencoderModel;
import io.github.sparklatent.ml.network.measure.RowComparison;
import io.github.sparklatent.nn.ImageShape;
import io.github.sparklatent.vae.HiddenLayer;
import io.github.sparklatent.vae.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images, drawn rows and what a network sees in reconstructions, on the embedded digits. */
class ComparisonCommandsTest extends NetworkTest {
    private static final int ROWS = 1797;
    private static final int WIDTH = 64;
    private static final Path DIGITS = Path.of("conf", "data", "digits.csv.gz").toAbsolutePath();

    /** Sums over rows in another order: features are the same floats. */
    private static final double ORDER = 1e-10;

    /** Sums in another order, of features that are rounded to floats. */
    private static final double FLOATS = 1e-6;

    @TempDir
    static Path trained;

    /** A training on the digits, with further lines. */
    private String[] digits(String... further) {
        String[] lines = new String[further.length + 5];
        lines[0] = "model { type = vae, latent = 4, encoder = [16], image = [1, 8, 8] }";
        lines[1] = "data { path = \"%s\", format = csv, header = false, features = [\"_c*\"] }".formatted(DIGITS);
        lines[2] = "data { label = _c64, scale = minmax, holdout.fraction = 0.1 }";
        lines[3] = "train { maxEpochs = 2, roundsPerEpoch = 1, partitions = 2, batchSize = 32 }";
        lines[4] = "output { path = \"DIR/out\", overwrite = true }";
        System.arraycopy(further, 0, lines, 5, further.length);
        return lines;
    }

    /** A network of another scaling, whose hidden layer is a space; trained once for all. */
    private Path anotherNetwork() {
        Path result = trained.resolve("ae");
        if (!Files.exists(result)) {
            String path = "output { path = \"%s\", report = false }".formatted(result);
            done(run("train", digits("model.type = ae, data.scale = standard", path)));
        }
        return result;
    }

    private static String layer(Path result) {
        return "evaluate.features { model = \"%s\", layer = encoder.0 }".formatted(result);
    }

    private static String saved(Path result) {
        return result.resolve("model").toString();
    }

    private static Scaling scaling(Path result) {
        return SavedModels.any(spark, result.toString()).scaling();
    }

    /** All digits as a network sees them, in this process. */
    private static Shards digits(Scaling scaling) {
        var table = spark.read().option("inferSchema", true).csv(DIGITS.toString());
        FMatrixRMaj rows = new FMatrixRMaj(ROWS, WIDTH);
        int i = 0;
        double[] numbers = new double[WIDTH];
        for (Row row : table.collectAsList()) {
            for (int j = 0; j < WIDTH; j++) {
                numbers[j] = ((Number) row.get(j)).doubleValue();
            }
            scaling.apply(numbers, 0, WIDTH);
            for (int j = 0; j < WIDTH; j++) {
                rows.data[i * WIDTH + j] = (float) numbers[j];
            }
            i++;
        }
        return InMemoryShards.of(rows, 1);
    }

    @Test
    void trainingMeasuresBothKindsOfRowsAndSaysHow() throws IOException {
        Ended ended = run("train", digits(layer(anotherNetwork())));
        done(ended);
        Map<String, Object> metrics = metrics("out");
        for (String name : new String[] {"train", "holdout"}) {
            Map<String, Object> measured = section(metrics, name);
            assertThat((double) measured.get("ssim")).isBetween(0.0, 1.0);
            assertThat((double) measured.get("frechetDistance")).isPositive();
            assertThat((double) measured.get("perceptualDistance")).isPositive();
            assertThat(section(measured, "images"))
                    .containsEntry("height", 8)
                    .containsEntry("window", 7)
                    .containsEntry("range", 16.0);
            Object rows = section(metrics, "rows").get(name);
            assertThat(section(measured, "features"))
                    .containsEntry("layer", "encoder.0")
                    .containsEntry("drawn", rows)
                    .containsEntry("seed", 1)
                    .containsEntry("noise", true);
        }
        assertThat(ended.out())
                .contains(", SSIM 0.", "Fréchet distance ")
                .contains("features  encoder.0 of the ae at ");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains("Structural similarity (SSIM)")
                .contains("Fréchet distance of drawn rows: encoder.0 of the ae at ");
    }

    /** What the workers find, against the same rows in memory and in one piece. */
    @Test
    void theFiguresAreThoseOfTheRowsInMemory() throws IOException {
        Path ae = anotherNetwork();
        Path out = folder.resolve("out");
        done(run("train", digits("output.report = false")));
        assertThat(section(metrics("out"), "holdout"))
                .containsKey("ssim")
                .doesNotContainKeys("frechetDistance", "features");
        done(run("evaluate", digits(layer(ae), "sample { noise = false, seed = 5 }")));
        Map<String, Object> measured = section(metrics("out-evaluation"), "evaluation");
        VariationalAutoencoderModel model = VariationalAutoencoderModel.load(saved(out));
        TrainedNetwork network = model.network();
        Scaling scaling = scaling(out);
        Shards rows = digits(scaling);
        HiddenLayer hidden =
                HiddenLayer.of(AutoencoderModel.load(saved(ae)).network()).get(0);
        Map<String, Object> known = new RowComparison(
                        network,
                        model.scoringOptions(),
                        new RowComparison.Images(new ImageShape(1, 8, 8), 16, scaling),
                        new RowComparison.Features(hidden, scaling, scaling(ae)),
                        RowComparison.Draws.of(rows.sizes(), ROWS, 5, false))
                .of(rows, "rows in memory");
        Map.of("ssim", ORDER, "frechetDistance", FLOATS, "perceptualDistance", ORDER)
                .forEach((name, tolerance) -> assertThat((double) measured.get(name))
                        .as(name)
                        .isCloseTo((double) known.get(name), within(tolerance)));
        assertThat(section(measured, "features"))
                .containsEntry("layer", "encoder.0")
                .containsEntry("width", 16)
                .containsEntry("modelType", "ae")
                .containsEntry("drawn", ROWS)
                .containsEntry("noise", false);
    }

    @Test
    void anAutoencoderDrawsNoneAndAGeneratorReconstructsNone() throws IOException {
        String code = "output.report = false, evaluate.features { model = \"%s\" }".formatted(anotherNetwork());
        done(run("train", digits("model.type = ae", code)));
        assertThat(section(metrics("out"), "holdout"))
                .containsKeys("ssim", "perceptualDistance")
                .doesNotContainKey("frechetDistance");
        assertThat(section(section(metrics("out"), "holdout"), "features"))
                .containsEntry("layer", "code")
                .doesNotContainKey("drawn");
        String gan = "model = null, model { type = gan, latent = 4, image = [1, 8, 8] }";
        done(run("train", digits(gan, code)));
        assertThat(section(metrics("out"), "holdout"))
                .containsKeys("frechetDistance", "discriminatorLoss")
                .doesNotContainKeys("ssim", "perceptualDistance");
    }

    /** A length of 1 cannot be undone. */
    @Test
    void rowsOfLengthOneAreNotComparedAsImages() throws IOException {
        done(run("train", digits("data.scale = unit, output.report = false")));
        assertThat(section(metrics("out"), "holdout"))
                .containsKey("meanSquaredError")
                .doesNotContainKey("ssim");
    }

    @Test
    void imagesOfFilesAreFromNoughtToOne() throws IOException {
        IdxFiles.write(folder.resolve("images"), IdxFiles.images(30));
        done(run(
                "train",
                "model { type = ae, latent = 1, encoder = [3] }",
                "data { path = \"DIR/images\", format = idx }",
                "train { maxEpochs = 1, roundsPerEpoch = 1, partitions = 2 }",
                "output { path = \"DIR/out\", overwrite = true }"));
        assertThat(section(section(metrics("out"), "train"), "images"))
                .containsEntry("range", 1.0)
                .containsEntry("window", 1);
    }
}
