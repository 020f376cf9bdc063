package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.ColumnContributions.ConditionalCell;
import org.junit.jupiter.api.Test;

class ConditionalCellTest {
    private static ConditionalCell cell(double degrees) {
        return new ConditionalCell(new double[] {1}, new double[] {2}, new double[] {9}, new double[] {degrees});
    }

    /** scipy.stats: norm.ppf(0.975) and t.ppf(0.975, 3) */
    @Test
    void aQuantileIsThatOfTheOnlyComponent() {
        assertThat(cell(Double.POSITIVE_INFINITY).quantile(0.975)).isCloseTo(2 + 3 * 1.959963984540054, within(1e-12));
        assertThat(cell(3).quantile(0.975)).isCloseTo(2 + 3 * 3.182446305284263, within(1e-6));
    }
}
