package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.mixture.MixedColumns.Column;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionalLevelsTest {
    /** The training rows had the counts 0 to 3. */
    private static final int LEVELS = 4;

    /** Less than e^-60 of each distribution below lies above this count. */
    private static final int ENUMERATED = 20_000;

    /** Two components with a negative binomial column each, of mean m and size r. */
    private static MixedMixture mixture(double m1, double r1, double m2, double r2) {
        return new MixedMixture(
                new MixedColumns(List.of(new Column(CellFamily.NEGATIVE_BINOMIAL, LEVELS))),
                new double[] {0.5, 0.5},
                null,
                List.of(new DMatrixRMaj(2, 2, true, m1, r1, m2, r2)),
                List.of(),
                MissingShares.none(2, 1));
    }

    /**
     * The sum over all counts that are not more probable: the result is never below it, and at most
     * a hundredth above it. The geometric series with the ratio of the mixture at the greatest
     * count gave 0.31, 0.20, 0.12 and 0.09 of the sum.
     */
    @ParameterizedTest
    @CsvSource({
        "20, 0.1, 20, 0.1, 4",
        "50, 0.02, 50, 0.02, 4",
        "1, 0.5, 100, 0.8, 9",
        "0.5, 20, 300, 0.5, 5"
    })
    void tailsOfOverdispersedCountsAreBoundedFromAbove(
            double m1, double r1, double m2, double r2, int x) {
        MixedMixture mixture = mixture(m1, r1, m2, r2);
        double[] shares = {0.7, 0.3};
        double[] logShares = {Math.log(shares[0]), Math.log(shares[1])};
        double[] p = new double[ENUMERATED];
        for (int k = 0; k < 2; k++) {
            double[] parameters = MixedMixture.row(mixture.discrete().get(0), k);
            double[] logs =
                    DiscreteCells.logDensities(
                            CellFamily.NEGATIVE_BINOMIAL, parameters, ENUMERATED);
            for (int v = 0; v < ENUMERATED; v++) {
                p[v] += shares[k] * Math.exp(logs[v]);
            }
        }
        double expected = 0;
        for (double own : p) {
            expected += own <= p[x] * (1 + 1e-9) ? own : 0;
        }
        double found =
                Math.exp(
                        new ConditionalLevels(new MixedDensity(mixture))
                                .logNotMoreProbable(0, logShares, x));
        assertThat(found).isBetween(expected * (1 - 1e-9), expected * 1.0101);
    }
}
