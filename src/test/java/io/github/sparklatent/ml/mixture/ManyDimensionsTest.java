package io.github.sparklatent.ml.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * MLlib adds ε = 2.2e-16 to each π_k N(x | μ_k, Σ_k). Where the density of a typical row is far below that, (2 π
 * e)^(-d/2) with unit variances, all components are equally probable to it.
 */
@Tag("slow")
class ManyDimensionsTest {
    /** Between the means, in deviations of each column. */
    private static final double APART = 3;

    @ParameterizedTest
    @CsvSource({"10, 0.999, 1", "30, 0, 0.6", "100, 0, 0.6"})
    void theTrueComponentIsFoundWhereMllibCannotTellThemApart(
            int dimension, double leastOfTheirs, double greatestOfTheirs) {
        MixtureParameters mixture = apart(dimension);
        var ours = new io.github.sparklatent.ml.mixture.GaussianMixtureModel("gmm", mixture);
        var theirs = new GaussianMixtureModel("theirs", mixture.weights(), Gaussians.of(mixture));
        for (int component = 0; component < 2; component++) {
            Vector row = typicalRow(dimension, component);
            assertThat(ours.predictProbability(row).apply(component)).isGreaterThan(0.999);
            assertThat(theirs.predictProbability(row).apply(component)).isBetween(leastOfTheirs, greatestOfTheirs);
        }
    }

    private static MixtureParameters apart(int dimension) {
        DMatrixRMaj means = new DMatrixRMaj(2, dimension);
        Arrays.fill(means.data, dimension, 2 * dimension, APART);
        DMatrixRMaj identity = CommonOps_DDRM.identity(dimension);
        return MixtureParameters.of(CovarianceType.FULL, new double[] {0.5, 0.5}, means, List.of(identity, identity));
    }

    /** One deviation from the mean in each column, up and down in turn. */
    private static Vector typicalRow(int dimension, int component) {
        double[] row = new double[dimension];
        Arrays.setAll(row, j -> component * APART + (j % 2 == 0 ? 1 : -1));
        return Vectors.dense(row);
    }
}
