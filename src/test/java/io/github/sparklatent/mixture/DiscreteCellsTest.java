package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.MixedColumns.Column;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiscreteCellsTest {
    private static final double[] OVERDISPERSED = {30, 25, 14, 9, 8, 5, 3, 2, 1, 0, 2, 1};

    @ParameterizedTest
    @EnumSource(
            names = {
                "POISSON",
                "NEGATIVE_BINOMIAL",
                "ZERO_INFLATED_POISSON",
                "ZERO_INFLATED_NEGATIVE_BINOMIAL"
            })
    void probabilitiesSumToOneAndHaveTheMean(CellFamily family) {
        double[] parameters =
                switch (family) {
                    case POISSON -> new double[] {3.5};
                    case NEGATIVE_BINOMIAL -> new double[] {3.5, 1.25};
                    case ZERO_INFLATED_POISSON -> new double[] {3.5, 0.3};
                    default -> new double[] {3.5, 1.25, 0.3};
                };
        double sum = 0;
        double mean = 0;
        for (int x = 0; x < 400; x++) {
            double p = Math.exp(DiscreteCells.logDensity(family, parameters, x));
            sum += p;
            mean += x * p;
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(mean).isCloseTo(DiscreteCells.expected(family, parameters), within(1e-10));
    }

    /** R: dnbinom(5, size = 1.25, mu = 3.5, log = TRUE) and dpois(5, 3.5, log = TRUE). */
    @Test
    void densitiesAreThoseOfR() {
        assertThat(
                        DiscreteCells.logDensity(
                                CellFamily.NEGATIVE_BINOMIAL, new double[] {3.5, 1.25}, 5))
                .isCloseTo(naiveNegativeBinomial(3.5, 1.25, 5), within(1e-13));
        assertThat(DiscreteCells.logDensity(CellFamily.POISSON, new double[] {3.5}, 5))
                .isCloseTo(5 * Math.log(3.5) - 3.5 - Math.log(120), within(1e-13));
        // A great size is a Poisson distribution.
        assertThat(
                        DiscreteCells.logDensity(
                                CellFamily.NEGATIVE_BINOMIAL, new double[] {3.5, 1e12}, 5))
                .isCloseTo(
                        DiscreteCells.logDensity(CellFamily.POISSON, new double[] {3.5}, 5),
                        within(1e-10));
    }

    private static double naiveNegativeBinomial(double mean, double size, int x) {
        double product = Math.pow(size / (size + mean), size);
        for (int i = 0; i < x; i++) {
            product *= (size + i) / (i + 1) * mean / (size + mean);
        }
        return Math.log(product);
    }

    @ParameterizedTest
    @EnumSource(names = {"CATEGORICAL", "POISSON", "NEGATIVE_BINOMIAL"})
    void noNeighbourOfAnEstimateIsMoreLikely(CellFamily family) {
        Column column = new Column(family, OVERDISPERSED.length);
        double[] found = DiscreteCells.fit(column, OVERDISPERSED, null);
        assertIsMaximum(family, found);
    }

    /** The step of EM of a zero-inflated count is repeated until it stands. */
    @ParameterizedTest
    @EnumSource(names = {"ZERO_INFLATED_POISSON", "ZERO_INFLATED_NEGATIVE_BINOMIAL"})
    void theStepsOfZeroInflatedCountsEndAtAMaximum(CellFamily family) {
        Column column = new Column(family, OVERDISPERSED.length);
        double[] found = DiscreteCells.start(column, OVERDISPERSED);
        double before = logLikelihood(family, found);
        for (int i = 0; i < 20_000; i++) {
            found = DiscreteCells.fit(column, OVERDISPERSED, found);
            double now = logLikelihood(family, found);
            assertThat(now).isGreaterThanOrEqualTo(before - 1e-10);
            before = now;
        }
        assertIsMaximum(family, found);
    }

    private static void assertIsMaximum(CellFamily family, double[] found) {
        double best = logLikelihood(family, found);
        for (int i = 0; i < found.length; i++) {
            for (double factor : new double[] {0.999, 1.001}) {
                double[] near = found.clone();
                near[i] *= factor;
                if (family == CellFamily.CATEGORICAL) {
                    double sum = MixedTables.sum(near);
                    near =
                            IntStream.range(0, near.length)
                                    .mapToDouble(near(near, sum)::applyAsDouble)
                                    .toArray();
                }
                assertThat(logLikelihood(family, near)).isLessThanOrEqualTo(best + 1e-9);
            }
        }
    }

    private static java.util.function.IntToDoubleFunction near(double[] values, double sum) {
        return i -> values[i] / sum;
    }

    private static double logLikelihood(CellFamily family, double[] parameters) {
        double sum = 0;
        for (int x = 0; x < OVERDISPERSED.length; x++) {
            if (OVERDISPERSED[x] > 0) {
                sum += OVERDISPERSED[x] * DiscreteCells.logDensity(family, parameters, x);
            }
        }
        return sum;
    }

    @Test
    void countsWithoutOverdispersionArePoisson() {
        double[] narrow = {0, 10, 30, 10};
        double[] found =
                DiscreteCells.fit(new Column(CellFamily.NEGATIVE_BINOMIAL, 4), narrow, null);
        assertThat(found).containsExactly(2, 1e6);
    }

    @Test
    void zerosOnlyLeaveAFiniteDensityOfAOne() {
        double[] found =
                DiscreteCells.fit(new Column(CellFamily.POISSON, 2), new double[] {5, 0}, null);
        assertThat(DiscreteCells.logDensity(CellFamily.POISSON, found, 1)).isFinite();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CATEGORICAL",
                "POISSON",
                "NEGATIVE_BINOMIAL",
                "ZERO_INFLATED_POISSON",
                "ZERO_INFLATED_NEGATIVE_BINOMIAL"
            })
    void drawsHaveTheShares(CellFamily family) {
        Column column = new Column(family, OVERDISPERSED.length);
        double[] parameters = DiscreteCells.start(column, OVERDISPERSED);
        Random random = new Random(5);
        int draws = 40_000;
        double[] shares = new double[6];
        for (int i = 0; i < draws; i++) {
            double x = DiscreteCells.draw(family, parameters, random);
            if (x < shares.length) {
                shares[(int) x] += 1.0 / draws;
            }
        }
        for (int x = 0; x < shares.length; x++) {
            double p = Math.exp(DiscreteCells.logDensity(family, parameters, x));
            assertThat(shares[x]).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / draws)));
        }
    }
}
