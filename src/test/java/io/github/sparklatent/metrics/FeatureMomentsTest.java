package io.github.sparklatent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FeatureMomentsTest {
    private static final float[] ROWS = {1, 10, 2, 14, 3, 12, 6, 16};

    private static FeatureMoments moments(double[] origin, int... rows) {
        FeatureMoments moments = new FeatureMoments(origin);
        for (int row : rows) {
            moments.add(ROWS, 2 * row, 1);
        }
        return moments;
    }

    /** By hand: means 3 and 13; deviations −2, −1, 0, 3 and −3, 1, −1, 3. */
    private static void assertFour(FeatureMoments moments) {
        assertThat(moments.sums()[0]).isEqualTo(4);
        assertThat(moments.mean()).containsExactly(3, 13);
        assertThat(moments.covariance().data).containsExactly(14 / 3.0, 14 / 3.0, 14 / 3.0, 20 / 3.0);
    }

    @Test
    void meanAndCovarianceByHand() {
        assertFour(moments(new double[2], 0, 1, 2, 3));
        assertFour(moments(new double[] {3, 8}, 0, 1, 2, 3));
    }

    @Test
    void partsAreAddedAndTravelAsSums() {
        double[] origin = {1, 2};
        double[] sums = moments(origin, 0, 1).sums();
        double[] more = moments(origin, 2, 3).sums();
        assertThat(sums).hasSize(FeatureMoments.length(2)).hasSize(8);
        for (int i = 0; i < sums.length; i++) {
            sums[i] += more[i];
        }
        assertFour(FeatureMoments.of(origin, sums));
    }

    @Test
    void aWeightCountsAsSoManyRows() {
        FeatureMoments weighted = new FeatureMoments(new double[2]);
        weighted.add(ROWS, 0, 2);
        weighted.add(ROWS, 6, 1);
        FeatureMoments repeated = moments(new double[2], 0, 0, 3);
        assertThat(weighted.sums()[0]).isEqualTo(repeated.sums()[0]);
        assertThat(weighted.mean()).containsExactly(repeated.mean());
        assertThat(weighted.covariance().data).containsExactly(repeated.covariance().data);
    }

    /** Weights that sum to less than the number of rows are no counts: their ratios decide. */
    @Test
    void theUnitOfWeightsThatAreNoCountsDoesNotMatter() {
        FeatureMoments ones = moments(new double[2], 0, 1, 2, 3);
        for (double unit : new double[] {0.25, 0.125, 0x1p-30}) {
            FeatureMoments equal = new FeatureMoments(new double[2]);
            for (int row = 0; row < 4; row++) {
                equal.add(ROWS, 2 * row, unit);
            }
            assertThat(equal.mean()).containsExactly(ones.mean());
            assertThat(equal.covariance().data).containsExactly(ones.covariance().data);
        }
        // Kish's n of 1 : 1 : 2 is 16 / 6. The mean is 2; the deviations are −1, 0 and 1/2.
        FeatureMoments unequal = new FeatureMoments(new double[1]);
        unequal.add(new float[] {1}, 0, 0.125);
        unequal.add(new float[] {2}, 0, 0.125);
        unequal.add(new float[] {2.5f}, 0, 0.25);
        double variance = (0.25 * 1 + 0.5 * 0.25) / (1 - 6.0 / 16);
        assertThat(unequal.covariance().get(0, 0)).isCloseTo(variance, within(1e-15));
    }

    /** Rows some 1e6 from 0 and 1 apart: without an origin 12 of 16 digits would be lost. */
    @Test
    void anOriginNearTheRowsKeepsTheDigits() {
        FeatureMoments near = new FeatureMoments(new double[] {1e6});
        for (int i = 0; i < 5; i++) {
            near.add(new float[] {1e6f + i}, 0, 1);
        }
        assertThat(near.mean()[0]).isEqualTo(1e6 + 2);
        assertThat(near.covariance().get(0, 0)).isCloseTo(2.5, within(1e-15));
    }
}
