package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.Parameters;
import io.github.sparklatent.gmm.TestMixtures;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class MixtureCoordinatesTest {
    private static final int K = 3;
    private static final int D = 4;

    private static MixtureParameters mixture(CovarianceType type, long seed) {
        return TestMixtures.of(type, K, D, 2, 10, seed);
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void thePointOfAMixtureGivesTheMixture(CovarianceType type) {
        MixtureParameters mixture = mixture(type, 2);
        var coordinates = new MixtureCoordinates(mixture(type, 1));
        MixtureParameters found =
                coordinates.at(coordinates.of(mixture), mixture).orElseThrow();
        // Whitening by the reference and back loses the digits of its condition, here below 1000.
        Parameters.assertClose(found, mixture, 1e-12);
        // A start may have a component that no row belongs to.
        MixtureParameters empty =
                MixtureParameters.of(type, new double[] {0.4, 0.6, 0}, mixture.means(), mixture.covariances());
        coordinates = new MixtureCoordinates(empty);
        Parameters.assertClose(coordinates.at(coordinates.of(empty), empty).orElseThrow(), empty, 1e-12);
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void theMapIsAffine(CovarianceType type) {
        MixtureParameters a = mixture(type, 2);
        MixtureParameters b = mixture(type, 3);
        var coordinates = new MixtureCoordinates(mixture(type, 1));
        double[] middle = middle(coordinates.of(a), coordinates.of(b));
        MixtureParameters found = coordinates.at(middle, a).orElseThrow();
        for (int k = 0; k < K; k++) {
            assertThat(found.weight(k)).isCloseTo((a.weight(k) + b.weight(k)) / 2, within(1e-14));
            assertThat(found.means().get(k, 1))
                    .isCloseTo((a.means().get(k, 1) + b.means().get(k, 1)) / 2, within(1e-12));
            DMatrixRMaj mean = a.covariance(k);
            CommonOps_DDRM.addEquals(mean, b.covariance(k));
            CommonOps_DDRM.scale(0.5, mean);
            CommonOps_DDRM.subtractEquals(mean, found.covariance(k));
            assertThat(CommonOps_DDRM.elementMaxAbs(mean)).isLessThan(1e-12);
        }
    }

    /**
     * Half the squared length is the Kullback-Leibler divergence of rows and components together, up to terms of third
     * order: the quotient tends to 1 in proportion to the length.
     */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void lengthsAreThoseOfTheInformation(CovarianceType type) {
        MixtureParameters reference = mixture(type, 1);
        var coordinates = new MixtureCoordinates(reference);
        double[] from = coordinates.of(reference);
        double[] to = coordinates.of(mixture(type, 2));
        double share = 1e-4;
        double[] near = from.clone();
        double square = 0;
        for (int i = 0; i < near.length; i++) {
            near[i] += share * (to[i] - from[i]);
            square += Math.pow(near[i] - from[i], 2);
        }
        MixtureParameters other = coordinates.at(near, reference).orElseThrow();
        double length = Math.sqrt(square);
        assertThat(divergence(reference, other) / (square / 2)).isCloseTo(1, within(10 * length));
    }

    /** KL(a | b) = Σ_k a_k (log a_k / b_k + KL of the normal distributions). */
    private static double divergence(MixtureParameters a, MixtureParameters b) {
        double sum = 0;
        for (int k = 0; k < K; k++) {
            DMatrixRMaj inverse = new DMatrixRMaj(D, D);
            CommonOps_DDRM.invert(b.covariance(k), inverse);
            DMatrixRMaj ratio = new DMatrixRMaj(D, D);
            CommonOps_DDRM.mult(inverse, a.covariance(k), ratio);
            DMatrixRMaj delta = new DMatrixRMaj(D, 1);
            for (int j = 0; j < D; j++) {
                delta.set(j, a.means().get(k, j) - b.means().get(k, j));
            }
            DMatrixRMaj solved = new DMatrixRMaj(D, 1);
            CommonOps_DDRM.mult(inverse, delta, solved);
            double normal = (CommonOps_DDRM.trace(ratio)
                            - D
                            - Math.log(CommonOps_DDRM.det(ratio))
                            + CommonOps_DDRM.dot(delta, solved))
                    / 2;
            sum += a.weight(k) * (Math.log(a.weight(k) / b.weight(k)) + normal);
        }
        return sum;
    }

    /** If reference and models undergo the same affine map, all lengths and angles stay the same. */
    @Test
    void anAffineMapOfTheRowsKeepsLengthsAndAngles() {
        DMatrixRMaj map =
                new DMatrixRMaj(new double[][] {{2, 1, 0, 0}, {-1, 3, 0, 5}, {0, 0, 1e-3, 0}, {0, 0, 0.1, 100}});
        for (CovarianceType type : List.of(CovarianceType.FULL, CovarianceType.TIED)) {
            double[] before = products(mixture(type, 1), mixture(type, 2), mixture(type, 3));
            double[] after = products(
                    mapped(map, mixture(type, 1)), mapped(map, mixture(type, 2)), mapped(map, mixture(type, 3)));
            for (int i = 0; i < before.length; i++) {
                // The map has a condition near 1e5, so five of sixteen digits are lost, twice.
                assertThat(after[i]).isCloseTo(before[i], within(1e-6 * Math.abs(before[0])));
            }
        }
    }

    private static double[] products(MixtureParameters reference, MixtureParameters a, MixtureParameters b) {
        var coordinates = new MixtureCoordinates(reference);
        double[] origin = coordinates.of(reference);
        double[] first = coordinates.of(a);
        double[] second = coordinates.of(b);
        double[] products = new double[3];
        for (int i = 0; i < origin.length; i++) {
            products[0] += (first[i] - origin[i]) * (first[i] - origin[i]);
            products[1] += (first[i] - origin[i]) * (second[i] - origin[i]);
            products[2] += (second[i] - origin[i]) * (second[i] - origin[i]);
        }
        return products;
    }

    /** Returns the mixture of the rows x A. */
    private static MixtureParameters mapped(DMatrixRMaj map, MixtureParameters mixture) {
        DMatrixRMaj means = new DMatrixRMaj(K, D);
        CommonOps_DDRM.mult(mixture.means(), map, means);
        List<DMatrixRMaj> covariances = new ArrayList<>();
        for (DMatrixRMaj covariance : mixture.covariances()) {
            DMatrixRMaj half = new DMatrixRMaj(D, D);
            DMatrixRMaj whole = new DMatrixRMaj(D, D);
            CommonOps_DDRM.mult(covariance, map, half);
            CommonOps_DDRM.multTransA(map, half, whole);
            DMatrixRMaj transposed = CommonOps_DDRM.transpose(whole, null);
            CommonOps_DDRM.addEquals(whole, transposed);
            CommonOps_DDRM.scale(0.5, whole);
            covariances.add(whole);
        }
        return MixtureParameters.of(mixture.type(), mixture.weights(), means, covariances);
    }

    /** Beyond a weight or a variance of 0 there is no mixture, and close to it none is returned. */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void noPointNearTheBorderIsAMixture(CovarianceType type) {
        MixtureParameters plain = mixture(type, 1);
        var coordinates = new MixtureCoordinates(plain);
        double[] point = coordinates.of(plain);
        assertThat(coordinates.at(scaled(point, 0, K, 0.2), plain)).isEmpty();
        assertThat(coordinates.at(scaled(point, 0, 1, -1), plain)).isEmpty();
        int covariances = K * (1 + D);
        assertThat(coordinates.at(scaled(point, covariances, point.length, 0.26), plain))
                .isPresent();
        assertThat(coordinates.at(scaled(point, covariances, point.length, 0.24), plain))
                .isEmpty();
        assertThat(coordinates.at(scaled(point, covariances, point.length, -1), plain))
                .isEmpty();
    }

    private static double[] scaled(double[] point, int from, int to, double factor) {
        double[] scaled = point.clone();
        for (int i = from; i < to; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }

    private static double[] middle(double[] a, double[] b) {
        double[] middle = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            middle[i] = (a[i] + b[i]) / 2;
        }
        return middle;
    }
}
