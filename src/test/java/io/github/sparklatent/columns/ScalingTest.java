package io.github.sparklatent.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalingTest {
    @Test
    void noneLeavesRowsAsTheyAre() {
        double[] row = {1, -2, 0};
        Scaling.none().apply(row, 0, 3);
        assertThat(row).containsExactly(1, -2, 0);
        assertThat(Scaling.none().kind()).isEqualTo(Scale.NONE);
        assertThat(Scaling.none().shift()).isEmpty();
    }

    @Test
    void columnsAreShiftedAndMultiplied() {
        double[] rows = {9, 9, 10, 30, 20, 40};
        Scaling.of(Scale.STANDARD, new double[] {10, 20}, new double[] {0.5, 0.1})
                .apply(rows, 2, 2);
        assertThat(rows).containsExactly(9, 9, 0, 1, 20, 40);
    }

    @Test
    void theRangeIsBroughtTo0And1() {
        Scaling scaling = Scaling.range(new double[] {-2, 5, 1}, new double[] {2, 5, 1 + 1e-3});
        double[] rows = {-2, 5, 1, 2, 5, 1 + 1e-3, 0, 6, 1};
        for (int from = 0; from < rows.length; from += 3) {
            scaling.apply(rows, from, 3);
        }
        assertThat(rows).containsExactly(0, 0, 0, 1, 0, 1, 0.5, 1, 0);
    }

    @Test
    void aColumnThatIsConstantIsOnlyShifted() {
        assertThat(Scaling.range(new double[] {7}, new double[] {7}).factor()).containsExactly(1);
        assertThat(Scaling.standard(new double[] {7}, new double[] {0}).factor())
                .containsExactly(1);
        assertThat(Scaling.range(new double[] {0}, new double[] {1e-310}).factor())
                .as("1 / range is beyond the numbers")
                .containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "STANDARD", "MINMAX"})
    void invertGivesTheRowBack(Scale kind) {
        boolean none = kind == Scale.NONE;
        Scaling scaling = Scaling.of(
                kind,
                none ? new double[0] : new double[] {1e6, -3, 0},
                none ? new double[0] : new double[] {100, 0.25, 1});
        double[] row = {1e6 + 0.03, 8, -1.5};
        scaling.apply(row, 0, 3);
        scaling.invert(row, 0, 3);
        assertThat(row).containsExactly(new double[] {1e6 + 0.03, 8, -1.5}, within(1e-9));
    }

    @Test
    void unitGivesRowsLengthOneWhateverTheirSize() {
        Scaling unit = Scaling.of(Scale.UNIT, new double[0], new double[0]);
        double[] rows = {3, -4, 0, 0, 3e150, 4e150, 3e-160, 4e-160};
        for (int from = 0; from < rows.length; from += 2) {
            unit.apply(rows, from, 2);
        }
        assertThat(rows).containsExactly(new double[] {0.6, -0.8, 0, 0, 0.6, 0.8, 0.6, 0.8}, within(1e-15));
        unit.invert(rows, 0, 2);
        assertThat(rows[0]).as("a length once taken cannot be given back").isEqualTo(0.6);
    }

    /**
     * Means 1e6 with deviations 1e-2 keep their digits: rounding of a value is 1e6 ε ≈ 1e-10, a hundred-millionth of
     * the deviation; sums around the mean add no more than that.
     */
    @Test
    void momentsAroundAPointNearTheDataKeepTheirDigits() {
        RandomGenerator random = RandomStreams.of(1, Purpose.NOISE);
        DMatrixRMaj rows = new DMatrixRMaj(5000, 2);
        for (int i = 0; i < rows.data.length; i++) {
            rows.data[i] = 1e6 + 1e-2 * random.nextGaussian();
        }
        InMemoryRowBlocks blocks = InMemoryRowBlocks.of(rows, 512);
        double[] least = {rows.data[0], rows.data[1]};
        ColumnMoments first = new ColumnMoments(least);
        double[] means = first.means(blocks.sums("", first).sums());
        ColumnMoments centred = new ColumnMoments(means);
        double[] variances = centred.variances(blocks.sums("", centred).sums());
        Scaling scaling = Scaling.standard(means, variances);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < rows.data.length; i += 2) {
            scaling.apply(rows.data, i, 2);
            sum += rows.data[i];
            squares += rows.data[i] * rows.data[i];
        }
        assertThat(sum / 5000).isCloseTo(0, within(1e-7));
        assertThat(squares / 5000).isCloseTo(1, within(1e-7));
    }
}
