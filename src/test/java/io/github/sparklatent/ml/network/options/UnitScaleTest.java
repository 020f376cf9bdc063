package io.github.sparklatent.ml.network.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.nn.likelihood.Bernoulli;
import io.github.sparklatent.nn.likelihood.Composite;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.nn.likelihood.Likelihood;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class UnitScaleTest {
    private static final List<String> NAMES = List.of("age", "income", "height");

    private static Optional<String> warning(Likelihood likelihood, double... variances) {
        return new ColumnCentres.Found(new double[0], variances).warning(likelihood, NAMES);
    }

    @Test
    void wideColumnsAreNamed() {
        assertThat(warning(Gaussian.fixed(3, 1), 1, 4e6, 0.5).orElseThrow())
                .contains("data.scale = standard")
                .contains("\"income\" has the variance 4.00e+06")
                .doesNotContain("age");
        Composite mixed = new Composite(List.of(
                new Composite.Group(List.of(1), new Bernoulli(1)),
                new Composite.Group(List.of(0, 2), Gaussian.fixed(2, 1))));
        assertThat(warning(mixed, 1, 4e6, 0.5)).isEmpty();
        assertThat(warning(mixed, 1, 0.2, 50).orElseThrow()).contains("\"height\"");
    }

    @Test
    void narrowTablesAreNamed() {
        assertThat(warning(Gaussian.fixed(3, 1), 1e-4, 1e-6, 1e-4).orElseThrow())
                .contains("the mean variance of its columns is 6.70e-05");
    }

    /** Grey values in [0, 1] have variances up to 0.25, at their edges 0. */
    @Test
    void columnsOfAboutUnitScaleAndOtherVariancesHaveNoWarning() {
        assertThat(warning(Gaussian.fixed(3, 1), 1.2, 0.8, 9)).isEmpty();
        assertThat(warning(Gaussian.fixed(3, 1), 0, 0.1, 0.2)).isEmpty();
        assertThat(warning(Gaussian.fixed(3, 400), 1000, 9000, 100)).isEmpty();
        assertThat(warning(Gaussian.learnt(3), 1e9, 1e9, 1e9)).isEmpty();
        assertThat(warning(new Bernoulli(3), 0.1, 0.1, 0.1)).isEmpty();
        assertThat(warning(Gaussian.fixed(3, 1))).isEmpty();
    }

    /** Floats of 24 bits: their squares add up with a relative error below 1e-6. */
    @Test
    void variancesAreThoseOfTheObservedCells() {
        Random random = new Random(4);
        FMatrixRMaj rows = new FMatrixRMaj(1_000, 2);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < rows.numRows; i++) {
            rows.set(i, 0, (float) (50 + 20 * random.nextGaussian()));
            rows.set(i, 1, i % 2 == 0 ? Float.NaN : i % 4);
            sum += rows.get(i, 0);
            squares += (double) rows.get(i, 0) * rows.get(i, 0);
        }
        double mean = sum / rows.numRows;
        ColumnCentres.Found found = ColumnCentres.find(InMemoryShards.of(rows, 3), Gaussian.fixed(2, 1), true);
        double variance = squares / rows.numRows - mean * mean;
        assertThat(found.variances()[0]).isCloseTo(variance, within(1e-6 * variance));
        assertThat(found.variances()[1]).isCloseTo(1, within(1e-6));
    }
}
