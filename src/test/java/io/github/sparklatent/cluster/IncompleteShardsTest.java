package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.Invalid;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import io.github.sparklatent.vae.objective.VariationalOptions.Bound;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of rows with missing values: Spark and the loop in memory train the same bits. */
@Tag("slow")
class IncompleteShardsTest {
    private static final Architecture ARCHITECTURE =
            Samples.architecture(2, 5, Gaussian.learnt(3)).withMask(true);

    private static double[][] rows() {
        double[][] rows = Sample.clusters(120, 3, 1);
        for (int i = 0; i < rows.length; i++) {
            if (i % 10 == 9) {
                Arrays.fill(rows[i], Double.NaN);
            } else if (i % 10 < 5) {
                rows[i][i % 3] = Double.NaN;
            }
        }
        return rows;
    }

    /** Equal rows stay two rows, and rows without any value are left out and counted. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void trainTheSameBits(int partitions) {
        SparkSession spark = LocalSpark.session();
        TableOptions options = TableOptions.DEFAULT
                .withDriverBytes(0)
                .withInvalid(Invalid.KEEP)
                .withScale(Scale.STANDARD)
                .withPartitions(partitions)
                .withDriverBytes(0);
        double[][] rows = rows();
        rows[0] = rows[1];
        try (ShardTable table = ShardTable.of(Sample.table(spark, rows, 3, 1), options, width -> RowCheck.NONE)) {
            assertThat(table.train().rows()).isEqualTo(108);
            assertThat(table.facts().skipped()).isEqualTo(12);
            assertThat(table.facts().missing()).allMatch(share -> share > 0.1 && share < 0.25);
            float[] trained = train(table.train());
            assertThat(trained).doesNotContain(Float.NaN);
            assertThat(trained).isEqualTo(train(Shard.inMemory(spark, "training rows")));
        }
    }

    private static float[] train(Shards rows) {
        VariationalOptions options =
                VariationalOptions.DEFAULT.withBound(Bound.IWAE).withSamples(3);
        return Averaging.run(
                        new VariationalObjective(ARCHITECTURE, options),
                        rows,
                        null,
                        ARCHITECTURE.initialize(Kind.VARIATIONAL, 1),
                        AveragingOptions.DEFAULT.withBatchSize(8).withMaxEpochs(2))
                .kept()
                .parameters();
    }
}
