package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.GoldenMixtures;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same parameters and the same mean log-likelihood as scikit-learn, from the same start, after the same number of
 * rounds, on real tables. The program that made the golden values is {@code src/test/python/mixture_golden.py}.
 */
class ScikitLearnAgreementTest {
    /**
     * In units of a parameter's natural scale. The golden files say how far scikit-learn is from an 80-bit EM, 1e-12 at
     * most, and that a start moved by 1e-13 moves a result by 1e-12 at most: so the few 1e-15 by which each of our own
     * rounds is rounded stay under 1e-12 too. The rest is for other processors.
     */
    private static final double TOLERANCE = 1e-11;

    static List<Arguments> fits() {
        List<Arguments> fits = new ArrayList<>();
        for (String table : List.of("iris", "wine", "digits")) {
            for (CovarianceType type : TestMixtures.UNFACTORED) {
                fits.add(Arguments.of(table, type));
            }
        }
        return fits;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("fits")
    void agreesAfterOneFiveAndFiftyRounds(String table, CovarianceType type) {
        for (int rounds : List.of(1, 5, 50)) {
            assertAgreement(table, type, rounds, Integer.MAX_VALUE);
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("fits")
    void agreesHoweverTheRowsAreCut(String table, CovarianceType type) {
        for (int height : List.of(1, 7)) {
            assertAgreement(table, type, 5, height);
        }
    }

    private static void assertAgreement(String table, CovarianceType type, int rounds, int blockHeight) {
        DMatrixRMaj rows = SampleTables.rows(table);
        GoldenMixtures golden = GoldenMixtures.of(table);
        MixtureFit fit = Fits.rounds(
                InMemoryRowBlocks.of(rows, Math.min(rows.numRows, blockHeight)),
                golden.start(type),
                golden.regularization(),
                rounds);
        assertThat(fit.metrics().rounds()).isEqualTo(rounds);
        assertThat(fit.warnings()).isEmpty();
        Parameters.assertClose(fit.mixture().gaussian(), golden.after(type, rounds), TOLERANCE);
        double expected = golden.meanLogLikelihood(type, rounds);
        assertThat(fit.metrics().meanLogLikelihood()).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
    }
}
