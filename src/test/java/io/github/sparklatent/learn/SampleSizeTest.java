package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleSizeTest {
    @Test
    void countsAreTheirSum() {
        SampleSize size = new SampleSize(7, 3, 4 + 4 + 9);
        assertThat(size.number()).isEqualTo(7);
        assertThat(size.warnings("BIC")).isEmpty();
    }

    /** Weights of mean 1 that were written with four digits. */
    @Test
    void weightsOfMeanOneMayBeRounded() {
        SampleSize size = new SampleSize(999.9, 1000, 1500);
        assertThat(size.number()).isEqualTo(999.9);
        assertThat(size.warnings("BIC")).isEmpty();
    }

    @Test
    void equalWeightsOfAnyUnitAreTheirNumber() {
        for (double unit : new double[] {1e-100, 1e-3, 0.5}) {
            double rows = 1000;
            SampleSize size = new SampleSize(rows * unit, rows, rows * unit * unit);
            assertThat(size.number()).isCloseTo(rows, within(1e-9));
        }
    }

    /** Kish's n of 1 : 1 : 2 is 16 / 6. */
    @Test
    void theSumOfWeightsThatAreNoCountsIsNamed() {
        SampleSize size = new SampleSize(1, 3, 0.0625 + 0.0625 + 0.25);
        assertThat(size.number()).isCloseTo(16 / 6.0, within(1e-15));
        assertThat(size.warnings("BIC"))
                .containsExactly("the weights of 3 rows sum to 1.0, expected at least 3, because a row of"
                        + " weight w counts as w rows: an effective number of"
                        + " 2.7 rows stands for them in BIC; if another number is meant,"
                        + " multiply the weights by a constant");
    }
}
