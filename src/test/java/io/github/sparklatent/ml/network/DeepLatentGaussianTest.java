package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.Tables;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Estimator of deep latent Gaussian models. */
@Tag("slow")
class DeepLatentGaussianTest {
    private static final int ROWS = 60;

    private static Dataset<Row> table;
    private static DeepLatentGaussianModel model;

    @BeforeAll
    static void fit() {
        LocalSpark.session();
        table = Tables.rows(ROWS);
        model = estimator().fit(table);
    }

    private static DeepLatentGaussian estimator() {
        return Tables.small(new DeepLatentGaussian("dlgm"))
                .setEncoder("4")
                .setMaxEpochs(4)
                .setChainSteps(2)
                .setLeapfrogSteps(3)
                .setImportanceSamples(20);
    }

    @Test
    void theStepSizeIsTrained() {
        float[] adapted = model.network().parameters();
        assertThat(adapted[adapted.length - 1]).isNotZero();
    }
}
