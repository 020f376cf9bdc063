package io.github.sparklatent.twin.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.twin.GradientCheck;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Generated rows are draws, and their derivatives are those of the relaxation. */
class StraightThroughTest {
    private static final int ROWS = 5;
    private static final int DRAWS = 20_000;

    private static RandomGenerator[] streams(int rows) {
        RandomGenerator[] streams = new RandomGenerator[rows];
        Arrays.setAll(streams, SplittableRandom::new);
        return streams;
    }

    /** Writes softmax((a + g) / τ) of each row, with the noise that a generator draws. */
    private static double[] relaxed(DMatrixRMaj outputs) {
        RandomGenerator[] streams = streams(outputs.numRows);
        double[] relaxed = new double[outputs.getNumElements()];
        for (int i = 0; i < outputs.numRows; i++) {
            double sum = 0;
            for (int j = i * outputs.numCols; j < (i + 1) * outputs.numCols; j++) {
                double g = -Math.log(-Math.log(streams[i].nextDouble()));
                relaxed[j] = Math.exp((outputs.data[j] + g) / StraightThrough.TEMPERATURE);
                sum += relaxed[j];
            }
            for (int j = i * outputs.numCols; j < (i + 1) * outputs.numCols; j++) {
                relaxed[j] /= sum;
            }
        }
        return relaxed;
    }

