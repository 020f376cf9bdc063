package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.learn.StateCodec;
import io.github.sparklatent.ml.anomaly.AnomalySeverity;
import io.github.sparklatent.ml.columns.FeatureAssembler;
import io.github.sparklatent.ml.core.Fingerprint;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.SavedModel;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The models of {@link ModelsBefore} are loaded, score rows as before, and are saved anew. */
@Tag("slow")
class ModelsBeforeTest {
    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void unpack() throws IOException {
        spark = LocalSpark.session();
        FamilyTables.write(folder);
        ModelsBefore.unpack(folder);
    }

    /** The fingerprint and the sums of severities and scores are those of the release before. */
    @ParameterizedTest
    @CsvSource({
        "ae, 53954fbb3857ace7, 9000.0, 764.3478765914688",
        "bayesian, 74fdd048466766e4, 4513.949358113608, 274.6558617509346",
        "cluster-vae, 31fab518d86d7d4b, 9000.0, 1116.0466819316866",
        "dlgm, c4759f1a744cdc39, 9000.0, 942.5433504083162",
        "factor-analysis, a9abfe06ec411ec0, 6629.80197265625, 514.448839251893",
        "gan, 4fc8d87cac1b60e7, 599.0545166015626, 95.71576647135197",
        "gmm, 06fcac5a1363fd07, 5700.772399291992, 404.0046842087448",
        "gmm-factor, 5c76a82381293ea4, 6029.902928466796, 445.7151945162929",
        "grouped, 85383eb295a20688, 213.7052185058594, 5.0603208562289845",
        "grouped-mixture, cb2ed887c5441212, 342.56764221191406, 5.168882315132468",
        "mixture, be911ab3c1b4e91b, 6044.483361409505, 458.58150212475175",
        "mixture-histogram, df3c3a6a6dfe6092, 5801.146138102214, 439.7277768642069",
        "mixture-student, 91acf111c5912efa, 6930.335397135417, 562.9181039025403",
        "mixture-zeros, e4b4e818d6dac78f, 6558.9230362955705, 514.7154569768251",
        "mog-vae, 18e5eb407c1e2b39, 9000.0, 968.9365657049964",
        "ppca, 0907cbf408eec665, 6701.057416992189, 521.6914949532379",
        "vade, 67c7367855151255, 9000.0, 995.9376850267415",
        "vae, 242f47738735fbb1, 9000.0, 925.7143755676638",
        "vae-gan, b81655f6cb2fe885, 9000.0, 1409.6658818355231",
        "vae-images, d4bc760c59cb8897, 6432.506403808591, 567.6570705315506",
        "vae-iwae, 80437f7a1b11471e, 6629.4094492594395, 530.5064963290384",
        "vae-table, dee181ddeea986b6, 7415.105431315106, 853.5921881456322"
    })
    void theModelIsLoadedAndSavedInTheFormOfToday(String name, String fingerprint, double severities, double scores)
            throws IOException {
        String path = folder.resolve(name).toString();
        SavedModel before = SavedModels.any(spark, path, Families.types().first());
        assertThat(before.fingerprint()).isEqualTo(fingerprint);
        List<Transformer> stages = List.of(
                before.stage().orElseThrow(), before.model(), before.severity().orElseThrow());
        PipelineModel pipeline = new PipelineModel("again", stages);
        Dataset<Row> table = new FamilyRun(spark, folder, name).tables().table();
        Row sums = pipeline.transform(table)
                .selectExpr("sum(severity)", "sum(anomalyScore)")
                .first();
        assertThat(sums.getDouble(0)).isCloseTo(severities, within(1e-9 * severities));
        assertThat(sums.getDouble(1)).isCloseTo(scores, within(1e-9 * scores));
        String again = folder.resolve(name + "-again").toString();
        pipeline.save(again);
        Transformer[] loaded = PipelineModel.load(again).stages();
        LatentModel<?> today = (LatentModel<?>) loaded[1];
        assertThat(Fingerprint.of(today, ((FeatureAssembler) loaded[0]).scaling()))
                .isEqualTo(fingerprint);
        assertThat(today.inspect().lines())
                .hasToString(before.model().inspect().lines().toString());
        AnomalySeverity severity = (AnomalySeverity) loaded[2];
        assertThat(StateCodec.tree(severity.known()))
                .isEqualTo(StateCodec.tree(before.severity().get().known()));
    }

    /** Its Params have old names, or are constants now. */
    @Test
    void anEstimatorOfTheReleaseBeforeIsLoaded() throws IOException {
        Path path = folder.resolve("estimator");
        new VariationalAutoencoder("vae").setLatent(3).write().overwrite().save(path.toString());
        try (Stream<Path> files = Files.list(path.resolve("metadata"))) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().endsWith(".crc")) {
                    Files.delete(file);
                } else if (file.getFileName().toString().startsWith("part-")) {
                    String text = Files.readString(file);
                    Files.writeString(
                            file,
                            text.replace(
                                    "\"paramMap\":{", "\"paramMap\":{\"invalid\":\"skip\",\"outerMomentum\":0.5,"));
                }
            }
        }
        VariationalAutoencoder loaded = VariationalAutoencoder.load(path.toString());
        assertThat(loaded.getLatent()).isEqualTo(3);
        assertThat(loaded.getHandleInvalid()).isEqualTo("skip");
    }
}
