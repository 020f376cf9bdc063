package io.github.sparklatent.app;

import static org.apache.spark.sql.functions.avg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.network.VariationalAutoencoderModel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A variational autoencoder from a table to its result, and what is done with the result. */
class NetworkCommandsTest extends NetworkTest {
    private static final int ROWS = 120;

    @BeforeEach
    void table() {
        write("table.csv", table(ROWS));
    }

    @Test
    void aResultHasAllItsParts() throws IOException {
        done(run("train", network("model.importanceSamples = 5, data.scale = minmax, output.report = true")));
        assertThat(folder.resolve("out/current").toFile().list())
                .contains("_SUCCESS", "metrics.json", "model", "report.html", "rounds.jsonl");
        Map<String, Object> metrics = metrics("out");
        int parameters = 6 * (4 + 1) + 4 * (6 + 1) + 6 * (2 + 1) + 4 * (6 + 1);
        assertThat(section(metrics, "model"))
                .containsEntry("type", "vae")
                .containsEntry("latent", 2)
                .containsEntry("parameters", parameters);
        Map<String, Object> rows = section(metrics, "rows");
        assertThat((int) rows.get("train") + (int) rows.get("holdout")).isEqualTo(ROWS);
        Map<String, Object> train = section(metrics, "train");
        assertThat(train)
                .containsKeys("elbo", "reconstruction", "kl", "meanSquaredError")
                .containsEntry("rounds", 4)
                .doesNotContainKey("logLikelihood");
        assertThat((double) train.get("elbo"))
                .isCloseTo(-(double) train.get("reconstruction") - (double) train.get("kl"), within(1e-9));
        Map<String, Object> holdout = section(metrics, "holdout");
        // Five samples lift the bound in expectation; one draw may lie below by noise, not by nats.
        assertThat((double) holdout.get("logLikelihood")).isGreaterThan((double) holdout.get("elbo") - 0.5);
        List<String> lines = Files.readAllLines(folder.resolve("out/rounds.jsonl"));
        assertThat(lines).hasSize(4);
        Map<String, Object> last = Json.parse(lines.get(3));
        assertThat(last).containsEntry("round", 4).containsEntry("epochs", 2.0);
        assertThat(section(last, "parts")).containsOnlyKeys("loss", "reconstruction", "kl");
        assertThat(section(last, "holdout")).containsOnlyKeys("loss", "reconstruction", "kl");
        assertThat(section(last, "learningRates")).containsOnlyKeys("model");
        assertThat(section(last, "seconds")).containsOnlyKeys("broadcast", "compute", "reduce", "update", "evaluate");
        String page = Files.readString(folder.resolve("out/report.html"));
        assertThat(page)
                .contains("Variational autoencoder", "gaussian (variance 1.0)", "held-out rows")
                .contains("Columns in the table and in drawn rows", "What the latent dimensions change", "encoder.0")
                .contains(
                        "Variational autoencoder of 2 latent dimensions with gaussian (variance"
                                + " 1.0) likelihood, trained on",
                        "all epochs were run. The kept parameters are those of round",
                        "ELBO, nats per row (higher is better)",
                        "Layers from the input to the output.");
    }

    @Test
    void scoresAreThoseOfEvaluateAndOfThePipeline() {
        done(run("train", network("data.scale = standard, output.report = false")));
        String model = folder.resolve("out/model").toString();
        assertThat(VariationalAutoencoderModel.load(model).numFeatures()).isEqualTo(4);
        Ended evaluated = latent("evaluate", "--json", "--config", configuration(network("data.scale = standard")));
        done(evaluated);
        Map<String, Object> evaluation = section(Json.parse(evaluated.out()), "evaluation");
        String columns =
                "score.columns = [latent, latentVariance, reconstruction, reconstructionError," + " anomalyScore]";
        done(run("score", network(columns)));
        Dataset<Row> scores = readCsv("out-scores");
        assertThat(scores.columns())
                .containsExactly(
                        "row",
                        "a",
                        "b",
                        "c",
                        "d",
                        "kind",
                        "latent_0",
                        "latent_1",
                        "latentVariance_0",
                        "latentVariance_1",
                        "reconstruction_a",
                        "reconstruction_b",
                        "reconstruction_c",
                        "reconstruction_d",
                        "reconstructionError",
                        "anomalyScore");
        Row means = scores.agg(avg("anomalyScore"), avg("reconstructionError")).first();
        // Figures are sums of floats over rows of a few nats: 1e-5 is far above their rounding.
        assertThat(-means.getDouble(0)).isCloseTo((double) evaluation.get("elbo"), within(1e-5));
        assertThat(means.getDouble(1)).isCloseTo((double) evaluation.get("meanSquaredError"), within(1e-5));
        assertThat((double) evaluation.get("auc")).isBetween(0.0, 1.0);
        Dataset<Row> ofPipeline = PipelineModel.load(model).transform(readCsv("table.csv"));
        assertThat(ofPipeline.agg(avg("anomalyScore")).first().getDouble(0))
                .isCloseTo(means.getDouble(0), within(1e-9));
        // Reconstructions are of the table's units: between 0 and 1 here, scaled rows are not.
        assertThat(scores.agg(avg("reconstruction_a")).first().getDouble(0)).isBetween(0.2, 0.8);
        assertSampledAndInspected();
    }

    private void assertSampledAndInspected() {
        done(run("sample", network("sample { rows = 500, noise = false }")));
        Dataset<Row> sample = spark.read().parquet(folder.resolve("out-sample").toString());
        assertThat(sample.columns()).containsExactly("a", "b", "c", "d");
        assertThat(sample.count()).isEqualTo(500);
        assertThat(sample.agg(avg("a")).first().getDouble(0)).isBetween(0.2, 0.8);
        Ended ended = latent("inspect", folder.resolve("out").toString());
        done(ended);
        assertThat(ended.out())
                .contains("Variational autoencoder, 2 latent variables, 4 features, 104 parameters")
                .contains("4 inputs, encoder [6], latent 2, decoder [6]", "parameter encoder.0.weights, ")
                .contains("columns   a, b, c, d", "scale     standard", "origin    seed = 1");
        write("groups.csv", groups(60));
        assertRefused(
                run("score", training("output.overwrite = true")),
                2,
                "model.type is gmm, but the model at \"",
                "is of type vae: set model.type = vae");
    }
}
