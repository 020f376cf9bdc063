package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.optimizer.Moments;
import io.github.sparklatent.learn.optimizer.Optimizer;
import io.github.sparklatent.learn.optimizer.OuterOptimizer;
import io.github.sparklatent.learn.optimizer.Schedule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragingOptionsTest {
    private static final AveragingOptions DEFAULT = AveragingOptions.DEFAULT;

    @ParameterizedTest
    @CsvSource({"1, 128", "4, 32", "8, 16", "16, 8", "32, 8", "4096, 8"})
    void theBatchesOfAllPartitionsTogetherAre128RowsOrEightEach(int partitions, int rows) {
        assertThat(DEFAULT.batchSize(partitions)).isEqualTo(rows);
        assertThat(DEFAULT.withBatchSize(50).batchSize(partitions)).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"60000, 8, 8", "1617, 4, 8", "100, 4, 1", "200, 4, 2", "3, 4, 1", "1, 1, 1"})
    void aPassHasNoMoreRoundsThanAPartitionHasBatches(long rows, int partitions, double rounds) {
        AveragingOptions eight = DEFAULT.withRoundsPerEpoch(8);
        assertThat(eight.roundsPerEpoch(rows, partitions)).isEqualTo(rounds);
    }

    /** 60,000 rows in 32 partitions: 235 batches of 8; 1,617 in 4: 13 of 32; 6,000 in 4: 47. */
    @ParameterizedTest
    @CsvSource({"60000, 8, 8", "60000, 32, 8", "1617, 4, 1", "6000, 4, 2", "3, 4, 1", "1, 1, 1"})
    void unlessToldARoundHasSixteenBatches(long rows, int partitions, double rounds) {
        assertThat(DEFAULT.roundsPerEpoch(rows, partitions)).isEqualTo(rounds);
    }

    @Test
    void aPersonIsToldWhatDoesNotFit() {
        assertThat(DEFAULT.warnings(60_000, 8)).isEmpty();
        assertThat(DEFAULT.withBatchSize(512).withRoundsPerEpoch(1).warnings(1617, 4))
                .containsExactly("a batch of 512 rows is larger than a partition (404 rows on average): each"
                        + " partition's rows are one batch");
        assertThat(DEFAULT.withRoundsPerEpoch(1).warnings(3, 4))
                .containsExactly("4 partitions for 3 training rows: some are empty and have no work; use at"
                        + " most as many partitions as rows");
        assertThat(DEFAULT.withRoundsPerEpoch(8).warnings(200, 4))
                .containsExactly(
                        "a partition has 2.0 batches on average, so an epoch has as many rounds," + " not 8.0");
        assertThat(DEFAULT.withLocalSteps(5).warnings(200, 4)).isEmpty();
    }

    @Test
    void namesAreWrittenAsInAConfiguration() {
        assertThat(Moments.AVERAGE).hasToString("average");
        assertThat(Optimizer.Type.ADAMW).hasToString("adamw");
        assertThat(OuterOptimizer.Type.NESTEROV).hasToString("nesterov");
        assertThat(Schedule.Type.LINEAR).hasToString("linear");
    }
}
