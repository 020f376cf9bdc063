package io.github.sparklatent.cluster.reduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.sparklatent.cluster.reduce.RoundLimits.Cluster;
import io.github.sparklatent.cluster.reduce.RoundLimits.Needs;
import io.github.sparklatent.learn.DataException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundLimitsTest {
    private static final long MEBIBYTE = 1 << 20;
    private static final Cluster CLUSTER = new Cluster(8, 2, false, 1L << 40);
    private static final Needs LITTLE = new Needs(0, 5, 0, 0, 0);

    private static SparkConf set(String key, String size) {
        SparkConf settings = new SparkConf(false);
        return size == null ? settings : settings.set("spark." + key, size);
    }

    private static void require(String maxResultSize, int averaged) {
        RoundLimits.require(set("driver.maxResultSize", maxResultSize), CLUSTER, new Needs(averaged, 5, 0, 0, 0));
    }

    /** 50 million parameters and two moments of each come back as 1.2 GB of doubles. */
    @Test
    void aResultAboveSparksLimitIsRefusedWithTheKeyAndTheValueItNeeds() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> require(null, 150_000_000))
                .withMessage("a round sends up to 1145 MiB to the driver, but"
                        + " spark.driver.maxResultSize is 1g; set it to at least 1145m, or"
                        + " to 0 for no limit");
        assertThatCode(() -> require("1145m", 150_000_000)).doesNotThrowAnyException();
        assertThatCode(() -> require("0", 150_000_000)).doesNotThrowAnyException();
        assertThatExceptionOfType(DataException.class).isThrownBy(() -> require("1144m", 150_000_000));
    }

    private static String sentence(long needed, String who, long found, String key) {
        return ("a round needs at least %d MiB of heap on %s for parameters, moments and their"
                        + " average, but there are %d MiB; set %s to more than %dm, or use a"
                        + " smaller model or an optimizer with fewer moments")
                .formatted(needed, who, found, key, needed);
    }

    @Test
    void aRoundThatDoesNotFitInTheDriverIsRefused() {
        Needs needs = new Needs(5, 0, 100 * MEBIBYTE - 1, 0, 0);
        for (boolean isLocal : new boolean[] {true, false}) {
            Cluster enough = new Cluster(8, 2, isLocal, 100 * MEBIBYTE);
            assertThatCode(() -> RoundLimits.require(set("", null), enough, needs))
                    .doesNotThrowAnyException();
            Cluster small = new Cluster(8, 2, isLocal, 99 * MEBIBYTE);
            assertThatExceptionOfType(DataException.class)
                    .isThrownBy(() -> RoundLimits.require(set("", null), small, needs))
                    .withMessage(sentence(100, "the driver", 99, "spark.driver.memory"));
        }
    }

    /** In local mode the tasks that run at once are in the driver's heap. */
    @ParameterizedTest
    @CsvSource({"1, 4, 130", "8, 2, 160", "8, 16, 340"})
    void tasksInTheDriversProcessCount(int partitions, int cores, long needed) {
        Needs needs = new Needs(5, 0, 0, 100 * MEBIBYTE, 30 * MEBIBYTE);
        Cluster enough = new Cluster(partitions, cores, true, needed * MEBIBYTE);
        assertThatCode(() -> RoundLimits.require(set("executor.memory", "1m"), enough, needs))
                .doesNotThrowAnyException();
        Cluster small = new Cluster(partitions, cores, true, needed * MEBIBYTE - 1);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RoundLimits.require(set("", null), small, needs))
                .withMessage(sentence(needed, "the driver", needed - 1, "spark.driver.memory"));
    }

    @Test
    void aTaskThatDoesNotFitInAnExecutorIsRefused() {
        Needs needs = new Needs(5, 0, 0, 1000 * MEBIBYTE, 30 * MEBIBYTE);
        assertThatCode(() -> RoundLimits.require(set("executor.memory", "1030m"), CLUSTER, needs))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RoundLimits.require(set("", null), CLUSTER, needs))
                .withMessage(sentence(1030, "an executor", 1024, "spark.executor.memory"));
        assertThatCode(() -> RoundLimits.require(set("", null), CLUSTER, LITTLE))
                .doesNotThrowAnyException();
    }

    @Test
    void sumsHaveTheirOwnAdvice() {
        Cluster small = new Cluster(8, 2, true, 7 * MEBIBYTE);
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> RoundLimits.require(set("", null), small, Needs.ofSum(1_000_000)))
                .withMessageContaining("of heap on the driver for its sums")
                .withMessageEndingWith("or use fewer components or a smaller form of covariance");
    }

    /** Small results are collected from each partition, large ones come once. */
    @ParameterizedTest
    @CsvSource({
        "4, 0, 1000, 64768", // 4 · (8,000 + 8,192)
        "4096, 0, 1024, 67112960", // 4,096 · (8,192 + 8,192) and 16 for each 128 KiB
        "4096, 1000000, 0, 8017360" // 8 · 1,000,000 + 2 · 8,192 and 16 for each 128 KiB
    })
    void theDriverReceivesSmallResultsOrOneCombinedResult(int partitions, int averaged, int added, long bytes) {
        assertThat(RoundLimits.bytesToDriver(partitions, 2, averaged, added)).isEqualTo(bytes);
    }
}
