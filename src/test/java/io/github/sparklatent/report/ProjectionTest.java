package io.github.sparklatent.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final DMatrixRMaj NO_ROWS = new DMatrixRMaj(0, 4);

    /** Three means lie in a plane, so the projection keeps their scaled distances to rounding. */
    @Test
    void threeMeansKeepTheirDistances() {
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{1, 2, 3, 4}, {5, -2, 0, 4}, {0, 0, 9, 1}});
        double[] deviations = {1, 2, 0.5, 3};
        DMatrixRMaj plane = Projection.of(NO_ROWS, new double[] {0.2, 0.5, 0.3}, means, deviations)
                .project(means);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                assertThat(distance(plane, a, b)).isCloseTo(scaled(means, a, b, deviations), within(1e-12 * 20));
            }
        }
    }

    /** Variances 8, 2 and 0 along three axes at right angles: the first two are the plane. */
    @Test
    void principalComponentsAreThoseOfTheRows() {
        double half = Math.sqrt(0.5);
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {
            {5 + 4 * half, 4 * half, 1},
            {5 - 4 * half, -4 * half, 1},
            {5 - 2 * half, 2 * half, 1},
            {5 + 2 * half, -2 * half, 1}
        });
        Projection projection = Projection.principal(rows);
        assertThat(projection.matrix().data)
                .as("each direction's largest entry is positive")
                .containsExactly(new double[] {half, half, half, -half, 0, 0}, within(1e-12));
        assertThat(projection.project(rows).data)
                .containsExactly(new double[] {4, 0, -4, 0, 0, -2, 0, 2}, within(1e-12));
    }

    /** With more columns than rows the products are of rows; the plane is the same. */
    @Test
    void fewRowsHavePrincipalComponentsToo() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{3, 0, 0, 1}, {-3, 0, 0, 1}, {0, 0, 0, 1}});
        assertThat(Projection.principal(rows).project(rows).data)
                .as("they vary along one direction only")
                .containsExactly(new double[] {3, 0, -3, 0, 0, 0}, within(1e-12));
    }

    /** Means along the second axis, less along the fourth: those are the two directions, in this order. */
    @Test
    void directionsAreThoseOfTheMeans() {
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{7, 3, 1, 0}, {7, -3, 1, 0}, {7, 0, 1, 2}, {7, 0, 1, -2}});
        double[] weights = {0.25, 0.25, 0.25, 0.25};
        DMatrixRMaj map = Projection.of(NO_ROWS, weights, means, new double[] {1, 1, 1, 1})
                .matrix();
        assertThat(map.data).containsExactly(new double[] {0, 0, 1, 0, 0, 0, 0, 1}, within(1e-12));
    }

    /** With two means the first coordinate is Mahalanobis' distance; the rows give the second direction. */
    @Test
    void twoMeansAreFilledUpByTheRows() {
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{0, 0, 0, 0}, {6, 0, 0, 0}});
        DMatrixRMaj sample =
                new DMatrixRMaj(new double[][] {{9, 0, 5, 0}, {-9, 1, 0, 0}, {3, 0, -5, 0}, {1, -1, 0, 0}});
        Projection projection = Projection.of(sample, new double[] {0.5, 0.5}, means, new double[] {2, 1, 1, 1});
        assertThat(projection.matrix().data).containsExactly(new double[] {0.5, 0, 0, 0, 0, 1, 0, 0}, within(1e-12));
        assertThat(projection.project(means).data).containsExactly(new double[] {-1.5, 0, 1.5, 0}, within(1e-12));
    }

    /** Fewer means than directions and far from the origin: what is left of centring is rounding, no direction. */
    @Test
    void oneMeanIsFilledUpByTheRows() {
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{1e6 + 0.1, 0.3, 1e-3}});
        DMatrixRMaj sample =
                new DMatrixRMaj(new double[][] {{1e6, 3, 0}, {1e6, -3, 0}, {1e6 + 1, 0, 0}, {1e6 - 1, 0, 0}});
        DMatrixRMaj map = Projection.of(sample, new double[] {1}, means, new double[] {1, 1, 1})
                .matrix();
        assertThat(map.data).containsExactly(new double[] {0, 1, 1, 0, 0, 0}, within(1e-9));
    }

    @Test
    void oneFeatureHasNoSecondDirection() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{1}, {2}, {4}});
        Projection projection = Projection.of(
                rows, new double[] {0.5, 0.5}, new DMatrixRMaj(new double[][] {{1}, {3}}), new double[] {0.5});
        assertThat(projection.project(rows).data).containsExactly(new double[] {-2, 0, 0, 0, 4, 0}, within(1e-12));
    }

    @Test
    void aConstantColumnIsLeftOut() {
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{0, 5, 0}, {1, 9, 0}, {0, 5, 1}});
        double[] weights = {0.4, 0.3, 0.3};
        DMatrixRMaj map = Projection.of(new DMatrixRMaj(0, 3), weights, means, new double[] {1, 0, 1})
                .matrix();
        assertThat(map.get(1, 0)).isZero();
        assertThat(map.get(1, 1)).isZero();
        assertThat(Arrays.stream(map.data).allMatch(Double::isFinite)).isTrue();
    }

    @Test
    void equalRowsGiveNoDirectionAndNoNaN() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{0.1, 1e8}, {0.1, 1e8}});
        Projection projection = Projection.of(
                rows, new double[] {1}, new DMatrixRMaj(new double[][] {{0.1, 1e8}}), new double[] {1e-3, 1e-3});
        assertThat(projection.project(rows).data).containsOnly(0);
    }

    @Test
    void manyFeaturesNeedNoSquareMatrix() {
        int d = 50_000;
        DMatrixRMaj means = new DMatrixRMaj(5, d);
        for (int i = 0; i < means.data.length; i++) {
            means.data[i] = Math.sin(i * 12.9898);
        }
        double[] deviations = new double[d];
        Arrays.fill(deviations, 1);
        DMatrixRMaj map = Projection.of(
                        new DMatrixRMaj(0, d), new double[] {0.1, 0.2, 0.3, 0.2, 0.2}, means, deviations)
                .matrix();
        assertThat(dot(map, 0, 0)).isCloseTo(1, within(1e-10));
        assertThat(dot(map, 1, 1)).isCloseTo(1, within(1e-10));
        assertThat(dot(map, 0, 1)).isCloseTo(0, within(1e-10));
    }

    @Test
    void covariancesAgreeWithTheMap() {
        DMatrixRMaj means = new DMatrixRMaj(new double[][] {{1, 2, 3}, {5, -2, 0}, {0, 0, 9}});
        Projection projection =
                Projection.of(new DMatrixRMaj(0, 3), new double[] {0.2, 0.5, 0.3}, means, new double[] {1, 2, 3});
        double[] variances = {4, 1, 2};
        DMatrixRMaj full = new DMatrixRMaj(new double[][] {{4, 0, 0}, {0, 1, 0}, {0, 0, 2}});
        assertThat(projection.covariance(variances).data)
                .containsExactly(projection.covariance(full).data, within(1e-12));
        double variance = 0;
        for (int j = 0; j < 3; j++) {
            variance += Math.pow(projection.matrix().get(j, 0), 2) * variances[j];
        }
        assertThat(projection.covariance(full).get(0, 0)).isCloseTo(variance, within(1e-12));
    }

    private static double distance(DMatrixRMaj rows, int a, int b) {
        return Math.hypot(rows.get(a, 0) - rows.get(b, 0), rows.get(a, 1) - rows.get(b, 1));
    }

    private static double scaled(DMatrixRMaj rows, int a, int b, double[] deviations) {
        double sum = 0;
        for (int j = 0; j < deviations.length; j++) {
            sum += Math.pow((rows.get(a, j) - rows.get(b, j)) / deviations[j], 2);
        }
        return Math.sqrt(sum);
    }

    private static double dot(DMatrixRMaj map, int a, int b) {
        double sum = 0;
        for (int j = 0; j < map.numRows; j++) {
            sum += map.get(j, a) * map.get(j, b);
        }
        return sum;
    }
}
