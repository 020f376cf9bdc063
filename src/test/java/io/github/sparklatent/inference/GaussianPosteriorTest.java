package io.github.sparklatent.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.linalg.TestMatrices;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class GaussianPosteriorTest {
    /** Deviations 1 and 30 with a correlation of 0.997. */
    private static final double[] FACTOR = {0, 29.9, Math.log(2.45)};

    /**
     * The bound of a Gaussian log density −½ (θ − c)ᵀ A (θ − c) is, up to the terms of L, −½ (μ − c)ᵀ A (μ − c), and
     * its gradient is g = −A (μ − c). A = I here, so c is μ + g. A step of 10⁻⁶ times the derivatives m gains |m|²
     * 10⁻⁶, less terms of the order of 10⁻¹².
     */
    @Test
    void aSmallFirstStepRaisesTheBound() {
        GaussianPosterior q = new GaussianPosterior(PosteriorForm.FULL, new double[2], FACTOR);
        double[] gradient = {-15, 1};
        double[] derivatives = new double[2];
        q.whiten(gradient, 0, derivatives);
        q.differentiateUnits(derivatives);
        double[] moved = moved(q, derivatives);
        double slope = 0;
        double gain = 0;
        for (int i = 0; i < 2; i++) {
            slope += derivatives[i] * derivatives[i];
            gain += moved[i] * (gradient[i] - 0.5 * moved[i]);
        }
        assertThat(slope).isPositive();
        assertThat(gain / (1e-6 * slope)).isBetween(0.99, 1.01);
    }

    /** Lᵀ g itself lowers the bound of this posterior. */
    @Test
    void theNaturalGradientIsNoAscentInUnits() {
        GaussianPosterior q = new GaussianPosterior(PosteriorForm.FULL, new double[2], FACTOR);
        double[] gradient = {-15, 1};
        double[] whitened = new double[2];
        q.whiten(gradient, 0, whitened);
        double[] moved = moved(q, whitened);
        assertThat(moved[0] * gradient[0] + moved[1] * gradient[1]).isNegative();
    }

    /** The derivatives are (D L)ᵀ g, by the definition of D. */
    @Test
    void derivativesAreThoseOfTheStep() {
        int p = 4;
        DMatrixRMaj normal = TestMatrices.normal(1, PosteriorForm.FULL.length(p) + p, 3);
        GaussianPosterior q = GaussianPosterior.unpack(PosteriorForm.FULL, p, normal.data);
        double[] g = TestMatrices.normal(1, p, 4).data;
        double[] found = new double[p];
        q.whiten(g, 0, found);
        q.differentiateUnits(found);
        for (int j = 0; j < p; j++) {
            float[] unit = new float[normal.numCols];
            unit[j] = 1;
            double[] moved = q.moved(unit, true).mean();
            double expected = 0;
            for (int i = 0; i < p; i++) {
                expected += g[i] * (moved[i] - q.mean()[i]);
            }
            assertThat(Math.abs(found[j] - expected)).isLessThan(1e-12);
        }
    }

    /** Returns the change of the mean by a step of 10⁻⁶. */
    private static double[] moved(GaussianPosterior q, double[] direction) {
        float[] step = new float[2 + FACTOR.length];
        for (int i = 0; i < 2; i++) {
            step[i] = (float) (1e-6 * direction[i]);
        }
        return q.moved(step, true).mean();
    }
}
