package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The default prior of the covariances costs no likelihood of held-out rows, on real tables, in five folds. */
class DefaultPriorTest {
    private static final int FOLDS = 5;

    /** Standard errors of a mean difference that chance exceeds in one of forty tables. */
    private static final double ERRORS = 2;

    @ParameterizedTest(name = "{0}, {1}, components: {2}")
    @CsvSource({
        "iris, FULL, 3",
        "iris, DIAGONAL, 3",
        "iris, SPHERICAL, 3",
        "wine, FULL, 3",
        "wine, DIAGONAL, 3",
        "wine, SPHERICAL, 3",
        "cancer, FULL, 2",
        "cancer, DIAGONAL, 2",
        "cancer, SPHERICAL, 2"
    })
    void heldOutRowsAreAsLikelyAsUnderMaximumLikelihood(String table, CovarianceType type, int components) {
        DMatrixRMaj rows = SampleTables.standardized(table);
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(List.of(components)).withCovariance(type);
        List<Double> differences = new ArrayList<>();
        for (int fold = 0; fold < FOLDS; fold++) {
            DMatrixRMaj train = part(rows, fold, false);
            DMatrixRMaj heldOut = part(rows, fold, true);
            MixtureScores byDefault = density(train, heldOut, options);
            MixtureScores exact = density(train, heldOut, options.withPriorRows(0));
            for (int i = 0; i < heldOut.numRows; i++) {
                differences.add(byDefault.logDensity(i) - exact.logDensity(i));
            }
        }
        int n = differences.size();
        assertThat(n).isEqualTo(rows.numRows);
        double mean = differences.stream().mapToDouble(x -> x).sum() / n;
        double squares =
                differences.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        assertThat(mean).isGreaterThan(-ERRORS * Math.sqrt(squares) / n);
    }

    private static DMatrixRMaj part(DMatrixRMaj rows, int fold, boolean heldOut) {
        return new DMatrixRMaj(IntStream.range(0, rows.numRows)
                .filter(i -> (i % FOLDS == fold) == heldOut)
                .mapToObj(i -> TestMatrices.row(rows, i))
                .toArray(double[][]::new));
    }

    private static MixtureScores density(DMatrixRMaj train, DMatrixRMaj heldOut, MixtureOptions options) {
        InMemoryRowBlocks data = InMemoryRowBlocks.of(train, 64);
        MixtureScores density = Fits.scores(Fits.of(data, options).mixture());
        density.evaluate(heldOut);
        return density;
    }
}
