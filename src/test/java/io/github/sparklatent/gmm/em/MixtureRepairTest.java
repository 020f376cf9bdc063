package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureFactors;
import io.github.sparklatent.gmm.model.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MixtureRepairTest {
    private static MixtureParameters flat(CovarianceType type, double variance) {
        int k = 2;
        int d = 3;
        List<DMatrixRMaj> covariances = new ArrayList<>();
        for (int i = 0; i < type.matrices(k); i++) {
            DMatrixRMaj matrix = new DMatrixRMaj(type.rows(k, d), type.columns(d, 0));
            boolean square = type == CovarianceType.FULL || type == CovarianceType.TIED;
            for (int j = 0; j < matrix.numRows; j++) {
                matrix.set(j, square ? j : 0, variance);
            }
            if (!square) {
                Arrays.fill(matrix.data, variance);
            }
            covariances.add(matrix);
        }
        covariances.get(0).data[0] = 0;
        return MixtureParameters.of(type, new double[] {0.5, 0.5}, new DMatrixRMaj(k, d), covariances);
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void givesInversesToWhatHasNone(CovarianceType type) {
        MixtureParameters singular = flat(type, 2);
        List<String> warnings = new ArrayList<>();
        MixtureParameters repaired = MixtureRepair.of(singular, warnings);
        assertThat(warnings).hasSize(1);
        assertThat(repaired.variance(0, 0)).isBetween(Double.MIN_NORMAL, 1e-9);
        assertThat(singular.variance(0, 0)).isZero();
        assertThat(MixtureFactors.of(repaired)).isNotNull();
        List<String> none = new ArrayList<>();
        MixtureParameters again = MixtureRepair.of(repaired, none);
        assertThat(none).isEmpty();
        assertThat(again.covariance(0).data).isEqualTo(repaired.covariance(0).data);
    }
}
