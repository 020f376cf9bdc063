package io.github.sparklatent.twin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoftBoundTest {
    private static final SoftBound BOUND = new SoftBound(10, 10);

    private static double bounded(double value) {
        double[] values = {value};
        BOUND.apply(values, 0, 1);
        return values[0];
    }

    @ParameterizedTest
    @ValueSource(doubles = {-10, -3.7, -0.0, 0, 1e-300, 9.99, 10})
    void ordinaryNumbersKeepTheirBits(double value) {
        assertThat(bounded(value)).isEqualTo(value);
        assertThat(BOUND.slope(value)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e2, 1e18, 1e300, Double.POSITIVE_INFINITY})
    void noNumberLeavesTheBound(double value) {
        assertThat(bounded(value)).isBetween(19.0, 20.0);
        assertThat(bounded(-value)).isBetween(-20.0, -19.0);
        assertThat(BOUND.slope(bounded(value))).isBetween(0.0, 0.01);
    }

    @Test
    void noNumberStaysNoNumber() {
        assertThat(bounded(Double.NaN)).isNaN();
    }

    /** Central differences of step h are off by h² times the third derivative, at most 0.02. */
    @ParameterizedTest
    @ValueSource(doubles = {-25, -12, -10.001, 0.5, 10.5, 14, 21})
    void theSlopeIsTheDerivative(double value) {
        double h = 1e-4;
        double difference = (bounded(value + h) - bounded(value - h)) / (2 * h);
        assertThat(BOUND.slope(bounded(value))).isCloseTo(difference, within(1e-8));
    }
}
