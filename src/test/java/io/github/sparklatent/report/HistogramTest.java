package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HistogramTest {

    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    @Test
    void whatLiesOutsideIsCountedAtTheEnd() {
        Histogram histogram = new Histogram(0, 0.5, 4);
        assertThat(histogram.percent(new double[] {-7, 0, 0.5, 0.99, 1, 1.99, 2, 1e300}))
                .containsExactly(new double[] {25, 25, 12.5, 37.5}, ROUNDING);
        assertThat(histogram.percent(new double[] {Double.NaN, 0.1, Double.POSITIVE_INFINITY}))
                .containsExactly(100, 0, 0, 0);
        assertThat(histogram.percent(new double[] {})).containsExactly(0, 0, 0, 0);
    }

    @Test
    void theOutermostDoNotStretchTheRange() {
        double[] values = IntStream.range(0, 1000).mapToDouble(i -> i).toArray();
        values[0] = -1e9;
        values[999] = 1e9;
        Histogram histogram = Histogram.over(values, 10);
        assertThat(histogram.least()).as("0.5% of 1,000 lie below").isEqualTo(5);
        assertThat(histogram.least() + 10 * histogram.width()).isEqualTo(994, ROUNDING);
    }

    @Test
    void aConstantHasARangeToo() {
        Histogram histogram = Histogram.over(new double[] {4, 4, 4}, 24);
        assertThat(histogram.least()).isLessThan(4);
        assertThat(histogram.percent(new double[] {4})[12]).isEqualTo(100);
    }

    @Test
    void fewWholeNumbersAreCounts() {
        assertThat(Histogram.areCounts(new double[] {-1, 0, 10, Double.NaN})).isTrue();
        assertThat(Histogram.areCounts(new double[] {0, 20})).as("21 bars").isFalse();
        assertThat(Histogram.areCounts(new double[] {0, 0.5})).isFalse();
        assertThat(Histogram.areCounts(new double[] {0, 15.99998})).isTrue();
        assertThat(Histogram.ofCounts(new double[] {1e-6, 1.99999}).bins()).isEqualTo(3);
        assertThat(Histogram.areCounts(new double[] {Double.NaN}))
                .as("no values")
                .isFalse();
        Histogram counts = Histogram.ofCounts(new double[] {2, 4});
        assertThat(counts).isEqualTo(new Histogram(1.5, 1, 3));
        assertThat(counts.percent(new double[] {2, 2, 3.4, 4})).containsExactly(new double[] {50, 25, 25}, ROUNDING);
    }
}
