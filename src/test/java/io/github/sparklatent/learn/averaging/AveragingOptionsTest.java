package io.github.sparklatent.learn.averaging;

import static org.assertj.core.api.Assertions.assertThat;

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
}
