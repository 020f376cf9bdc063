package io.github.sparklatent.cluster.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.learn.DataException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundLimitsTest {
    private static SparkConf limit(String size) {
        SparkConf settings = new SparkConf(false);
        return size == null ? settings : settings.set("spark.driver.maxResultSize", size);
    }

    private static void require(String size, int partitions, int averaged, int added) {
        RoundLimits.require(limit(size), partitions, 2, averaged, added);
    }

    /** 50 million parameters and two moments of each come back as 1.2 GB of doubles. */
    @Test
    void aResultAboveSparksLimitIsRefusedWithTheKeyAndTheValueItNeeds() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> require(null, 8, 150_000_000, 5))
                .withMessage(
                        "a round sends up to 1145 MiB to the driver, but"
                                + " spark.driver.maxResultSize is 1g; set it to at least 1145m, or"
                                + " to 0 for no limit");
        assertThatCode(() -> require("1145m", 8, 150_000_000, 5)).doesNotThrowAnyException();
        assertThatCode(() -> require("0", 8, 150_000_000, 5)).doesNotThrowAnyException();
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> require("1144m", 8, 150_000_000, 5));
    }

    /** The numbers of the floats are those of the last array that fits and of the next one. */
    @Test
    void aResultThatIsLongerThanAnArrayIsRefused() {
        assertThatCode(() -> require("0", 8, 536_608_767, 0)).doesNotThrowAnyException();
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> require("0", 8, 536_608_768, 0))
                .withMessage(
                        "each partition sends 536,608,768 numbers in a round, which take"
                                + " 2,146,435,072 bytes, expected at most 2,146,435,071, because"
                                + " they are one array; use a smaller model, or an optimizer with"
                                + " fewer moments");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> require("0", 8, 0, 300_000_000));
    }

    /** Small results are collected from each partition, large ones come once. */
    @ParameterizedTest
    @CsvSource({
        "4, 0, 1000, 64768", // 4 · (8,000 + 8,192)
        "4096, 0, 1024, 67108864", // 4,096 · (8,192 + 8,192)
        "4096, 1000000, 0, 8016384" // 8 · 1,000,000 + 2 · 8,192
    })
    void theDriverReceivesSmallResultsOrOneCombinedResult(
            int partitions, int averaged, int added, long bytes) {
        assertThat(RoundLimits.bytesToDriver(partitions, 2, averaged, added)).isEqualTo(bytes);
    }
}
