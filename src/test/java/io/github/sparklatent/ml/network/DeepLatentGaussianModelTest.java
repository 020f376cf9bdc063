package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** The Estimator of deep latent Gaussian models. */
class DeepLatentGaussianModelTest
        extends NetworkContract<DeepLatentGaussianModel, DeepLatentGaussianModelModel> {
    @Override
    DeepLatentGaussianModel estimator() {
        return small(new DeepLatentGaussianModel("dlgm"))
                .setEncoder("4")
                .setMaxEpochs(4)
                .setChainSteps(2)
                .setLeapfrogSteps(3)
                .setImportanceSamples(20);
    }

    @Override
    DeepLatentGaussianModelModel load(String path) {
        return DeepLatentGaussianModelModel.load(path);
    }

    @Override
    List<String> columns() {
        return List.of("latent", "anomaly");
    }

    @Override
    List<String> measures() {
        return List.of("elbo", "reconstruction", "kl", "meanSquaredError");
    }

    @Override
    List<String> stages() {
        return List.of("training");
    }

    @Test
    void theStepSizeIsTrainedUnlessItIsFixed() {
        float[] adapted = model().network().parameters();
        assertThat(adapted[adapted.length - 1]).isNotZero();
        float[] fixed = estimator().setTargetAcceptance(0).fit(table()).network().parameters();
        assertThat(fixed[fixed.length - 1]).isZero();
    }

    @Test
    void drawsRowsAndReconstructions() {
        assertThat(model().sample(3, 1, true).count()).isEqualTo(3);
        DeepLatentGaussianModelModel reading = model().copy(model().extractParamMap());
        Row row =
                reading.setReconstructionCol("back")
                        .setReconstructionErrorCol("error")
                        .transform(table())
                        .first();
        assertThat(row.<Double>getAs("error")).isFinite();
    }
}
