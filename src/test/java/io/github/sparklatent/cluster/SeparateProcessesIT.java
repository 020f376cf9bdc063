package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.Hindered.Hindrance;
import io.github.sparklatent.gmm.MixtureOptions;
import io.github.sparklatent.learn.InMemoryPass;
import io.github.sparklatent.learn.Pass;
import io.github.sparklatent.learn.StoppingRule;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two executors in processes of their own, with Kryo: what does not show while driver and tasks
 * share one process.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeparateProcessesIT {
    private static final double[][] ROWS = Sample.clusters(400, 3, 3);
    private static final MixtureOptions OPTIONS =
            MixtureOptions.DEFAULT
                    .withComponents(List.of(3))
                    .withStopping(new StoppingRule(2, 0))
                    .withSeed(5);

    private SparkSession spark;

    @BeforeAll
    void start() {
        // Spark's local cluster looks for an installation of Spark unless it is told it is tested.
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", "target");
        try {
            spark =
                    LocalSpark.session(
                            "local-cluster[2,1,512]",
                            Map.of(
                                    "spark.executor.memory", "512m",
                                    "spark.executor.extraClassPath",
                                            System.getProperty("java.class.path"),
                                    "spark.executorEnv.SPARK_TESTING", "1",
                                    "spark.executorEnv.SPARK_SCALA_VERSION", "2.13",
                                    "spark.serializer",
                                            "org.apache.spark.serializer.KryoSerializer"));
        } finally {
            System.clearProperty("spark.testing");
            System.clearProperty("spark.test.home");
        }
        spark.sparkContext().setLogLevel("OFF");
    }

    @AfterAll
    static void stop() {
        LocalSpark.session();
    }

    @Test
    void aLostExecutorCostsOnlyItsTasks() {
        try (Jobs jobs = Jobs.follow(spark.sparkContext());
                BlockTable table =
                        BlockTable.of(
                                Sample.table(spark, ROWS, 3, 1),
                                TableOptions.DEFAULT.withScale(Scale.STANDARD).withPartitions(4))) {
            Pass memory = new InMemoryPass(Sample.blocks(spark, "training blocks"));
            Pass train = new Hindered(table.train(), Hindrance.DEATH, "GMM full K=3, round 1 of 2");
            assertThat(Trained.bits(Trained.fit(train, null, OPTIONS)))
                    .isEqualTo(Trained.bits(Trained.fit(memory, null, OPTIONS)));
            assertThat(jobs.failures()).as("tasks lost").isPositive();
        }
    }
}
