package io.github.sparklatent.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartitionCountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 4",
        "1, 1, 4",
        "1797, 64, 4",
        "8388608, 1, 4",
        "8388609, 1, 5",
        "1000000, 100, 48",
        "1000000000, 784, 4096",
        "9223372036854775807, 2147483647, 4096"
    })
    void followsFromTheSizeOfTheData(long rows, int width, int partitions) {
        assertThat(PartitionCount.OF_BLOCKS.of(rows, width)).isEqualTo(partitions);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 4",
        "1797, 64, 4",
        "32768, 1, 4",
        "32769, 1, 5",
        "60000, 784, 8",
        "1000000, 100, 123",
        "10000, 100000, 15",
        "9223372036854775807, 2147483647, 4096"
    })
    void partitionsThatAreTrainedWithinAreFewer(long rows, int width, int partitions) {
        assertThat(PartitionCount.OF_SHARDS.of(rows, width)).isEqualTo(partitions);
    }
}
