package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.Initialization;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.VariationalObjective;
import io.github.sparklatent.vae.objective.VariationalOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two executors in processes of their own, with Kryo: what does not show while driver and tasks share one process. */
class SeparateProcessesIT {
    private static final double[][] ROWS = Sample.clusters(400, 3, 3);
    private static final TableOptions TABLE =
            TableOptions.DEFAULT.withDriverBytes(0).withScale(Scale.STANDARD).withPartitions(4);
    private static final MixtureOptions OPTIONS = MixtureOptions.DEFAULT
            .withComponents(List.of(3))
            .withStopping(new StoppingRule(2, 0))
            .withSeed(5);
    private static final Architecture NETWORK = new Architecture(
            3,
            null,
            2,
            List.of(new LayerSpec.Width(5)),
            List.of(new LayerSpec.Width(5)),
            Activation.TANH,
            Gaussian.learnt(3),
            Initialization.HE_UNIFORM);
    private static final AveragingOptions AVERAGING =
            AveragingOptions.DEFAULT.withBatchSize(16).withRoundsPerEpoch(2).withMaxEpochs(2);

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        LocalSpark.session();
    }

    /** A session with executors whose classes are this test's. */
    private static SparkSession start(String master, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("spark.executor.memory", "512m");
        // They live for seconds: C2 would compile more than it saves.
        all.merge(
                "spark.executor.extraJavaOptions",
                "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                (own, ofAll) -> own + " " + ofAll);
        all.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
        all.put("spark.executorEnv.SPARK_TESTING", "1");
        all.put("spark.executorEnv.SPARK_SCALA_VERSION", "2.13");
        all.put("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
        SparkSession spark = LocalSpark.session(master, all);
        spark.sparkContext().setLogLevel("OFF");
        return spark;
    }

    /** Spark's own executors look for an installation of Spark unless they are told they are tested. */
    private static void asTested(Runnable work) {
        System.setProperty("spark.testing", "true");
        System.setProperty("spark.test.home", "target");
        try {
            work.run();
        } finally {
            System.clearProperty("spark.testing");
            System.clearProperty("spark.test.home");
        }
    }

    /** The driver's registers are wider than the executors', unless the processor has none of 256 bits. */
    @Test
    void aLostExecutorWithNarrowKernelsCostsOnlyItsTasks() {
        asTested(() -> {
            SparkSession spark =
                    start("local-cluster[2,1,512]", Map.of("spark.executor.extraJavaOptions", "-XX:MaxVectorSize=16"));
            try (Jobs jobs = Jobs.follow(spark.sparkContext())) {
                assertTheBitsOfMemory(spark, Hindrance.DEATH);
                assertThat(jobs.failures()).as("tasks lost").isPositive();
                int lost = jobs.failures();
                assertANetworkHasTheBitsOfMemory(spark, Hindrance.DEATH);
                assertThat(jobs.failures()).as("tasks lost").isGreaterThan(lost);
            }
        });
    }

    /** The first attempt ends only when a copy of it has ended elsewhere. */
    @Test
    void aSpeculativeCopyGivesTheSameBits() {
        asTested(() -> {
            try (TwoHosts cluster = TwoHosts.of(folder)) {
                SparkSession spark = start(
                        cluster.master(),
                        Map.of(
                                "spark.speculation", "true",
                                "spark.speculation.interval", "20ms",
                                "spark.speculation.quantile", "0.25",
                                "spark.speculation.efficiency.enabled", "false"));
                try (Jobs jobs = Jobs.follow(spark.sparkContext())) {
                    assertTheBitsOfMemory(spark, Hindrance.STANDSTILL);
                    assertThat(jobs.copies()).as("copies that won").isPositive();
                    int won = jobs.copies();
                    assertANetworkHasTheBitsOfMemory(spark, Hindrance.STANDSTILL);
                    assertThat(jobs.copies()).as("copies that won").isGreaterThan(won);
                }
                spark.stop();
            }
        });
    }

    /** It gets the tasks that no executor with their rows is free for. */
    @Test
    void anExecutorThatJoinsIsUsedFromTheNextRoundOn() {
        asTested(() -> {
            try (TwoHosts cluster = TwoHosts.withOneWorker(folder)) {
                SparkSession spark = start(cluster.master(), Map.of("spark.locality.wait", "0s"));
                Dataset<Row> rows = Sample.table(spark, ROWS, 3, 1);
                try (ShardTable table = ShardTable.of(rows, TABLE, width -> RowCheck.NONE);
                        Jobs jobs = Jobs.follow(spark.sparkContext())) {
                    AveragingListener second = (round, state) -> {
                        if (round.number() == 2) {
                            assertThat(jobs.executors()).hasSize(1);
                            cluster.join();
                            jobs.awaitExecutors(2);
                            jobs.forgetExecutors();
                        }
                    };
                    float[] trained = train(table.train(), second);
                    assertThat(jobs.executors()).hasSize(2);
                    Shards memory = Shard.inMemory(spark, "training rows");
                    assertThat(trained).isEqualTo(train(memory, AveragingListener.NONE));
                }
                spark.stop();
            }
        });
    }

    private static void assertTheBitsOfMemory(SparkSession spark, Hindrance hindrance) {
        try (BlockTable table = BlockTable.of(Sample.table(spark, ROWS, 3, 1), TABLE)) {
            RowBlocks memory = new InMemoryRowBlocks(Sample.blocks(spark, "training blocks"));
            RowBlocks train = new Hindered(table.train(), hindrance, "GMM full K=3, round 1 of 2");
            assertThat(Trained.bits(Trained.fit(train, null, OPTIONS)))
                    .isEqualTo(Trained.bits(Trained.fit(memory, null, OPTIONS)));
        }
    }

    private static void assertANetworkHasTheBitsOfMemory(SparkSession spark, Hindrance hindrance) {
        Dataset<Row> rows = Sample.table(spark, ROWS, 3, 1);
        try (ShardTable table = ShardTable.of(rows, TABLE, width -> RowCheck.NONE)) {
            Shards memory = Shard.inMemory(spark, "training rows");
            Shards train = HinderedWork.in(table.train(), hindrance, "network, round 2 ");
            assertThat(train(train, AveragingListener.NONE)).isEqualTo(train(memory, AveragingListener.NONE));
        }
    }

    private static float[] train(Shards shards, AveragingListener listener) {
        AveragingResult result = AveragingLoop.run(
                "network",
                new VariationalObjective(NETWORK, VariationalOptions.DEFAULT),
                shards,
                null,
                AveragingState.start(NETWORK.initialize(Kind.VARIATIONAL, 1)),
                AVERAGING,
                listener);
        return result.kept().parameters();
    }
}
