package io.github.sparklatent.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.ml.core.RoundProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static RoundProgress round(int number) {
        return new RoundProgress(
                "GMM", "round " + number + " of 30", -1.5, 1, Double.NaN, 1, 30 - number);
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
            progress.round(round(i));
            clock.addAndGet(100_000_000L);
        }
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).contains("round 0 of");
        assertThat(lines.get(1)).contains("round 10 of");
    }
}
