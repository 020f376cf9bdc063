package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.cluster.table.PartitionChoice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionCountTest {
    /** K = 64 full covariances of 1,000 columns have 64 (1 + 1,000 + 500,500) + 3 numbers. */
    private static final double LONG = 64 * (1 + 1000 + 500_500) + 3;

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 1, a small table needs no Spark jobs",
        "1797, 64, 21450, 1, a small table needs no Spark jobs",
        "10000, 52, 10000, 1, a small table needs no Spark jobs", // 4 MB
        "10000, 53, 10000, 4, the smallest number",
        "10000, 52, 10001, 4, the smallest number",
        "8388608, 1, 3, 4, about 16 MiB of rows in each",
        "8388609, 1, 3, 5, about 16 MiB of rows in each",
        "1000000, 100, 1000, 48, about 16 MiB of rows in each",
        "80000000, 100, 1000, 512, a round has at most 512 tasks", // 64 GB, few components
        "8000000, 1000, 32096067, 239, at most 256 MiB of rows in each", // 64 GB
        "4000000, 1000, 64096067, 120, at most 256 MiB of rows in each",
        "3000000, 500, 64096067, 68, their results have at most 32 GiB a round",
        "200000, 1000, 32096067, 96, about 16 MiB of rows in each",
        "10000, 100000, 1600000, 30, at most 256 MiB of rows in each",
        "500000000, 100, 1000, 1491, at most 256 MiB of rows in each", // 400 GB
        "9223372036854775807, 2147483647, 0, 4096, the largest number"
    })
    void mixturesHaveAsManyAsTheirBytesRowsAndResultsAllow(
            long rows, int width, double statistics, int partitions, String reason) {
        PartitionChoice choice = PartitionCount.OF_BLOCKS.of(rows, width, statistics, 4 << 20);
        assertThat(choice.number()).isEqualTo(partitions);
        assertThat(choice.reason()).isEqualTo(reason);
    }

    /** 64 GB on 20 cores are several tasks for each; dispatching them costs two cores seconds. */
    @ParameterizedTest
    @ValueSource(doubles = {1000, LONG})
    void oneNumberServesTwoCoresAndTwenty(double statistics) {
        int number = PartitionCount.OF_BLOCKS
                .of(8_000_000, 1000, statistics, 4 << 20)
                .number();
        assertThat(number / 20.0).as("tasks of a core of 20").isGreaterThan(4);
        assertThat(number * 0.004 / 2).as("seconds of dispatch on 2 cores").isLessThan(1.1);
        assertThat((number - 1) * statistics * Double.BYTES)
                .as("bytes that are sent in a round")
                .isLessThan(0x1p36);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 4, the smallest number",
        "1797, 64, 4, the smallest number",
        "32768, 1, 4, 'about 8,192 rows in each'",
        "32769, 1, 5, 'about 8,192 rows in each'",
        "60000, 784, 8, 'about 8,192 rows in each'",
        "1000000, 100, 16, 'more than 16 have about 65,536 rows each'",
        "10000000, 100, 153, 'more than 16 have about 65,536 rows each'",
        "10000, 100000, 15, at most 256 MiB of rows in each",
        "10000000, 784, 153, 'more than 16 have about 65,536 rows each'",
        "1000000, 1600, 24, at most 256 MiB of rows in each",
        "9223372036854775807, 2147483647, 4096, the largest number"
    })
    void networksHaveAsFewAsAccuracyAndMemoryAllow(long rows, int width, int partitions, String reason) {
        PartitionChoice choice = PartitionCount.OF_SHARDS.of(rows, width, 0, 4 << 20);
        assertThat(choice.number()).isEqualTo(partitions);
        assertThat(choice.reason()).isEqualTo(reason);
    }
}
