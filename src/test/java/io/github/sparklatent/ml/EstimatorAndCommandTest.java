package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.app.Latent;
import io.github.sparklatent.app.config.Job;
import io.github.sparklatent.app.config.JobConfiguration;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import io.github.sparklatent.ml.network.VariationalAutoencoderModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command and the Estimator of the same settings train the same model. */
@Tag("slow")
class EstimatorAndCommandTest {
    private static final String[] COLUMNS = {"a", "b", "c"};

    private static SparkSession spark;

    @TempDir private Path folder;

    @BeforeAll
    static void startSpark() {
        spark = LocalSpark.session();
    }

    private boolean incomplete;

    /** Two groups of rows, and a number of each row that is not modelled. */
    private Path table() throws IOException {
        List<String> lines = new ArrayList<>(List.of("row,a,b,c"));
        IntStream.range(0, 80)
                .mapToObj(
                        i ->
                                "%d,%s,%s,%s"
                                        .formatted(
                                                i,
                                                i % 2 + 0.3 * Math.sin(i),
                                                incomplete && i % 3 == 2
                                                        ? ""
                                                        : i % 2 + 0.3 * Math.cos(3 * i),
                                                0.3 * Math.sin(7 * i)))
                .forEach(lines::add);
        return Files.write(folder.resolve("table.csv"), lines);
    }

    /** A configuration that trains on the table above with these further lines. */
    private Path configuration(String... further) throws IOException {
        List<String> lines =
                new ArrayList<>(
                        List.of(
                                "data { path = \"%s\", format = csv, features = [a, b, c] }"
                                        .formatted(table()),
                                "data.holdout.fraction = 0, train { partitions = 2, seed = 5 }",
                                "output { path = \"%s\", overwrite = true, report = false }"
                                        .formatted(result())));
        lines.addAll(Arrays.asList(further));
        return Files.write(folder.resolve("job.conf"), lines);
    }

    private Path result() {
        return folder.resolve("out");
    }

    private long ofTheCommand(Path configuration) {
        assertThat(Latent.run("train", "--config", configuration.toString())).isZero();
        return checksum(SavedModels.any(Families.ALL, spark, result().toString(), null).model());
    }

    private static long ofTheEstimator(Path configuration, Dataset<Row> features) {
        JobConfiguration job =
                JobConfiguration.load(configuration, List.of(), Job.TRAIN, Families.types());
        LatentEstimator<?, ?> estimator = Families.estimator(job.type(), "estimator");
        estimator.configure(job.settings());
        return checksum(estimator.fit(features));
    }

    private Dataset<Row> read() throws IOException {
        return spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(table().toString());
    }

    private static long checksum(LatentModel<?> model) {
        CRC32C checksum = new CRC32C();
        model.fingerprint(checksum);
        return checksum.getValue();
    }

