package io.github.sparklatent.ml.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.ml.Tables;
import io.github.sparklatent.scoring.StageFit;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Estimator of variational deep embedding. */
@Tag("slow")
class VariationalDeepEmbeddingTest {
    private static final int ROWS = 60;

    private static Dataset<Row> table;
    private static VariationalDeepEmbeddingModel model;

    @BeforeAll
    static void fit() {
        LocalSpark.session();
        table = Tables.rows(ROWS);
        model = estimator().fit(table);
    }

    private static VariationalDeepEmbedding estimator() {
        return Tables.small(new VariationalDeepEmbedding("vade"))
                .setEncoder("4")
                .setK(3)
                .setStages("[{ name = autoencoder, maxEpochs = 2 }, { name = fixed, maxEpochs = 1 },"
                        + " { name = clustering, maxEpochs = 1 }]")
                .setRestarts(2);
    }

    @Test
    void theFixedStageMayBeLeftOutAndTheStartIsAChoice() {
        VariationalDeepEmbeddingModel paper = estimator()
                .setStages("[{ name = autoencoder, maxEpochs = 2 }, { name = clustering," + " maxEpochs = 1 }]")
                .setStart("mixture")
                .setInformationWeight(0)
                .fit(table);
        assertThat(paper.fitRecord().orElseThrow().stages().stream().map(StageFit::name))
                .containsExactly("autoencoder", "clustering");
        assertThat(paper.network().parameters()).isNotEqualTo(model.network().parameters());
        assertThat(paper.sample(3, 1, false, 2).count()).isEqualTo(3);
    }
}
