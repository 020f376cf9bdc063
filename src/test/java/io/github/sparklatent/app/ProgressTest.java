package io.github.sparklatent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static Round round(int number, double change, long rows, double seconds) {
        return new Round(number, -1.5, change, rows, 0, seconds, 0, 0);
    }

    @Test
    void aLineTellsAllThereIs() {
        assertThat(Progress.describe("GMM full K=10", round(12, 0.00123, 5_000_000, 2), 100))
                .isEqualTo(
                        "GMM full K=10, round 12 of 100: objective -1.500000, change 0.00123, 2.5M"
                                + " rows/s, at most 2 min 56 s left");
    }

    @Test
    void theFirstRoundHasNoChange() {
        assertThat(Progress.describe("GMM", round(0, Double.NaN, 1500, 1), 10))
                .isEqualTo(
                        "GMM, round 0 of 10: objective -1.500000, 1.5k rows/s, at most 10 s left");
    }

    @Test
    void longTrainingsAreToldInHours() {
        assertThat(Progress.describe("GMM", round(0, Double.NaN, 10, 100), 100))
                .endsWith("0 rows/s, at most 2 h 46 min left");
    }

    @Test
    void whatIsLongAndHasNoRoundsIsNeverLeftOut() {
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress(null, lines::add, () -> 7);
        progress.step("start 1 of 2");
        progress.step("start 2 of 2");
        assertThat(lines).containsExactly("start 1 of 2", "start 2 of 2");
    }

    @Test
    void linesComeAtMostOnceASecond() {
        AtomicLong clock = new AtomicLong(7);
        List<String> lines = new ArrayList<>();
        Progress progress = new Progress(null, lines::add, clock::get);
        for (int i = 0; i < 30; i++) {
            progress.round("GMM", round(i, 1, 1, 1), 30);
            clock.addAndGet(100_000_000L);
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("round 0 of");
        assertThat(lines.get(1)).contains("round 10 of");
    }
}
