package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.MixedColumns.Column;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscreteCellsTest {
    private static final double[] OVERDISPERSED = {30, 25, 14, 9, 8, 5, 3, 2, 1, 0, 2, 1};

    @ParameterizedTest
    @EnumSource(names = {"POISSON", "NEGATIVE_BINOMIAL"})
    void probabilitiesSumToOneAndHaveTheMean(CellFamily family) {
        double[] parameters = family == CellFamily.POISSON ? new double[] {3.5} : new double[] {3.5, 1.25};
        double sum = 0;
        double mean = 0;
        for (int x = 0; x < 400; x++) {
            double p = Math.exp(DiscreteCells.logDensity(family, parameters, x));
            sum += p;
            mean += x * p;
        }
        double[] table = DiscreteCells.logDensities(family, parameters, 400);
        for (int x = 0; x < 400; x++) {
            assertThat(table[x]).isEqualTo(DiscreteCells.logDensity(family, parameters, x));
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(mean).isCloseTo(DiscreteCells.expected(new Column(family, 1), parameters), within(1e-10));
    }

    @Test
    void densitiesAreTheProductsOfTheirDefinition() {
        assertThat(negativeBinomial(3.5, 1.25, 5)).isCloseTo(naiveNegativeBinomial(3.5, 1.25, 5), within(1e-13));
        assertThat(DiscreteCells.logDensity(CellFamily.POISSON, new double[] {3.5}, 5))
                .isCloseTo(5 * Math.log(3.5) - 3.5 - Math.log(120), within(1e-13));
        // A great size is a Poisson distribution.
        assertThat(negativeBinomial(3.5, 1e12, 5))
                .isCloseTo(DiscreteCells.logDensity(CellFamily.POISSON, new double[] {3.5}, 5), within(1e-10));
    }

    /** Greater counts are computed in another way, in which the difference of two must agree. */
    @ParameterizedTest
    @ValueSource(doubles = {4096, 4097, 1e6, 1e12})
    void greatCountsHaveTheRatioOfTheirDefinition(double x) {
        double found = negativeBinomial(900, 2.5, x + 1) - negativeBinomial(900, 2.5, x);
        double expected = Math.log((x + 2.5) / (x + 1) * (900 / 902.5));
        // log Γ(x) has an error of some units in the last place of x log x.
        assertThat(found).isCloseTo(expected, within(1e-14 * x * Math.log(x)));
    }

    private static double negativeBinomial(double mean, double size, double x) {
        return DiscreteCells.logDensity(CellFamily.NEGATIVE_BINOMIAL, new double[] {mean, size}, x);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5, 3, Double.POSITIVE_INFINITY})
    void whatIsNoLevelHasNoDensity(double x) {
        assertThat(DiscreteCells.logDensity(CellFamily.CATEGORICAL, new double[] {.2, .3, .5}, x))
                .isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void greatMeansAreDrawn() {
        Random random = new Random(7);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 2000; i++) {
            double x = DiscreteCells.draw(new Column(CellFamily.NEGATIVE_BINOMIAL, 1), new double[] {1e5, 4}, random);
            sum += x / 2000;
            squares += x * x / 2000;
        }
        double deviation = Math.sqrt(1e5 + 1e10 / 4);
        assertThat(sum).isCloseTo(1e5, within(5 * deviation / Math.sqrt(2000)));
        assertThat(Math.sqrt(squares - sum * sum)).isCloseTo(deviation, within(0.1 * deviation));
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
        double[] found = DiscreteCells.fit(column, OVERDISPERSED);
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
                    near = IntStream.range(0, near.length)
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
        double[] found = DiscreteCells.fit(new Column(CellFamily.NEGATIVE_BINOMIAL, 4), narrow);
        assertThat(found).containsExactly(2, 1e6);
    }

    @Test
    void zerosOnlyLeaveAFiniteDensityOfAOne() {
        double[] found = DiscreteCells.fit(new Column(CellFamily.POISSON, 2), new double[] {5, 0});
        assertThat(DiscreteCells.logDensity(CellFamily.POISSON, found, 1)).isFinite();
    }

    @ParameterizedTest
    @EnumSource(names = {"CATEGORICAL", "POISSON", "NEGATIVE_BINOMIAL"})
    void drawsHaveTheShares(CellFamily family) {
        Column column = new Column(family, OVERDISPERSED.length);
        double[] parameters = DiscreteCells.fit(column, OVERDISPERSED);
        Random random = new Random(5);
        int draws = 40_000;
        double[] shares = new double[6];
        for (int i = 0; i < draws; i++) {
            double x = DiscreteCells.draw(new Column(family, 1), parameters, random);
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