    private Dataset<Row> assembled() throws IOException {
        return new FeatureAssembler("assembler")
                .setInputCols(COLUMNS)
                .setInvalid(incomplete ? "keep" : "error")
                .transform(read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model { type = gmm, components = 2, covariance = tied }, train { restarts = 2,"
                        + " maxRounds = 5, tolerance = 0 }",
                "model { type = bayesian, settings { components = 2, scatter = 0.1 }, posterior ="
                        + " full }, train { estimator = score-function, draws = 5, maxRounds = 7 }",
                "model { type = vae, latent = 2, encoder = [5], beta = 0.5, likelihood { type ="
                        + " gaussian, variance = learnt } }, train { maxEpochs = 3, batchSize = 8,"
                        + " optimizer { learningRate = 0.01, schedule.type = cosine } }",
                "model { type = dlgm, latent = 2, encoder = [5], betaWarmUpEpochs = 1 }, train {"
                        + " maxEpochs = 3, batchSize = 8, chainSteps = 2, leapfrogSteps = 3,"
                        + " stepSize = 0.4, targetAcceptance = 0.7 }",
                "model { type = vade, components = 2, latent = 2, encoder = [5], start = mixture },"
                        + " train { batchSize = 8, restarts = 2, stages = [{ name = autoencoder,"
                        + " maxEpochs = 3 }, { name = fixed, maxEpochs = 1 }, { name = clustering,"
                        + " maxEpochs = 2, optimizer.learningRate = 2e-3 }] }",
                "model { type = gan, latent = 2, decoder = [5], discriminator = [4] }, train {"
                        + " maxEpochs = 4, batchSize = 8, optimizer.learningRate = 0.1 },"
                        + " data.holdout.fraction = 0.3, evaluate.features { type ="
                        + " principal-components, components = 2 }"
            })
    void theNumbersOfBothAreTheSameBits(String settings) throws IOException {
        Path configuration = configuration(settings);
        long expected = requireSame(configuration);
        assertThat(ofTheEstimator(configuration(settings, "train.seed = 6"), assembled()))
                .as("of another seed")
                .isNotEqualTo(expected);
    }

    /** Each third row misses b. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "model { type = vae, objective = iwae, samples = 3, latent = 2, encoder = [5] },"
                        + " train { maxEpochs = 2, batchSize = 8 }",
                "model { type = mog-vae, components = 2, latent = 2, encoder = [5] }, train {"
                    + " batchSize = 8, stages = [{ name = autoencoder, maxEpochs = 1 }, { name ="
                    + " joint, maxEpochs = 1 }] }",
            })
    void incompleteRowsGiveTheSameBits(String settings) throws IOException {
        incomplete = true;
        requireSame(configuration(settings, "data.invalid = keep"));
    }

    /** The closed form has no seed, so the number of latent variables differs instead. */
    @Test
    void theClosedFormGivesTheSameBits() throws IOException {
        Path configuration = configuration("model { type = ppca, latent = 2 }");
        long expected = requireSame(configuration);
        assertThat(ofTheEstimator(configuration("model { type = ppca, latent = 1 }"), assembled()))
                .isNotEqualTo(expected);
    }

    @Test
    void emGivesTheSameBits() throws IOException {
        requireSame(configuration("model { type = ppca, latent = 2, fit = em }"));
        requireSame(configuration("model { type = factor-analysis, latent = 1 }"));
    }

    /** Compares the command with Estimators of vectors and of assembled columns. */
    private long requireSame(Path configuration) throws IOException {
        long expected = ofTheCommand(configuration);
        Dataset<Row> vectors =
                new VectorAssembler()
                        .setInputCols(COLUMNS)
                        .setOutputCol("features")
                        .setHandleInvalid("keep")
                        .transform(read().repartition(3));
        assertThat(ofTheEstimator(configuration, vectors)).isEqualTo(expected);
        assertThat(ofTheEstimator(configuration, assembled())).isEqualTo(expected);
        return expected;
    }

    /** The record of the training holds the same options, whoever asked for it. */
    @Test
    void bothRecordTheSameOptions() throws IOException {
        Path configuration =
                configuration(
                        "model { type = vae, latent = 1, encoder = [3] }, train.maxEpochs = 1");
        ofTheCommand(configuration);
        VariationalAutoencoder estimator = new VariationalAutoencoder("vae");
        estimator.configure(
                JobConfiguration.load(configuration, List.of(), Job.TRAIN, Families.types())
                        .settings());
        Object expected =
                options(VariationalAutoencoderModel.load(result().resolve("model").toString()));
        assertThat(options(estimator.fit(assembled()))).isEqualTo(expected);
    }

    /** The sections of the model and of the training. */
    private static List<Object> options(VariationalAutoencoderModel model) {
        var options =
                (Map<?, ?>) Json.parse(model.fitRecord().orElseThrow().origin()).get("options");
        return List.of(options.get("model"), options.get("train"));
    }
}
