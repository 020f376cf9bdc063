package io.github.sparklatent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.SampleSize;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Against scikit-learn 1.2.1 and scipy 1.10.1:
 *
 * <pre>
 * from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
 * from scipy.optimize import linear_sum_assignment
 * import numpy as np
 * def figures(counts):
 *     c = np.array(counts)
 *     a = [i for i in range(c.shape[0]) for j in range(c.shape[1]) for _ in range(c[i, j])]
 *     b = [j for i in range(c.shape[0]) for j in range(c.shape[1]) for _ in range(c[i, j])]
 *     r = linear_sum_assignment(-c)
 *     return c[r].sum() / c.sum(), normalized_mutual_info_score(a, b), adjusted_rand_score(a, b)
 * </pre>
 */
class ContingencyTest {
    /** Some thirty sums and logarithms of numbers around 1. */
    private static final double ROUNDING = 1e-13;

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of(
                        new double[][] {{48, 0, 2}, {3, 40, 7}, {0, 14, 36}},
                        0.8266666666666667,
                        0.5784048184418196,
                        0.582394904839343),
                Arguments.of(
                        new double[][] {{10, 9, 0, 1}, {8, 0, 1, 1}},
                        0.5666666666666667,
                        0.2229224074525802,
                        0.057860319121109074),
                Arguments.of(
                        new double[][] {{5, 0}, {0, 5}, {4, 1}, {1, 6}}, 0.5, 0.4310909878230597, 0.29195402298850576),
                Arguments.of(new double[][] {{3, 3}, {3, 3}}, 0.5, 0.0, -0.1),
                Arguments.of(new double[][] {{7, 0}, {0, 4}}, 1.0, 1.0, 1.0),
                Arguments.of(new double[][] {{4, 3, 2}}, 0.4444444444444444, 0.0, 0.0),
                Arguments.of(new double[][] {{6}}, 1.0, 1.0, 1.0),
                Arguments.of(
                        new double[][] {
                            {5, 11, 12, 8, 9, 11},
                            {5, 15, 0, 16, 1, 12},
                            {7, 13, 28, 6, 25, 18},
                            {20, 5, 18, 20, 11, 28},
                            {10, 28, 29, 14, 18, 4},
                            {23, 23, 9, 17, 23, 0}
                        },
                        0.26294820717131473,
                        0.09010640055497361,
                        0.042358752173740154));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void agreesWithScikitLearn(double[][] counts, double accuracy, double nmi, double ari) {
        Contingency contingency = Contingency.of(counts, null);
        assertThat(contingency.accuracy()).isCloseTo(accuracy, within(ROUNDING));
        assertThat(contingency.normalizedMutualInformation()).isCloseTo(nmi, within(ROUNDING));
        assertThat(contingency.adjustedRandIndex()).isCloseTo(ari, within(ROUNDING));
    }

    @Test
    void theMatchingIsTheBestOfAll() {
        double[][] counts =
                tables().skip(7).map(t -> (double[][]) t.get()[0]).findFirst().get();
        double best = best(counts, 0, new boolean[counts.length]);
        double total =
                Stream.of(counts).flatMapToDouble(java.util.Arrays::stream).sum();
        assertThat(Contingency.of(counts, null).accuracy()).isCloseTo(best / total, within(ROUNDING));
    }

    @Test
    void aRowSeenOnceEach() {
        Contingency contingency = Contingency.of(new double[][] {{1, 0}, {0, 1}}, null);
        assertThat(contingency.adjustedRandIndex()).isEqualTo(1);
        assertThat(contingency.normalizedMutualInformation()).isEqualTo(1);
    }

    private static double best(double[][] counts, int row, boolean[] taken) {
        if (row == counts.length) {
            return 0;
        }
        double best = 0;
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.max(best, counts[row][j] + best(counts, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }

    /** The adjusted Rand index counts pairs of rows: a total weight of 1 would have none. */
    @Test
    void theUnitOfWeightsThatAreNoCountsDoesNotMatter() {
        double[][] counts = {{10, 2}, {3, 9}};
        Contingency whole = Contingency.of(counts, null);
        for (double unit : new double[] {0.5, 1 / 24.0, 1e-9}) {
            double[][] weights = new double[2][2];
            for (int i = 0; i < 4; i++) {
                weights[i / 2][i % 2] = unit * counts[i / 2][i % 2];
            }
            SampleSize size = new SampleSize(24 * unit, 24, 24 * unit * unit);
            Contingency scaled = Contingency.of(weights, size);
            assertThat(scaled.adjustedRandIndex()).isCloseTo(whole.adjustedRandIndex(), within(1e-12));
            assertThat(scaled.accuracy()).isCloseTo(whole.accuracy(), within(1e-12));
            assertThat(scaled.normalizedMutualInformation())
                    .isCloseTo(whole.normalizedMutualInformation(), within(1e-12));
        }
    }
}
