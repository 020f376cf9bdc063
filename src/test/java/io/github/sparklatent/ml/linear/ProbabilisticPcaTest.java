package io.github.sparklatent.ml.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LoggedWarnings;
import io.github.sparklatent.app.Latent;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linear.LinearPosterior;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.evaluation.AnomalyEvaluator;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Estimator, its model, and the five commands. */
@Tag("slow")
class ProbabilisticPcaTest {
    private static final Dataset<Row> TABLE = Tables.rows(60);

    private static ProbabilisticPca estimator() {
        return new ProbabilisticPca().setLatent(1).setNumPartitions(2);
    }

    @Test
    void addsItsColumns() {
        ProbabilisticPcaModel model = estimator()
                .setLogDensityCol("logDensity")
                .setReconstructionCol("reconstruction")
                .setReconstructionErrorCol("error")
                .setLatentCol("latent")
                .setLatentVarianceCol("variance")
                .fit(TABLE);
        Dataset<Row> scored = model.transform(TABLE);
        assertThat(scored.schema()).isEqualTo(model.transformSchema(TABLE.schema()));
        LinearPosterior posterior = new LinearPosterior(model.parameters());
        posterior.evaluate(Block.of(new DMatrixRMaj(1, model.numFeatures())));
        double[] variance = posterior.variances(0);
        for (Row row : scored.collectAsList()) {
            assertThat(row.<Vector>getAs("latent").size()).isEqualTo(1);
            assertThat(row.<Double>getAs("anomalyScore")).isEqualTo(-row.<Double>getAs("logDensity"));
            double[] x = row.<Vector>getAs("features").toArray();
            double[] back = row.<Vector>getAs("reconstruction").toArray();
            double error = 0;
            for (int j = 0; j < x.length; j++) {
                error += (x[j] - back[j]) * (x[j] - back[j]) / x.length;
            }
            assertThat(row.<Double>getAs("error")).isCloseTo(error, within(1e-12));
            assertThat(row.<Vector>getAs("variance").toArray()).isEqualTo(variance);
        }
        double mean = new AnomalyEvaluator().evaluate(scored);
        assertThat(-mean).isCloseTo(model.fitRecord().orElseThrow().meanLogLikelihood(), within(1e-9));
    }

    /** A lower bound of the noise above every variance leaves no latent variable. */
    @Test
    void warnsOfUselessLatentVariablesAndUnusedColumns(@TempDir Path folder) throws IOException {
        Path table = folder.resolve("table.csv");
        StringBuilder lines = new StringBuilder("a,b,c,kind\n");
        for (int i = 0; i < 60; i++) {
            lines.append("%d,%d,%d,x%n".formatted(i, i * i % 7, i * i % 11));
        }
        Files.writeString(table, lines);
        Path configuration = folder.resolve("ppca.conf");
        Files.writeString(configuration, """
                model { type = ppca, latent = 2, regularization = 1e4 }
                data { path = "%s", format = csv }
                output.path = "%s"
                """.formatted(table, folder.resolve("out")));
        try (LoggedWarnings prepared = LoggedWarnings.of(LatentEstimator.class);
                LoggedWarnings trained = LoggedWarnings.of(ProbabilisticPca.class)) {
            assertThat(Latent.run("train", "--config", configuration.toString()))
                    .isZero();
            assertThat(prepared.sentences()).anyMatch(text -> text.contains("kind (constant)"));
            assertThat(trained.sentences()).anyMatch(text -> text.contains("hardly differ from 0"));
        }
        var metrics = Json.parse(Files.readString(folder.resolve("out/metrics.json")));
        assertThat(((Map<?, ?>) metrics.get("train")).get("explained")).isEqualTo(List.of(0.0, 0.0));
        assertThat(metrics.get("warnings").toString())
                .contains("the codes of 2 of 2 latent variables hardly differ from 0");
        assertThat(Files.readString(folder.resolve("out/report.html")))
                .contains(
                        "2 latent variables explain 0.0%",
                        "the codes of 2 of 2 latent variables hardly differ from 0", "its noise variance is 10,000");
    }

    @Test
    void refusesRowsThatDoNotVary() {
        assertThatThrownBy(() -> estimator().fit(TABLE.limit(1)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the rows do not vary");
        Dataset<Row> equal = TABLE.select("features").limit(1);
        for (int i = 0; i < 3; i++) {
            equal = equal.union(equal);
        }
        Dataset<Row> rows = equal;
        assertThatThrownBy(() -> new ProbabilisticPca().setLatent(1).fit(rows))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("the rows do not vary");
    }
}
