package io.github.sparklatent.twin.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.DoubleProducts;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns: a count, a number, and one of no kind. */
class LogarithmTest {
    private final Layer.Worker worker = new Logarithm(3, List.of(0), List.of(1)).worker(1, 0, new DoubleProducts());

    private double[] read(double... row) {
        return worker.forward(new double[0], new DMatrixRMaj(1, 3, true, row))
                .data
                .clone();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-16, -3.7, -0.0, 0, 1e-30, 15.9, 16})
    void ordinaryNumbersKeepTheirBits(double value) {
        assertThat(read(0, value, value)).startsWith(0, value, value);
    }

    @ParameterizedTest
    @ValueSource(doubles = {17, 1e4, 1e18, 1e38})
    void largeNumbersAreBoundedAndKeepTheirOrder(double value) {
        double bounded = 16 + Math.log(value - 15);
        assertThat(read(0, value, value)).startsWith(0, bounded, value);
        assertThat(read(0, -value, -value)).startsWith(0, -bounded, -value);
        assertThat(bounded).isLessThan(16 + 88);
    }

    /** Central differences of step h are off by h² times the third derivative, at most 2. */
    @ParameterizedTest
    @ValueSource(doubles = {-25, -17, 0.5, 15.9, 16.1, 20, 1000})
    void slopesAreDerivatives(double value) {
        double h = 1e-4;
        for (int column = 0; column < 3; column++) {
            double[] above = {value, value, value};
            above[column] += h;
            double[] below = {value, value, value};
            below[column] -= h;
            double difference = (read(above)[column] - read(below)[column]) / (2 * h);
            read(value, value, value);
            DMatrixRMaj ones = new DMatrixRMaj(1, 3, true, 1, 1, 1);
            double[] slopes = worker.backward(null, ones, null, true).data;
            assertThat(slopes[column]).isCloseTo(difference, within(1e-7));
        }
    }
}
