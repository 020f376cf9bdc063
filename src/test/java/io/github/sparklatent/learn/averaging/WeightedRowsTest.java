package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.LocalSteps.BatchSequence;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.linalg.FloatBlock;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row of weight w has the effect of w rows, whatever the size of the batches. */
class WeightedRowsTest {
    private static final double RATE = 0.004;

    /** The loss (parameter − target)² / 2 is smallest at the weighted mean of the targets. */
    private static final ToyRegression OBJECTIVE = new ToyRegression(1, 0);

    /** A thousand rows in random order, of which some have target 1 and a weight, others 0 and 1. */
    private static InMemoryShards rows(int heavy, float weight, int partitions) {
        int[] order = new BatchSequence(7, BatchSequenceTest.ones(1000), 1, 7).order(0);
        int each = 1000 / partitions;
        return new InMemoryShards(IntStream.range(0, partitions)
                .mapToObj(p -> part(order, p * each, each, heavy, weight))
                .toList());
    }

    private static PartitionRows part(int[] order, int from, int n, int heavy, float weight) {
        FMatrixRMaj rows = new FMatrixRMaj(n, 2);
        float[] weights = new float[n];
        for (int i = 0; i < n; i++) {
            boolean isHeavy = order[from + i] < heavy;
            rows.set(i, 0, 1);
            rows.set(i, 1, isHeavy ? 1 : 0);
            weights[i] = isHeavy ? weight : 1;
        }
        return new PartitionRows(List.of(new FloatBlock(rows, weights)));
    }

    private static double trained(InMemoryShards rows, int batchSize) {
        AveragingOptions options = AveragingOptions.DEFAULT
                .withMaxEpochs(40)
                .withBatchSize(batchSize)
                .withOuter(OuterOptimizer.of(OuterOptimizer.Type.AVERAGE))
                .withOptimizer(
                        Optimizer.of(Optimizer.Type.SGD).withLearningRate(RATE).withMomentum(0));
        return Averaging.run(OBJECTIVE, rows, null, new float[1], options)
                .kept()
                .parameters()[0];
    }

    /**
     * Stochastic gradient descent at rate η ends with the variance η σ² / 2 of its steps' variance σ², here at most ¼
     * over the batch size. Six deviations. Of the heavier rows one in a hundred has 91% of the weight.
     */
    @ParameterizedTest
    @CsvSource({"100, 9, 1, 1", "100, 9, 8, 1", "100, 9, 16, 1", "100, 9, 8, 4", "10, 1000, 1, 1", "10, 1000, 8, 1"})
    void theWeightedMeanIsFoundAtEveryBatchSize(int heavy, float weight, int batchSize, int partitions) {
        double deviation = Math.sqrt(RATE / 2 * 0.25 / batchSize);
        double mean = heavy * weight / (heavy * weight + 1000 - heavy);
        assertThat(trained(rows(heavy, weight, partitions), batchSize)).isCloseTo(mean, within(6 * deviation));
    }
}
