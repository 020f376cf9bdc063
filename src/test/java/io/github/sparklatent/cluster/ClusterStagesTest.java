package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.LocalSpark;
import io.github.sparklatent.cluster.table.TableOptions;
import io.github.sparklatent.columns.RowCheck;
import io.github.sparklatent.learn.StateBytes;
import io.github.sparklatent.learn.averaging.Averaging;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.learn.averaging.ToyGame;
import io.github.sparklatent.learn.averaging.ToyRegression;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining;
import io.github.sparklatent.learn.stage.ToyStages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stages and players on Spark are those in memory, stopped or not, on one core or two. */
@Tag("slow")
class ClusterStagesTest {
    private static final TableOptions TABLE =
            TableOptions.DEFAULT.withDriverBytes(0).withPartitions(3).withHoldoutFraction(0.2);
    private static final int WIDTH = ToyStages.INPUTS + 1;
    private static final float[] START = {0.5f, -0.5f, 0};

    private static double[][] rows() {
        FMatrixRMaj rows = ToyRegression.rows(150, ToyStages.INPUTS, 1);
        double[][] table = new double[rows.numRows][WIDTH];
        for (int i = 0; i < rows.numRows; i++) {
            for (int j = 0; j < WIDTH; j++) {
                table[i][j] = rows.get(i, j);
            }
        }
        return table;
    }

    private static ShardTable table(SparkSession spark) {
        return ShardTable.of(Sample.table(spark, rows(), 3, 1), TABLE, width -> RowCheck.NONE);
    }

    private static StagedResult train(Shards train, Shards holdout, StagedState from, List<byte[]> states) {
        return StagedTraining.run(
                "toy",
                ToyStages.all(),
                train,
                holdout,
                from,
                (stage, begun, state) -> states.add(StateBytes.encode(state)));
    }

    @Test
    void aTrainingStoppedInAnyStageGoesOnElsewhereToTheSameBits() {
        SparkSession two = LocalSpark.session();
        List<byte[]> states = new ArrayList<>();
        byte[] whole;
        int[] rounds;
        try (ShardTable table = table(two)) {
            StagedResult result = train(table.train(), table.holdout(), StagedState.start(START), states);
            whole = ToyStages.bits(result);
            rounds = ToyStages.rounds(result);
            StagedResult memory = train(
                    Shard.inMemory(two, "training rows"),
                    Shard.inMemory(two, "held-out rows"),
                    StagedState.start(START),
                    new ArrayList<>());
            assertThat(ToyStages.bits(memory)).isEqualTo(whole);
        }
        try (ShardTable table = table(LocalSpark.session("local[1]", Map.of()))) {
            int end = 0;
            for (int stage = 0; stage < rounds.length; stage++) {
                for (int stopped : new int[] {end, end + rounds[stage] - 1}) {
                    StagedState state = StateBytes.decode(states.get(stopped), StagedState.class);
                    assertThat(state.stage()).isEqualTo(stage);
                    List<byte[]> later = new ArrayList<>();
                    StagedResult resumed = train(table.train(), table.holdout(), state, later);
                    assertThat(ToyStages.bits(resumed)).isEqualTo(whole);
                    assertThat(later).hasSize(states.size() - 1 - stopped);
                }
                end += rounds[stage];
            }
        }
    }

    private static byte[] game(Shards train, Shards holdout) {
        Optimizer descent = Optimizer.of(Optimizer.Type.SGD).withLearningRate(0.02);
        AveragingResult result = Averaging.run(
                new ToyGame(WIDTH, 0.3),
                train,
                holdout,
                new float[2 * WIDTH + 1],
                AveragingOptions.DEFAULT
                        .withMaxEpochs(3)
                        .withBatchSize(8)
                        .withOptimizers(List.of(Optimizer.DEFAULT, descent)));
        return StateBytes.encode(ToyStages.timeless(result.state()));
    }

    @Test
    void playersTakeTheSameTurnsEverywhere() {
        byte[] two;
        SparkSession spark = LocalSpark.session();
        try (ShardTable table = table(spark)) {
            two = game(table.train(), table.holdout());
            assertThat(game(Shard.inMemory(spark, "training rows"), Shard.inMemory(spark, "held-out rows")))
                    .isEqualTo(two);
        }
        SparkSession kryo = LocalSpark.session(
                "local[1]", Map.of("spark.serializer", "org.apache.spark.serializer.KryoSerializer"));
        try (ShardTable table = table(kryo)) {
            assertThat(game(table.train(), table.holdout())).isEqualTo(two);
        }
    }
}
