package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.ml.network.VariationalAutoencoderModel;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes that are clustered after the training: rows near three corners of a cube of six columns. */
class ClusteredCodesTest extends CommandTest {
    private static final int COLUMNS = 6;

    @BeforeEach
    void table() {
        write("table.csv", lines("a,b,c,d,e,f,corner", 240, i -> row(i + 1)));
    }

    private static String row(int i) {
        String numbers = IntStream.range(0, COLUMNS)
                .mapToObj(j -> String.valueOf((j % 3 == i % 3 ? 4 : 0) + (i * (j + 3) % 17 - 8) / 12.0))
                .collect(Collectors.joining(","));
        return numbers + "," + i % 3;
    }

    private String model(String type) {
        return """
                model { type = %s, latent = 2, encoder = [16] }
                data { path = DIR/table.csv, format = csv, label = corner, scale = standard }
                train { seed = 1, maxEpochs = 20, batchSize = 16, partitions = 2, optimizer.learningRate = 5e-3 }
                output { path = DIR/out, overwrite = true, report = false }
                """.formatted(type);
    }

    private List<Row> scored() {
        return spark.read().parquet(folder.resolve("scores").toString()).collectAsList();
    }

    private void score(String further) {
        done(run(
                "score",
                model("vae"),
                further,
                "model.path = DIR/out/model, output { path = DIR/scores, format = parquet }"));
    }

    @Test
    void rowsBelongToClustersOfTheirCodes() throws Exception {
        done(run("train", model("ae"), "model.cluster = 3, output.report = true"));
        assertThat((double) section(metrics("out"), "train").get("accuracy")).isGreaterThan(0.97);
        assertThat(folder.resolve("out/report.html"))
                .content()
                .contains("What the components mean", "Components and labels");
    }

    @Test
    void moreClustersThanRowsAreRefusedBeforeTheTraining() {
        // 24 of the 240 rows are held out
        Ended refused = run("train", model("vae"), "model.cluster = 300, train.maxEpochs = 1000000");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("216 rows, expected at least 300");
    }

    /** With a large weight of the divergence no code depends on its row. */
    @Test
    void clustersOfCollapsedCodesAreWarnedOf() throws Exception {
        done(run("train", model("vae"), "model { cluster = 3, beta = 1000 }"));
        assertThat(metrics("out").get("warnings").toString()).contains("no latent dimension is active");
    }

    /** The probabilities are those of the saved mixture at the saved codes, with the rounding of floats. */
    @Test
    void probabilitiesAreOfTheMixtureOfCodes() throws Exception {
        done(run("train", model("vae"), "model.cluster = 3"));
        assertThat((double) section(metrics("out"), "train").get("accuracy")).isGreaterThan(0.97);
        score("model.cluster = 3, score.columns = [prediction, probability, latent]");
        List<Row> rows = scored();
        assertThat(rows.get(0).schema().fieldNames()).contains("prediction", "probability", "latent");
        VariationalAutoencoderModel model = VariationalAutoencoderModel.load(
                folder.resolve("out/model/stages/0_vae").toString());
        MixtureScores density = Fits.scores(model.network().clusters());
        for (Row row : rows.subList(0, 30)) {
            double[] code = numbers(row, "latent");
            density.evaluate(new DMatrixRMaj(1, code.length, true, code));
            double[] expected = density.responsibilities().data;
            double[] found = numbers(row, "probability");
            for (int k = 0; k < 3; k++) {
                assertThat(found[k]).isCloseTo(expected[k], within(1e-5));
            }
            int most = row.getAs("prediction");
            assertThat(found[most]).isEqualTo(Arrays.stream(found).max().orElseThrow());
        }
    }

    private static double[] numbers(Row row, String column) {
        return row.<Double>getList(row.fieldIndex(column)).stream()
                .mapToDouble(x -> x)
                .toArray();
    }

    @Test
    void withoutClustersThereAreNoComponents() throws Exception {
        done(run("train", model("vae"), "train.maxEpochs = 1"));
        assertThat(section(metrics("out"), "train")).doesNotContainKey("accuracy");
        score("");
        assertThat(scored().get(0).schema().fieldNames()).doesNotContain("prediction", "probability");
        Ended refused = run(
                "score",
                model("vae"),
                "score.columns = [prediction], model.path = DIR/out/model, output.path = DIR/scores");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("score.columns has prediction", "train with model.cluster");
    }
}
