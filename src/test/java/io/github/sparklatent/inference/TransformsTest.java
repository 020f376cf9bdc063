package io.github.sparklatent.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The transforms against numerical derivatives; their error is O(STEP²) + ε / STEP, below 1e-9. */
class TransformsTest {
    private static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-8;

    /** A transform and the values that vary freely, whose determinant the Jacobian has. */
    record Case(String name, Transform transform, Function<double[], double[]> independent) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("real", Transforms.real(3), values -> values),
                new Case("positive", Transforms.positive(3), values -> values),
                new Case("simplex", Transforms.simplex(4), values -> values),
                new Case("covariance", Transforms.covariance(3), TransformsTest::covariance),
                new Case("variance", Transforms.covariance(1), TransformsTest::covariance));
    }

    /** Returns the lower triangle of L Lᵀ. */
    private static double[] covariance(double[] lower) {
        int d = lower.length == 1 ? 1 : 3;
        double[] covariance = new double[lower.length];
        for (int i = 0, at = 0; i < d; i++) {
            for (int j = 0; j <= i; j++, at++) {
                for (int k = 0; k <= j; k++) {
                    covariance[at] += lower[i * (i + 1) / 2 + k] * lower[j * (j + 1) / 2 + k];
                }
            }
        }
        return covariance;
    }

    private static double[] theta(Transform transform) {
        Random random = new Random(3);
        double[] theta = new double[transform.free() + 1];
        for (int i = 0; i < theta.length; i++) {
            theta[i] = 0.7 * random.nextGaussian();
        }
        return theta;
    }

    private static double[] values(Transform transform, double[] theta) {
        double[] values = new double[transform.size()];
        transform.constrain(theta, 1, values, 0);
        return values;
    }

    private static double logJacobian(Transform transform, double[] theta) {
        return transform.constrain(theta, 1, new double[transform.size()], 0);
    }

    private static double[] shifted(double[] theta, int i, double by) {
        double[] shifted = theta.clone();
        shifted[i] += by;
        return shifted;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logJacobianIsTheDeterminant(Case of) {
        Transform transform = of.transform();
        double[] theta = theta(transform);
        int p = transform.free();
        DMatrixRMaj jacobian = new DMatrixRMaj(p, p);
        for (int j = 0; j < p; j++) {
            double[] above = of.independent().apply(values(transform, shifted(theta, 1 + j, STEP)));
            double[] below = of.independent().apply(values(transform, shifted(theta, 1 + j, -STEP)));
            for (int i = 0; i < p; i++) {
                jacobian.set(i, j, (above[i] - below[i]) / (2 * STEP));
            }
        }
        assertThat(logJacobian(transform, theta))
                .isCloseTo(Math.log(Math.abs(CommonOps_DDRM.det(jacobian))), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void derivativesAgreeWithFiniteDifferences(Case of) {
        Transform transform = of.transform();
        double[] theta = theta(transform);
        Random random = new Random(4);
        double[] gradient = random.doubles(transform.size(), -1, 1).toArray();
        double[] chain = new double[theta.length];
        double[] jacobian = new double[theta.length];
        transform.pullBack(theta, 1, gradient, 0, chain);
        transform.addJacobianGradient(theta, 1, jacobian);
        for (int j = 1; j < theta.length; j++) {
            double[] above = values(transform, shifted(theta, j, STEP));
            double[] below = values(transform, shifted(theta, j, -STEP));
            double product = 0;
            for (int i = 0; i < above.length; i++) {
                product += gradient[i] * (above[i] - below[i]) / (2 * STEP);
            }
            assertThat(chain[j]).isCloseTo(product, within(TOLERANCE));
            double slope =
                    (logJacobian(transform, shifted(theta, j, STEP)) - logJacobian(transform, shifted(theta, j, -STEP)))
                            / (2 * STEP);
            assertThat(jacobian[j]).isCloseTo(slope, within(TOLERANCE));
        }
        assertThat(chain[0]).isZero();
        assertThat(jacobian[0]).isZero();
    }

    @Test
    void sharesSumToOneAtAnyDistance() {
        double[] values = new double[3];
        Transforms.simplex(3).constrain(new double[] {900, -900}, 0, values, 0);
        assertThat(values).containsExactly(1, 0, 0);
    }

    @Test
    void namesCountFromZero() {
        Parameters parameters = Parameters.NONE
                .with("scale", Transforms.positive(1))
                .with("weight", Transforms.simplex(2))
                .with("noise", Transforms.covariance(2));
        assertThat(parameters.names())
                .containsExactly(
                        "scale",
                        "weight[0]",
                        "weight[1]",
                        "noise.cholesky[0,0]",
                        "noise.cholesky[1,0]",
                        "noise.cholesky[1,1]");
        assertThat(parameters.free()).isEqualTo(5);
    }

    @Test
    void namesFitTheValues() {
        assertThatThrownBy(() -> Parameters.NONE.with(List.of("a", "b"), Transforms.simplex(3)))
                .hasMessage("names of the values of a transform: found 2, expected 3");
    }
}
