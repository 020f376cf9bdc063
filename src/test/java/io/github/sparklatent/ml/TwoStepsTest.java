package io.github.sparklatent.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.mixture.GaussianMixture;
import io.github.sparklatent.ml.mixture.GaussianMixtureModel;
import io.github.sparklatent.ml.network.VariationalAutoencoder;
import io.github.sparklatent.ml.network.VariationalAutoencoderModel;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters in two steps: a variational autoencoder's codes, then a mixture of them. */
@Tag("slow")
class TwoStepsTest {
    @Test
    void aMixtureOfCodesIsAPipeline(@TempDir Path directory) throws IOException {
        LocalSpark.session();
        Dataset<Row> table = Tables.rows(80);
        PipelineModel fitted = new Pipeline()
                .setStages(new PipelineStage[] {
                    new VariationalAutoencoder()
                            .setLatent(2)
                            .setLatentCol("latent")
                            .setEncoder("4")
                            .setMaxEpochs(2)
                            .setNumPartitions(2),
                    new GaussianMixture().setFeaturesCol("latent").setK(3)
                })
                .fit(table);
        Dataset<Row> scored = fitted.transform(table);
        assertThat(scored.columns())
                .containsExactly("id", "features", "weight", "latent", "anomalyScore", "probability", "prediction");
        GaussianMixtureModel mixture = (GaussianMixtureModel) fitted.stages()[1];
        assertThat(mixture.numFeatures()).as("it is fitted to codes").isEqualTo(2);
        Row first = scored.first();
        assertThat(mixture.predict(first.<Vector>getAs("latent"))).isEqualTo(first.<Integer>getAs("prediction"));
        String path = directory.resolve("steps").toString();
        fitted.save(path);
        assertThat(PipelineModel.load(path).transform(table).collectAsList()).isEqualTo(scored.collectAsList());
        assertThat(VariationalAutoencoderModel.load(path).network().parameters())
                .isEqualTo(((VariationalAutoencoderModel) fitted.stages()[0])
                        .network()
                        .parameters());
    }
}
