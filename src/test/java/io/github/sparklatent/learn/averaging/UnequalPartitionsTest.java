package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.PackedFloats;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A row counts once, whether its partition is large or small. */
class UnequalPartitionsTest {
    private static final double RATE = 0.01;

    /** The loss (parameter − target)² / 2 is smallest at the mean of the targets. */
    private static final ToyRegression OBJECTIVE = new ToyRegression(1, 0);

    private static final AveragingOptions OPTIONS = AveragingOptions.DEFAULT
            .withMaxEpochs(100)
            .withBatchSize(10)
            .withRoundsPerEpoch(8)
            .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
            .withOptimizer(
                    Optimizer.of(Optimizer.Type.SGD).withLearningRate(RATE).withMomentum(0));

    private static PartitionRows part(int n, float target) {
        FMatrixRMaj rows = new FMatrixRMaj(n, 2);
        for (int i = 0; i < n; i++) {
            rows.set(i, 0, 1);
            rows.set(i, 1, target);
        }
        return new PartitionRows(List.of(new FloatBlock(rows, null)));
    }

    private static double trained(AveragingOptions options, PartitionRows... parts) {
        return Averaging.run(OBJECTIVE, new InMemoryShards(List.of(parts)), null, new float[1], options)
                .kept()
                .parameters()[0];
    }

    /**
     * In a round the large partition takes 90 / 8 steps, which is 0.11 of the way to its own optimum; to first order in
     * that the result is the mean.
     */
    @Test
    void theMeanIsFoundInUnequalPartitions() {
        assertThat(trained(OPTIONS, part(900, 0), part(100, 1))).isCloseTo(0.1, within(0.1 * RATE * 90 / 8));
    }

    /** The smallest partitions have a single batch, which most rounds do not reach. */
    @Test
    void partitionsOfASingleBatchCountAsOftenAsTheyHaveRows() {
        PartitionRows[] parts = Stream.concat(
                        Stream.of(part(900, 0)),
                        Stream.generate(() -> part(5, 1)).limit(20))
                .toArray(PartitionRows[]::new);
        assertThat(trained(OPTIONS.withRoundsPerEpoch(2), parts)).isCloseTo(0.1, within(0.1 * RATE * 90 / 2));
    }

    @Test
    void thePartsOfEqualPartitionsAreTheWeightsOfTheirRows() {
        for (int rows : new int[] {7, 10, 333}) {
            LocalSteps steps = new LocalSteps(
                    OBJECTIVE,
                    OPTIONS,
                    0,
                    PackedFloats.of(new float[1]),
                    PackedFloats.of(new float[0]),
                    0,
                    0,
                    0,
                    3L * rows,
                    3);
            assertThat(steps.run(1, part(rows, 1)).weight()).isEqualTo(rows);
        }
    }
}
