package io.github.sparklatent.nn.likelihood;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that a likelihood has no density for, and likelihoods that do not exist. */
class FlawTest {
    @Test
    void bernoulli() {
        Bernoulli likelihood = new Bernoulli(3);
        assertThat(likelihood.flaw(new double[] {0, 0.5, 1}, j -> j)).isNull();
        assertThat(likelihood.flaw(new double[] {0, 0.5, 1.25}, j -> j))
                .isEqualTo("column 2 is 1.25, bernoulli expects values within [0, 1]");
        assertThat(likelihood.flaw(new double[] {0, 1.7f, 1}, j -> j)).startsWith("column 1 is 1.7, ");
        assertThat(likelihood.flaw(new double[] {-1e-9, 0, 0}, j -> j)).startsWith("column 0 is -1.0E-9");
    }

    @Test
    void gaussian() {
        for (Likelihood likelihood : List.of(Gaussian.fixed(2, 1), Gaussian.learnt(2), new OutputGaussian(2, 1))) {
            assertThat(likelihood.flaw(new double[] {-1e300, 1e300}, j -> j)).isNull();
            assertThat(likelihood.flaw(new double[] {0, Double.NEGATIVE_INFINITY}, j -> j))
                    .isEqualTo("column 1 is -Infinity, gaussian expects a finite number");
        }
    }

    @Test
    void poisson() {
        Poisson likelihood = new Poisson(2);
        assertThat(likelihood.flaw(new double[] {0, 16777216}, j -> j)).isNull();
        assertThat(likelihood.flaw(new double[] {0, -1}, j -> j))
                .isEqualTo("column 1 is -1.0, poisson expects a whole number from 0 to 16777216");
        assertThat(likelihood.flaw(new double[] {2.5, 0}, j -> j)).startsWith("column 0 is 2.5");
        assertThat(likelihood.flaw(new double[] {2, 16777217}, j -> j)).startsWith("column 1 is 1.67");
    }

    @Test
    void familiesOfColumns() {
        for (ColumnFamily family : ColumnFamily.values()) {
            Likelihood likelihood = new IndependentColumns(family, 2);
            boolean numbers = family == ColumnFamily.STUDENT_T;
            String expects = family + " expects " + (numbers ? "a finite number" : "a whole number from 0 to 16777216");
            assertThat(likelihood.flaw(new double[] {1, 16777216}, j -> j)).isNull();
            assertThat(likelihood.flaw(new double[] {-1, 1}, j -> j))
                    .isEqualTo(numbers ? null : "column 0 is -1.0, " + expects);
            assertThat(likelihood.flaw(new double[] {2.5, 1}, j -> j))
                    .isEqualTo(numbers ? null : "column 0 is 2.5, " + expects);
        }
    }

    @Test
    void categorical() {
        Categorical likelihood = new Categorical(3, false);
        assertThat(likelihood.flaw(new double[] {0, 1, 0}, j -> j)).isNull();
        assertThat(likelihood.flaw(new double[] {0, 0.5, 0.5}, j -> j))
                .isEqualTo("column 1 is 0.5, categorical expects 0 or 1");
        assertThat(likelihood.flaw(new double[] {1, 0, 1}, j -> j))
                .isEqualTo("column 0 to column 2 hold 2 ones, categorical expects one");
        assertThat(likelihood.flaw(new double[] {0, 0, 0}, j -> j))
                .isEqualTo("column 0 to column 2 hold 0 ones, categorical expects one");
        Categorical withReference = new Categorical(2, true);
        assertThat(withReference.flaw(new double[] {0, 0}, j -> j)).isNull();
        assertThat(withReference.flaw(new double[] {1, 1}, j -> j))
                .isEqualTo("column 0 to column 1 hold 2 ones, categorical expects at most one");
        double[] row = {Double.NaN, Double.NaN};
        withReference.complete(row, new double[] {0.3, 0.2}, j -> j);
        assertThat(row).containsExactly(0, 0);
    }

    @Test
    void compositeNamesThePlaceInTheRow() {
        Composite inner = new Composite(
                List.of(Composite.Group.from(0, Gaussian.learnt(1)), Composite.Group.from(1, new Poisson(1))));
        Composite likelihood = new Composite(
                List.of(new Composite.Group(List.of(3, 0), inner), Composite.Group.from(1, new Bernoulli(2))));
        assertThat(likelihood.flaw(new double[] {4, 0, 1, -3.5}, j -> j)).isNull();
        assertThat(likelihood.flaw(new double[] {4.5, 0, 1, 0}, j -> j)).startsWith("column 0 is 4.5");
        assertThat(likelihood.flaw(new double[] {4, 0, 2, 0}, j -> j)).startsWith("column 2 is 2.0");
    }
}
