package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of a table of numbers, categories, counts and truths with missing cells. */
@Tag("slow")
class IncompleteTableTest {
    private static final int ROWS = 300;
    private static final int WIDTH = 7;
    private static final String LIKELIHOOD =
            "[{ columns = [\"features[0]\", \"features[1]\"], likelihood { type = gaussian,"
                    + " variance = learnt } }, { columns = [\"features[2]\", \"features[3]\","
                    + " \"features[4]\"], likelihood = categorical }, { columns = \"features[5]\","
                    + " likelihood = poisson }, { columns = \"features[6]\", likelihood = bernoulli"
                    + " }]";

    private static double[][] complete;
    private static double[][] incomplete;
    private static Dataset<Row> table;

    /** All columns follow from the group of a row; a fifth of the cells are removed. */
    @BeforeAll
    static void makeTable() {
        SplittableRandom random = new SplittableRandom(3);
        complete = new double[ROWS][WIDTH];
        incomplete = new double[ROWS][];
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int group = i % 3;
            double[] row = complete[i];
            row[0] = 2 * group - 2 + 0.3 * random.nextGaussian();
            row[1] = (group == 1 ? 2 : -1) + 0.3 * random.nextGaussian();
            row[2 + group] = 1;
            row[5] = Math.rint(10 * group + 2 * random.nextDouble());
            row[6] = group == 2 ? 1 : 0;
            incomplete[i] = row.clone();
            for (int j = 0; j < WIDTH; j++) {
                incomplete[i][j] = random.nextDouble() < 0.2 ? Double.NaN : row[j];
            }
            rows.add(RowFactory.create((long) i, Vectors.dense(incomplete[i]), 1.0));
        }
        table = LocalSpark.session().createDataFrame(rows, Tables.SCHEMA);
    }

    private static <E extends NetworkEstimator<E, ?>> E common(E estimator) {
        return estimator
                .put("latent", 2)
                .put("encoder", new String[] {"16"})
                .put("likelihood", LIKELIHOOD)
                .put("handleInvalid", "keep")
                .put("batchSize", 16)
                .put("numPartitions", 2)
                .put("learningRate", 1e-2);
    }

    private static VariationalAutoencoder vae() {
        return common(new VariationalAutoencoder("vae"))
                .setObjective("iwae")
                .setSamples(5)
                .setMaxEpochs(30);
    }

    private static MixtureVariationalAutoencoder mixture() {
        return common(new MixtureVariationalAutoencoder("mog-vae"))
                .setK(3)
                .setAnomalyScoreCol("anomalyScore")
                .setStages("[{ name = autoencoder, maxEpochs = 15 }, { name = encoder, maxEpochs = 1"
                        + " }, { name = decoder, maxEpochs = 1 }, { name = joint, maxEpochs ="
                        + " 15 }]");
    }

    @Test
    void aVariationalAutoencoder(@TempDir Path folder) throws Exception {
        VariationalAutoencoderModel model = vae().fit(table);
        assertThat(vae().fit(table).network().parameters())
                .isEqualTo(model.network().parameters());
        String path = folder.resolve("model").toString();
        model.save(path);
        check(model, VariationalAutoencoderModel.load(path));
    }

    @Test
    void aMixtureVariationalAutoencoder(@TempDir Path folder) throws Exception {
        MixtureVariationalAutoencoderModel model = mixture().fit(table);
        String path = folder.resolve("model").toString();
        model.save(path);
        check(model, MixtureVariationalAutoencoderModel.load(path));
    }

    private static <M extends NetworkModel<M>> void check(M model, M loaded) {
        assertThat(loaded.network().architecture().mask()).isTrue();
        List<Row> scored = scored(model);
        assertThat(scored(loaded)).isEqualTo(scored);
        Likelihood likelihood = model.network().architecture().likelihood();
        int missing = 0;
        int right = 0;
        double[] errors = new double[2];
        double[] spread = new double[2];
        for (Row row : scored) {
            int i = (int) row.<Long>getAs("id").longValue();
            double[] imputed = row.<Vector>getAs("imputed").toArray();
            assertThat(likelihood.flaw(imputed, j -> j)).isNull();
            assertThat(imputed).doesNotContain(Double.NaN);
            assertThat(row.<Vector>getAs("back").toArray()).doesNotContain(Double.NaN);
            assertThat(row.<Double>getAs("logDensity")).isFinite();
            assertThat(row.<Double>getAs("anomalyScore")).isFinite();
            boolean category = false;
            for (int j = 0; j < WIDTH; j++) {
                boolean isCategory = j >= 2 && j <= 4;
                category |= isCategory && Double.isNaN(incomplete[i][j]);
                if (!isCategory && !Double.isNaN(incomplete[i][j])) {
                    assertThat(imputed[j]).isEqualTo(incomplete[i][j]);
                } else if (j < 2) {
                    errors[j] += Math.pow(imputed[j] - complete[i][j], 2);
                    spread[j] += Math.pow(complete[i][j], 2);
                }
            }
            if (category) {
                missing++;
                right += imputed[2 + i % 3] == 1 ? 1 : 0;
            }
        }
        // The other columns nearly always say which group a row is of; guessing finds a third.
        assertThat(right / (double) missing).isGreaterThan(0.8);
        for (int j = 0; j < 2; j++) {
            assertThat(errors[j]).isLessThan(0.5 * spread[j]);
        }
    }

    private static <M extends NetworkModel<M>> List<Row> scored(M model) {
        M copy = model.copy(ParamMap.empty());
        copy.put("imputedCol", "imputed");
        copy.put("logDensityCol", "logDensity");
        copy.put("reconstructionCol", "back");
        List<Row> rows = copy.transform(table).collectAsList();
        assertThat(rows).hasSize((int)
                Arrays.stream(incomplete).filter(IncompleteTableTest::some).count());
        return rows;
    }

    private static boolean some(double[] row) {
        return Arrays.stream(row).anyMatch(cell -> !Double.isNaN(cell));
    }
}
