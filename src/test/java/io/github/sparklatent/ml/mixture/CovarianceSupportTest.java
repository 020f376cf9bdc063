package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureFit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CovarianceSupportTest {
    private static final int COLUMNS = 4;

    private static List<String> warnings(CovarianceType type, long rows, Double... sizes) {
        int k = sizes.length;
        double[] weights = new double[k];
        Arrays.fill(weights, 1.0 / k);
        List<DMatrixRMaj> covariances = IntStream.range(0, type.matrices(k))
                .mapToObj(i -> ones(type.rows(k, COLUMNS), type.columns(COLUMNS, 0)))
                .toList();
        MixtureParameters mixture = MixtureParameters.of(type, weights, new DMatrixRMaj(k, COLUMNS), covariances);
        double weight = List.of(sizes).stream().mapToDouble(Double::doubleValue).sum();
        return GaussianMixture.MixtureTraining.fewRows(
                new MixtureFit<>(mixture, null, rows, weight, List.of(sizes), null, List.of(), List.of()));
    }

    private static DMatrixRMaj ones(int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        CommonOps_DDRM.fill(matrix, 1);
        return matrix;
    }

    @Test
    void aComponentOfAFullMixtureHasToHaveMoreRowsThanColumns() {
        assertThat(warnings(CovarianceType.FULL, 30, 25.0, 5.0)).isEmpty();
        assertThat(warnings(CovarianceType.FULL, 32, 25.0, 4.0, 3.0))
                .containsExactly("2 of 3 components have no more rows than columns, too few for a full"
                        + " covariance (component 2: 3.0 rows, 4 columns); the likelihood"
                        + " means little: use diagonal covariances, fewer components or a"
                        + " greater regularization");
    }

    /** A thousandth of a weight each: what counts is how many rows there are. */
    @Test
    void weightsAreNotRows() {
        assertThat(warnings(CovarianceType.FULL, 30, 0.015, 0.015)).isEmpty();
        assertThat(warnings(CovarianceType.FULL, 6, 1000.0, 1000.0)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"6, 0", "5, 1"})
    void aTiedMixtureLosesARowToEachMean(long rows, int expected) {
        assertThat(warnings(CovarianceType.TIED, rows, rows / 2.0, rows / 2.0)).hasSize(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIAGONAL", "SPHERICAL"})
    void variancesAloneNeedNoMore(CovarianceType type) {
        assertThat(warnings(type, 3, 1.5, 1.5)).isEmpty();
    }
}
