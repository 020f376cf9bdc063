package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderedSumTest {
    @Test
    void theSumOfNothingIsZero() {
        assertThat(new OrderedSum(2).values()).containsExactly(0, 0);
    }

    @Test
    void partsAreAddedInTheOrderTheyCome() {
        OrderedSum sum = new OrderedSum(2);
        sum.add(new double[] {1e16, 1});
        sum.add(new double[] {1, 2});
        sum.add(new double[] {-1e16, 4});
        // 1e16 + 1 rounds to 1e16: any other order of these three has 1.
        assertThat(sum.values()).containsExactly(0, 7);
    }

    @Test
    void partsKeepTheirNumbers() {
        double[] part = {1, 2};
        OrderedSum sum = new OrderedSum(2);
        sum.add(part);
        sum.add(part);
        assertThat(part).containsExactly(1, 2);
        assertThat(sum.values()).containsExactly(2, 4);
    }
}
