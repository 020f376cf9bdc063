package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.core.LatentEstimator;
import io.github.sparklatent.ml.core.LatentModel;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The command and the Estimator train the same model. {@link FamilyContractTest} compares the first configuration of
 * each family, this test configurations with many settings.
 */
@Tag("slow")
class EstimatorAndCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gmm-inference-score", "vae-full", "vade-paper", "mog-vae-missing", "gan-rules"})
    void theNumbersOfBothAreTheSameBits(String name) {
        var spark = LocalSpark.session();
        FamilyTables.write(folder);
        FamilyRun run = new FamilyRun(spark, folder, name);
        FamilyRun.Fit command = run.train(new TrainingMonitor() {});
        var settings = run.configuration().settings();
        LatentEstimator<?, ?> estimator = Families.estimator(settings.schema().type(), name);
        estimator.configure(settings);
        estimator.setFeaturesCol(run.features());
        Dataset<Row> features = run.assembled(command);
        LatentModel<?> model = estimator.fit(features);
        assertThat(checksum(model)).isEqualTo(checksum(command.model()));
    }

    private static long checksum(LatentModel<?> model) {
        CRC32C checksum = new CRC32C();
        model.fingerprint(checksum);
        return checksum.getValue();
    }
}
