package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.gaussian.Centres;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Without regularization no round lowers the likelihood (Dempster, Laird and Rubin 1977), nor the objective with a
 * prior (Green 1990).
 */
class LikelihoodNeverFallsTest {
    /**
     * Sums around the common mean may lose four of a double's sixteen digits, see {@link Centres}. A row's
     * log-likelihood is a sum of d squares, of size d in all, and of d logarithms.
     */
    private static final double TWELVE_DIGITS = 1e-12;

    static List<Arguments> fits() {
        List<Arguments> fits = new ArrayList<>();
        for (String table : List.of("iris", "wine")) {
            for (CovarianceType type : CovarianceType.values()) {
                // Four components with factors leave one of them hardly more rows than factors.
                for (int components = 1; components <= (type.isFactored() ? 3 : 4); components++) {
                    for (int prior : components == 3 ? new int[] {0, 1, 30} : new int[] {0}) {
                        fits.add(Arguments.of(table, type, components, prior));
                    }
                }
            }
        }
        return fits;
    }

    @ParameterizedTest(name = "{0}, {1}, components: {2}, rows of the prior: {3}")
    @MethodSource("fits")
    void noRoundLowersIt(String table, CovarianceType type, int components, int prior) {
        DMatrixRMaj rows = SampleTables.rows(table);
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(type)
                .withRegularization(0)
                .withPriorRows(prior)
                .withAcceleration(false)
                .withStopping(new StoppingRule(60, 0));
        MixtureFit fit = Fits.of(InMemoryRowBlocks.of(rows, rows.numRows), options);
        assertThat(fit.warnings()).isEmpty();
        EmRounds.assertNeverFalls(fit.history(), TWELVE_DIGITS * rows.numCols, TWELVE_DIGITS);
    }
}
