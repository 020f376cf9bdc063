package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.gmm.Fits;
import io.github.sparklatent.gmm.SampleTables;
import io.github.sparklatent.gmm.model.Centres;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.gmm.training.MixtureStart;
import io.github.sparklatent.learn.em.EmRounds;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Without regularization no round lowers the likelihood (Dempster, Laird and Rubin 1977). */
class LikelihoodNeverFallsTest {
    /**
     * Sums around the common mean may lose four of a double's sixteen digits, see {@link Centres}. A row's
     * log-likelihood is a sum of d squares, of size d in all, and of d logarithms.
     */
    private static final double TWELVE_DIGITS = 1e-12;

    static List<Arguments> starts() {
        List<Arguments> starts = new ArrayList<>();
        for (String table : List.of("iris", "wine")) {
            for (CovarianceType type : CovarianceType.values()) {
                // Four components with factors leave one of them hardly more rows than factors.
                for (int components = 1; components <= (type.isFactored() ? 3 : 4); components++) {
                    starts.add(Arguments.of(table, type, components));
                }
            }
        }
        return starts;
    }

    @ParameterizedTest(name = "{0}, {1}, components: {2}")
    @MethodSource("starts")
    void noRoundLowersIt(String table, CovarianceType type, int components) {
        DMatrixRMaj rows = SampleTables.rows(table);
        MixtureOptions options = MixtureOptions.DEFAULT
                .withComponents(List.of(components))
                .withCovariance(type)
                .withRegularization(0);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, rows.numRows);
        MixtureParameters start = new MixtureStart(data, options, components, 0, passed -> {}).mixture();
        MixtureFit<MixtureParameters> fit = Fits.rounds(data, start, 0, 60);
        assertThat(fit.warnings()).isEmpty();
        EmRounds.assertNeverFalls(fit.history(), TWELVE_DIGITS * rows.numCols, TWELVE_DIGITS);
    }
}
