package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.objective.StochasticObjective;
import io.github.sparklatent.nn.likelihood.Gaussian;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Baldi and Hornik 1989: the only minima of a linear autoencoder span the leading components. */
class LinearAutoencoderTest {
    private static final int ROWS = 120;
    private static final int STEPS = 4000;
    private static final int WIDTH = Ellipsoid.WIDTH;
    private static final int LATENT = Ellipsoid.LATENT;

    private final FMatrixRMaj rows = Ellipsoid.rows(ROWS);

    @Test
    void reachesThePrincipalSubspace() {
        Architecture architecture = Samples.linear(LATENT, Gaussian.fixed(WIDTH, 1));
        float[] parameters = architecture.initialize(Kind.AUTOENCODER, 1);
        assertThat(angle(parameters)).as("before").isGreaterThan(0.3);
        descend(architecture, parameters);
        assertThat(angle(parameters)).as("after").isLessThan(1e-2);
    }

    /** Plain gradient descent on the whole table. */
    private void descend(Architecture architecture, float[] parameters) {
        StochasticObjective.Worker worker =
                new AutoencoderObjective(architecture, AutoencoderOptions.DEFAULT).worker(ROWS);
        float[] gradient = new float[parameters.length];
        for (int step = 0; step < STEPS; step++) {
            worker.gradient(
                    parameters,
                    rows,
                    Samples.ones(ROWS),
                    new StochasticObjective.Position(step, step, 0),
                    gradient,
                    new double[1]);
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] -= 0.05f * gradient[i];
            }
        }
    }

    /**
     * The largest principal angle between what the decoder spans and the leading components: its sine is the largest
     * part of one basis off the other.
     */
    private double angle(float[] parameters) {
        DMatrixRMaj weights = new DMatrixRMaj(LATENT, WIDTH);
        Arrays.setAll(weights.data, k -> parameters[(WIDTH + 1) * LATENT + k]);
        DMatrixRMaj spanned = Ellipsoid.axes(weights).leading();
        DMatrixRMaj leading = Ellipsoid.principal(rows).leading();
        DMatrixRMaj cosines = new DMatrixRMaj(LATENT, LATENT);
        CommonOps_DDRM.multTransB(spanned, leading, cosines);
        CommonOps_DDRM.multAdd(-1, cosines, leading, spanned);
        return Math.asin(Math.min(1, Ellipsoid.axes(spanned).values()[0]));
    }
}
