package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingLoop;
import io.github.sparklatent.learn.averaging.AveragingLoop.AveragingListener;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.AveragingState;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.averaging.ToyRegression;
import io.github.sparklatent.learn.optimizer.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Parameters averaged on Spark are those averaged in memory, whatever happens to the tasks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class ClusterAveragingTest {
    private static final int INPUTS = 4;
    private static final ToyRegression OBJECTIVE = new ToyRegression(INPUTS, 0.3);
    private static final double[][] ROWS = rows();
    private static final TableOptions TABLE =
            TableOptions.DEFAULT.withDriverBytes(0).withPartitions(4).withHoldoutFraction(0.2);
    private static final AveragingOptions OPTIONS = AveragingOptions.DEFAULT
            .withBatchSize(8)
            .withRoundsPerEpoch(3)
            .withMaxEpochs(3)
            .withMovingAverage(1)
            .withOptimizer(Optimizer.DEFAULT.withLearningRate(0.05));

    private String reference;

    private static double[][] rows() {
        FMatrixRMaj rows = ToyRegression.rows(300, INPUTS, 1);
        double[][] table = new double[300][INPUTS + 1];
        for (int i = 0; i < 300; i++) {
            for (int j = 0; j <= INPUTS; j++) {
                table[i][j] = rows.get(i, j);
            }
        }
        return table;
    }

    private static ShardTable table(SparkSession spark) {
        return ShardTable.of(Sample.table(spark, ROWS, 3, 1), TABLE, width -> RowCheck.NONE);
    }

    private static AveragingResult train(Shards train, Shards holdout, AveragingOptions options) {
        return Averaging.run(OBJECTIVE, train, holdout, new float[INPUTS], options);
    }

    /** All that follows from the data, as text in which no bit is lost. */
    private static String bits(AveragingResult result) {
        StringBuilder text = new StringBuilder();
        AveragingState state = result.state();
        for (float[] vector : List.of(
                result.kept().parameters(), state.parameters(), state.moments(), state.outer(), state.average())) {
            text.append(Arrays.toString(vector)).append('\n');
        }
        for (NetworkRound round : result.history()) {
            text.append(round.measures()).append(round.heldOut()).append(round.averageHeldOut());
            text.append(round.rows()).append(' ').append(round.epochs()).append('\n');
        }
        return text.toString();
    }

    @BeforeAll
    void train() {
        SparkSession spark = LocalSpark.session();
        try (ShardTable table = table(spark)) {
            reference = bits(train(table.train(), table.holdout(), OPTIONS));
            String memory = bits(
                    train(Shard.inMemory(spark, "training rows"), Shard.inMemory(spark, "held-out rows"), OPTIONS));
            assertThat(reference).isEqualTo(memory);
        }
    }

    @Test
    void oneCoreGivesTheBitsOfTwo() {
        assertTheReferenceIsFound(LocalSpark.session("local[1]", Map.of()));
    }

    @Test
    void kryoAndSpeculationGiveTheSameBits() {
        assertTheReferenceIsFound(LocalSpark.session(
                "local[2]",
                Map.of(
                        "spark.serializer",
                        "org.apache.spark.serializer.KryoSerializer",
                        "spark.speculation",
                        "true",
                        "spark.speculation.interval",
                        "1ms",
                        "spark.speculation.quantile",
                        "0.1",
                        "spark.speculation.minTaskRuntime",
                        "0ms")));
    }

    private void assertTheReferenceIsFound(SparkSession spark) {
        try (ShardTable table = table(spark)) {
            assertThat(bits(train(table.train(), table.holdout(), OPTIONS))).isEqualTo(reference);
        }
    }

    /** Its work had been done: what is not a function of its arguments would be done twice. */
    @Test
    void aTaskThatFailsInEveryRoundAndIsRetriedGivesTheSameBits() {
        SparkSession spark = LocalSpark.session("local[2,4]", Map.of());
        spark.sparkContext().setLogLevel("OFF");
        try (ShardTable table = table(spark);
                Jobs jobs = Jobs.follow(spark.sparkContext())) {
            AveragingResult result = train(
                    HinderedWork.in(table.train(), Hindrance.FAILURE, ""),
                    HinderedWork.in(table.holdout(), Hindrance.FAILURE, ""),
                    OPTIONS);
            assertThat(bits(result)).isEqualTo(reference);
            assertThat(jobs.failures()).isEqualTo(9 + 1 + 3);
        } finally {
            spark.sparkContext().setLogLevel("ERROR");
        }
    }

    /** Blocks that no longer fit are written to a disk, which needs a serialiser. */
    @Test
    void blocksLostHalfWayAreMadeAgainTheSame() {
        SparkSession spark = LocalSpark.session();
        List<Integer> cached = new ArrayList<>();
        try (ShardTable table = table(spark)) {
            AveragingListener losing = (round, state) -> {
                if (round.number() == 4) {
                    Jobs.loseBlocks(spark);
                }
                cached.add(Jobs.cachedPartitions());
            };
            AveragingResult result = AveragingLoop.run(
                    "toy",
                    OBJECTIVE,
                    table.train(),
                    table.holdout(),
                    AveragingState.start(new float[INPUTS]),
                    OPTIONS,
                    losing);
            assertThat(bits(result)).isEqualTo(reference);
        }
        assertThat(cached).startsWith(8, 8, 8, 0, 4, 8, 8);
    }

    @Test
    void aRoundIsOneJobAndAnEvaluationAnother() {
        SparkSession spark = LocalSpark.session();
        try (ShardTable table = table(spark);
                Jobs jobs = Jobs.follow(spark.sparkContext())) {
            train(table.train(), table.holdout(), OPTIONS.withMaxEpochs(1));
            assertThat(jobs.descriptions())
                    .hasSize(5)
                    .startsWith("test, before the first round, held-out rows", "test, round 1 (epoch 0.00 of 1.0)");
            assertThat(jobs.descriptions().get(4)).endsWith(", held-out rows");
        }
    }

    private static Set<String> blocksButCached() {
        Set<String> names = new HashSet<>();
        SparkEnv.get().blockManager().getMatchingBlockIds(id -> !id.isRDD()).foreach(id -> names.add(id.name()));
        return names;
    }

    /**
     * Broadcasts are removed by messages that their sender does not wait for; the one that Spark makes of each stage's
     * code, once the driver's garbage collector has met it.
     */
    private static Set<String> settled(Set<String> known) {
        for (int i = 0; i < 4000 && !known.containsAll(blocksButCached()); i++) {
            if (i % 50 == 0) {
                System.gc();
            }
            // a removal that is waited for, behind those that were not
            SparkEnv.get().blockManager().master().removeBroadcast(Long.MAX_VALUE, true, true);
        }
        Set<String> left = blocksButCached();
        left.removeAll(known);
        return left;
    }

    /** What many rounds would leave behind one leaves too, a part of it. */
    @Test
    void sixtyRoundsLeaveNothingBehind() {
        SparkSession spark = LocalSpark.session();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        try (ShardTable table = table(spark)) {
            Set<String> before = blocksButCached();
            Set<Integer> shuffles = Jobs.shuffles();
            int persistent = context.getPersistentRDDs().size();
            AveragingResult result = train(
                    table.train(),
                    table.holdout(),
                    OPTIONS.withRoundsPerEpoch(100).withMaxEpochs(8));
            assertThat(result.history()).hasSizeGreaterThanOrEqualTo(60);
            assertThat(settled(before)).isEmpty();
            assertThat(shuffles).containsAll(Jobs.shuffles());
            assertThat(context.getPersistentRDDs()).hasSize(persistent);
        }
        assertThat(context.getPersistentRDDs()).isEmpty();
    }
}
