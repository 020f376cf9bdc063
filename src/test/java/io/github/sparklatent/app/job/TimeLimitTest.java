package io.github.sparklatent.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.app.job.JobMonitor.TimeLimit;
import org.junit.jupiter.api.Test;

class TimeLimitTest {
    private static final long SECOND = 1_000_000_000L;

    private long now = 7 * SECOND;

    private TimeLimit limit(double seconds) {
        TimeLimit limit = new TimeLimit(seconds, () -> now);
        limit.start();
        return limit;
    }

    @Test
    void theTimeBeginsWithTheTraining() {
        TimeLimit limit = limit(600);
        now += 100 * SECOND;
        limit.start();
        now += 599 * SECOND;
        assertThat(limit.isOver(1)).isFalse();
        assertThat(limit.sentence("round 16 of 100")).isEmpty();
        now += SECOND;
        assertThat(limit.isOver(1)).isTrue();
        assertThat(limit.sentence("round 17 of 100")).contains("train.maxSeconds = 600 is over after round 17 of 100");
    }

    @Test
    void aStageEndsAtItsShareAndLaterOnesGoOn() {
        TimeLimit limit = limit(1.5);
        now += SECOND;
        assertThat(limit.isOver(0.5)).isTrue();
        assertThat(limit.isOver(0.75)).isFalse();
        assertThat(limit.sentence("round 1")).contains("train.maxSeconds = 1.5 is over after round 1");
    }

    @Test
    void withoutALimitNothingEnds() {
        TimeLimit limit = limit(0);
        now += 1_000_000 * SECOND;
        assertThat(limit.isOver(1)).isFalse();
        assertThat(limit.sentence("round 1")).isEmpty();
    }
}