    private static double[] relaxedBinary(DMatrixRMaj outputs) {
        RandomGenerator[] streams = streams(outputs.numRows);
        double[] relaxed = new double[outputs.getNumElements()];
        for (int at = 0; at < relaxed.length; at++) {
            double u = streams[at / outputs.numCols].nextDouble();
            double noisy = outputs.data[at] + Math.log(u) - Math.log(1 - u);
            relaxed[at] = 1 / (1 + Math.exp(-noisy / StraightThrough.TEMPERATURE));
        }
        return relaxed;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static DMatrixRMaj gradient(
            Likelihood likelihood, DMatrixRMaj outputs, DMatrixRMaj slope, DMatrixRMaj rows) {
        Likelihood.Worker worker = likelihood.worker(ROWS + 2, 0);
        worker.generate(null, outputs, streams(ROWS), rows);
        DMatrixRMaj gradient = new DMatrixRMaj(0, 0);
        worker.generatedGradient(rows, slope, gradient);
        return gradient;
    }

    @Test
    void aCategoryIsTheLargestOfItsRelaxationAndHasItsDerivative() {
        DMatrixRMaj outputs = TestMatrices.normal(ROWS, 4, 2);
        DMatrixRMaj slope = TestMatrices.normal(ROWS, 4, 3);
        DMatrixRMaj rows = new DMatrixRMaj(0, 0);
        DMatrixRMaj gradient = gradient(new Categorical(4, false), outputs, slope, rows);
        double[] relaxed = relaxed(outputs);
        for (int i = 0; i < ROWS; i++) {
            double[] row = Arrays.copyOfRange(relaxed, 4 * i, 4 * i + 4);
            double largest = Arrays.stream(row).max().orElseThrow();
            for (int j = 0; j < 4; j++) {
                assertThat(rows.get(i, j)).isEqualTo(row[j] == largest ? 1 : 0);
            }
        }
        GradientCheck.check("the outputs", outputs.data, 0, gradient.data, () -> dot(slope.data, relaxed(outputs)));
    }

    /** The noise of the reference is drawn first, as if it had an output of 0 before the others. */
    @Test
    void aReferenceIsTheLargestIfNoColumnIs() {
        DMatrixRMaj outputs = TestMatrices.normal(ROWS, 4, 2);
        CommonOps_DDRM.add(outputs, -2); // so that some rows have the reference
        for (int i = 0; i < ROWS; i++) {
            outputs.set(i, 0, 0);
        }
        DMatrixRMaj slope = TestMatrices.normal(ROWS, 4, 3);
        for (int i = 0; i < ROWS; i++) {
            slope.set(i, 0, 0);
        }
        DMatrixRMaj expected = new DMatrixRMaj(0, 0);
        DMatrixRMaj ofAll = gradient(new Categorical(4, false), outputs, slope, expected);
        DMatrixRMaj rows = new DMatrixRMaj(0, 0);
        DMatrixRMaj found = gradient(new Categorical(3, true), others(outputs), others(slope), rows);
        assertThat(rows.data).containsExactly(others(expected).data);
        assertThat(CommonOps_DDRM.sumRows(expected, null).data).containsOnly(1);
        assertThat(CommonOps_DDRM.sumCols(expected, null).get(0)).isPositive();
        assertThat(found.data).containsExactly(others(ofAll).data, within(1e-14));
    }

    /** Returns all columns but the first one. */
    private static DMatrixRMaj others(DMatrixRMaj matrix) {
        return CommonOps_DDRM.extract(matrix, 0, matrix.numRows, 1, matrix.numCols);
    }

    @Test
    void aBinaryColumnIsItsRelaxationRoundedAndHasItsDerivative() {
        DMatrixRMaj outputs = TestMatrices.normal(ROWS, 3, 2);
        DMatrixRMaj slope = TestMatrices.normal(ROWS, 3, 3);
        DMatrixRMaj rows = new DMatrixRMaj(0, 0);
        DMatrixRMaj gradient = gradient(new Bernoulli(3, true), outputs, slope, rows);
        double[] relaxed = relaxedBinary(outputs);
        for (int at = 0; at < relaxed.length; at++) {
            assertThat(rows.data[at]).isEqualTo(relaxed[at] > 0.5 ? 1 : 0);
        }
        GradientCheck.check(
                "the outputs", outputs.data, 0, gradient.data, () -> dot(slope.data, relaxedBinary(outputs)));
    }

    /** Of a count it is the derivative of the rate, which is eᵃ within the bounds. */
    @Test
    void aCountHasTheDerivativeOfItsRate() {
        DMatrixRMaj outputs = TestMatrices.normal(ROWS, 3, 2);
        DMatrixRMaj slope = TestMatrices.normal(ROWS, 3, 3);
        DMatrixRMaj rows = new DMatrixRMaj(0, 0);
        DMatrixRMaj gradient = gradient(new Poisson(3), outputs, slope, rows);
        for (int at = 0; at < gradient.getNumElements(); at++) {
            assertThat(rows.data[at]).isEqualTo(Math.rint(rows.data[at])).isNotNegative();
            assertThat(gradient.data[at]).isCloseTo(slope.data[at] * Math.exp(outputs.data[at]), within(1e-12));
        }
    }

    /** Shares of 20,000 draws are within five deviations of the probabilities. */
    @Test
    void generatedRowsHaveTheProbabilitiesOfTheirOutputs() {
        double[] probabilities = {0.6, 0.3, 0.1};
        Likelihood table = new Composite(List.of(
                Composite.Group.from(0, new Categorical(3, false)),
                Composite.Group.from(3, new Bernoulli(1, true)),
                Composite.Group.from(4, new Poisson(1))));
        DMatrixRMaj outputs = new DMatrixRMaj(DRAWS, 5);
        for (int i = 0; i < DRAWS; i++) {
            for (int j = 0; j < 3; j++) {
                outputs.set(i, j, Math.log(probabilities[j]));
            }
            outputs.set(i, 3, Math.log(0.8 / 0.2));
            outputs.set(i, 4, Math.log(2.5));
        }
        RandomGenerator[] random = new RandomGenerator[DRAWS];
        Arrays.fill(random, new SplittableRandom(7));
        DMatrixRMaj rows = new DMatrixRMaj(0, 0);
        table.worker(DRAWS, 0).generate(null, outputs, random, rows);
        double[] means = new double[5];
        for (int at = 0; at < rows.getNumElements(); at++) {
            means[at % 5] += rows.data[at] / DRAWS;
        }
        double[] expected = {0.6, 0.3, 0.1, 0.8, 2.5};
        for (int j = 0; j < 5; j++) {
            double variance = j < 4 ? expected[j] * (1 - expected[j]) : expected[j];
            assertThat(means[j]).isCloseTo(expected[j], within(5 * Math.sqrt(variance / DRAWS)));
        }
    }
}
