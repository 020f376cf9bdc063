package io.github.sparklatent.ml.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShownRowsTest {
    @Test
    void wideRowsAreShownInSmallerNumbers() {
        assertThat(ShownRows.limit(2)).isEqualTo(2000);
        assertThat(ShownRows.limit(1 << 10)).isEqualTo(1024);
        assertThat(ShownRows.limit(1 << 20)).isEqualTo(50);
    }
}
