package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import io.github.sparklatent.vae.objective.HamiltonianOptions;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deep latent Gaussian model trained on Spark is the one trained in memory, bit for bit. */
@Tag("slow")
class ClusterChainsTest {
    private static final int ROWS = 120;
    private static final int WIDTH = 4;
    private static final Architecture NETWORK = Samples.architecture(2, 5, Gaussian.learnt(WIDTH));

    private static double[][] rows() {
        FMatrixRMaj values = Samples.rows(ROWS, WIDTH, 7);
        double[][] rows = new double[ROWS][WIDTH];
        for (int at = 0; at < values.getNumElements(); at++) {
            rows[at / WIDTH][at % WIDTH] = values.data[at];
        }
        return rows;
    }

    private static AveragingResult train(Shards train, Shards holdout) {
        return Averaging.run(
                new HamiltonianObjective(NETWORK, HamiltonianOptions.DEFAULT.withChainSteps(2)),
                train,
                holdout,
                NETWORK.initialize(Kind.DEEP_LATENT_GAUSSIAN, 1),
                AveragingOptions.DEFAULT.withBatchSize(8).withMaxEpochs(2));
    }

    /** The parameters, the step size among them, and all measures, as text without loss of bits. */
    private static String bits(AveragingResult result) {
        return Arrays.toString(result.kept().parameters())
                + Arrays.toString(result.state().parameters())
                + Arrays.toString(result.state().moments())
                + result.history().stream().map(NetworkRound::measures).toList()
                + result.history().stream().map(NetworkRound::heldOut).toList();
    }

    private static ShardTable table(SparkSession spark, int slices, long order, int partitions) {
        return ShardTable.of(
                Sample.table(spark, rows(), slices, order),
                TableOptions.DEFAULT
                        .withDriverBytes(0)
                        .withPartitions(partitions)
                        .withHoldoutFraction(0.2),
                width -> RowCheck.NONE);
    }

    /** A small table in one partition is trained on the driver, so its rows are not cached. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void sparkTrainsTheSameModelAsMemory(int partitions) {
        SparkSession spark = LocalSpark.session();
        String found;
        try (ShardTable table = table(spark, 3, 1, partitions)) {
            found = bits(train(table.train(), table.holdout()));
            if (partitions > 1) {
                Shards memory = Shard.inMemory(spark, "training rows");
                assertThat(memory.partitions()).isEqualTo(partitions);
                assertThat(bits(train(memory, Shard.inMemory(spark, "held-out rows"))))
                        .isEqualTo(found);
            }
        }
        try (ShardTable table = table(spark, 5, 2, partitions)) {
            assertThat(bits(train(table.train(), table.holdout())))
                    .as("of rows in another order")
                    .isEqualTo(found);
        }
    }
}
