package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.MixedColumns.Column;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalLevelsTest {
    /** The training rows had the counts 0 to 3. */
    private static final int LEVELS = 4;

    /** Less than e^-20 of each distribution below lies above this count. */
    private static final int ENUMERATED = 500_000;

    /** Two components with a negative binomial column each, of mean m and size r. */
    private static MixedMixture mixture(double m1, double r1, double m2, double r2) {
        return new MixedMixture(
                new MixedColumns(List.of(new Column(CellFamily.NEGATIVE_BINOMIAL, LEVELS))),
                new double[] {0.5, 0.5},
                null,
                List.of(new DMatrixRMaj(2, 2, true, m1, r1, m2, r2)),
                List.of());
    }

    /**
     * The sum over all counts that are not more probable. The geometric series with the ratio of the mixture at the
     * greatest count gave 0.31, 0.20, 0.12 and 0.09 of the first sums, and terms up to a bound of the rest 1.075 of the
     * last.
     */
    @ParameterizedTest
    @CsvSource({
        "20, 0.1, 20, 0.1, 4",
        "50, 0.02, 50, 0.02, 4",
        "1, 0.5, 100, 0.8, 9",
        "0.5, 20, 300, 0.5, 5",
        "10000, 0.5, 10000, 0.5, 50000"
    })
    void tailsOfOverdispersedCountsAreSummed(double m1, double r1, double m2, double r2, int x) {
        MixedMixture mixture = mixture(m1, r1, m2, r2);
        double[] shares = {0.7, 0.3};
        double[] logShares = {Math.log(shares[0]), Math.log(shares[1])};
        double[] p = new double[ENUMERATED];
        for (int k = 0; k < 2; k++) {
            double[] parameters = TestMatrices.row(mixture.discrete().get(0), k);
            double[] logs = DiscreteCells.logDensities(CellFamily.NEGATIVE_BINOMIAL, parameters, ENUMERATED);
            for (int v = 0; v < ENUMERATED; v++) {
                p[v] += shares[k] * Math.exp(logs[v]);
            }
        }
        double expected = 0;
        for (double own : p) {
            expected += own <= p[x] * (1 + 1e-9) ? own : 0;
        }
        double found = Math.exp(new ConditionalLevels(new MixedDensity(mixture)).logNotMoreProbable(0, logShares, x));
        assertThat(found).isCloseTo(expected, within(1e-6 * expected));
    }

    /** The tail of each family from a count on is the sum of its probabilities. */
    @ParameterizedTest
    @CsvSource({"POISSON, 3, 0, 9", "NEGATIVE_BINOMIAL, 3, 1.5, 9", "NEGATIVE_BINOMIAL, 3, 1e6, 9"})
    void tailsOfCountsAreTheSumsOfTheirProbabilities(CellFamily family, double first, double second, int from) {
        double[] parameters = {first, second};
        int length = DiscreteCells.parameters(new Column(family, LEVELS));
        double[] own = Arrays.copyOf(parameters, length);
        double expected = 0;
        for (int v = from; v < 1_000; v++) {
            expected += Math.exp(DiscreteCells.logDensity(family, own, v));
        }
        assertThat(Math.exp(LogTails.count(family, own, from))).isCloseTo(expected, within(1e-8 * expected));
    }

    /** Where the probability of the tail underflows, its logarithm is that of a series. */
    @Test
    void aTailThatUnderflowsHasALogarithm() {
        double found = new ConditionalLevels(new MixedDensity(mixture(1, 1, 1, 1)))
                .logNotMoreProbable(0, new double[] {Math.log(0.5), Math.log(0.5)}, 1_050);
        // With size 1 and mean 1, P(X ≥ x) = 2^-x.
        assertThat(found).isCloseTo(-1_050 * Math.log(2), within(1e-6));
        double[] own = {1, 1};
        assertThat(LogTails.count(CellFamily.NEGATIVE_BINOMIAL, own, 1e300)).isEqualTo(Double.NEGATIVE_INFINITY);
    }
}
