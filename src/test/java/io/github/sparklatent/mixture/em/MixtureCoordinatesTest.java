package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class MixtureCoordinatesTest {
    private static final int K = 3;
    private static final int D = 4;

    private static MixtureParameters mixture(CovarianceType type, long seed) {
        return TestMixtures.of(type, K, D, 2, 10, seed);
    }

    @ParameterizedTest
    @EnumSource
    void thePointOfAMixtureGivesTheMixture(CovarianceType type) {
        MixtureParameters mixture = mixture(type, 2);
        var coordinates = coordinates(mixture(type, 1));
        // Whitening by the reference and back loses the digits of its condition, here below 1000.
        Parameters.assertClose(
                at(coordinates, of(coordinates, mixture), mixture).orElseThrow(), mixture, 1e-12);
        // A start may have a component that no row belongs to.
        MixtureParameters empty =
                MixtureParameters.of(type, new double[] {0.4, 0.6, 0}, mixture.means(), mixture.covariances());
        coordinates = coordinates(empty);
        Parameters.assertClose(at(coordinates, of(coordinates, empty), empty).orElseThrow(), empty, 1e-12);
    }

    private static MixtureCoordinates coordinates(MixtureParameters reference) {
        return new MixtureCoordinates(MixedMixture.of(reference), null);
    }

    private static double[] of(MixtureCoordinates coordinates, MixtureParameters mixture) {
        return coordinates.of(MixedMixture.of(mixture));
    }

    private static Optional<MixtureParameters> at(
            MixtureCoordinates coordinates, double[] point, MixtureParameters plain) {
        return coordinates.at(point, MixedMixture.of(plain)).map(MixedMixture::gaussian);
    }

    /** Columns of all families. Beyond the border of each parameter but the locations there is no mixture. */
    @ParameterizedTest
    @EnumSource
    void thePointOfAMixtureOfTypedColumnsGivesTheMixture(CovarianceType type) {
        MixedMixture mixture = TestMixtures.typed(mixture(type, 2), 3);
        MixedMixture reference = TestMixtures.typed(mixture(type, 1), 4);
        MixtureCoordinates coordinates = new MixtureCoordinates(reference, null);
        double[] point = coordinates.of(mixture);
        MixedMixture found = coordinates.at(point, mixture).orElseThrow();
        assertThat(coordinates.of(reference)).isNotEqualTo(point);
        for (int i = 0; i < mixture.parameters().size(); i++) {
            assertThat(found.parameters().get(i))
                    .containsExactly(mixture.parameters().get(i), within(1e-11));
        }
        int cells = K * (3 + 1 + 4 + 2);
        for (int i = point.length - cells - 3 * K; i < point.length; i++) {
            double[] negative = point.clone();
            negative[i] -= 100;
            boolean isLocation = i >= point.length - 3 * K && (point.length - i) % 3 == 0;
            assertThat(coordinates.at(negative, mixture).isPresent())
                    .as("coordinate %d", i)
                    .isEqualTo(isLocation);
        }
    }

    @ParameterizedTest
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void theMapIsAffine(CovarianceType type) {
        MixtureParameters a = mixture(type, 2);
        MixtureParameters b = mixture(type, 3);
        var coordinates = coordinates(mixture(type, 1));
        double[] middle = middle(of(coordinates, a), of(coordinates, b));
        MixtureParameters found = at(coordinates, middle, a).orElseThrow();
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
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void lengthsAreThoseOfTheInformation(CovarianceType type) {
        MixtureParameters reference = mixture(type, 1);
        var coordinates = coordinates(reference);
        double[] from = of(coordinates, reference);
        double[] to = of(coordinates, mixture(type, 2));
        double share = 1e-4;
        double[] near = from.clone();
        double square = 0;
        for (int i = 0; i < near.length; i++) {
            near[i] += share * (to[i] - from[i]);
            square += Math.pow(near[i] - from[i], 2);
        }
        MixtureParameters other = at(coordinates, near, reference).orElseThrow();
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
        var coordinates = coordinates(reference);
        double[] origin = of(coordinates, reference);
        double[] first = of(coordinates, a);
        double[] second = of(coordinates, b);
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
    @FieldSource("io.github.sparklatent.mixture.TestMixtures#UNFACTORED")
    void noPointNearTheBorderIsAMixture(CovarianceType type) {
        MixtureParameters plain = mixture(type, 1);
        var coordinates = coordinates(plain);
        double[] point = of(coordinates, plain);
        assertThat(at(coordinates, scaled(point, 0, K, 0.2), plain)).isEmpty();
        assertThat(at(coordinates, scaled(point, 0, 1, -1), plain)).isEmpty();
        int covariances = K * (1 + D);
        assertThat(at(coordinates, scaled(point, covariances, point.length, 0.26), plain))
                .isPresent();
        assertThat(at(coordinates, scaled(point, covariances, point.length, 0.24), plain))
                .isEmpty();
        assertThat(at(coordinates, scaled(point, covariances, point.length, -1), plain))
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
