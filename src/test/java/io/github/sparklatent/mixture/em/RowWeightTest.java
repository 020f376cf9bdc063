package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.GoldenMixtures;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.SampleTables;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureFit;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A row of weight 2 is the row twice. */
class RowWeightTest {
    /** Sums of the same terms in another order, on a fit that is as well conditioned as its golden values say. */
    private static final double TOLERANCE = 1e-12;

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void aWeightOfTwoIsTheRowTwice(CovarianceType type) {
        DMatrixRMaj rows = SampleTables.rows("wine");
        double[] weights = new double[rows.numRows];
        List<double[]> repeated = new ArrayList<>();
        for (int i = 0; i < rows.numRows; i++) {
            weights[i] = 1 + i % 3;
            double[] row = new double[rows.numCols];
            System.arraycopy(rows.data, i * rows.numCols, row, 0, rows.numCols);
            for (int copy = 0; copy < weights[i]; copy++) {
                repeated.add(row);
            }
        }
        DMatrixRMaj copies = new DMatrixRMaj(repeated.toArray(double[][]::new));
        InMemoryRowBlocks weighted = new InMemoryRowBlocks(List.of(List.of(new Block(rows, weights, rows.numRows))));
        MixtureParameters start = GoldenMixtures.of("wine").start(type);
        MixtureFit found = Fits.rounds(weighted, start, 1e-6, 5);
        MixtureFit expected = Fits.rounds(InMemoryRowBlocks.of(copies, 50), start, 1e-6, 5);
        assertThat(found.weight()).isEqualTo(copies.numRows);
        assertThat(found.metrics().bic())
                .isCloseTo(
                        expected.metrics().bic(),
                        within(TOLERANCE * expected.metrics().bic()));
        Parameters.assertClose(found.mixture().gaussian(), expected.mixture().gaussian(), TOLERANCE);
    }
}
