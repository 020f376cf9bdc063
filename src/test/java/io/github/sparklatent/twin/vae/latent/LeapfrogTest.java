package io.github.sparklatent.twin.vae.latent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.DoubleProducts;
import io.github.sparklatent.twin.nn.likelihood.Bernoulli;
import io.github.sparklatent.twin.vae.model.Architecture;
import io.github.sparklatent.twin.vae.model.Kind;
import io.github.sparklatent.twin.vae.objective.Small;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The properties of the leapfrog integrator (Neal 2011, section 5.2.3), in double precision. */
class LeapfrogTest {
    private static final double TIME = 1.2;

    private final Architecture architecture = Small.architecture(new Bernoulli(Small.WIDTH));
    private final DMatrixRMaj rows = Small.rows();
    private final int n = rows.numRows;
    private final DMatrixRMaj start = new DMatrixRMaj(n, Small.LATENT);
    private final double[] deviation = new double[n * Small.LATENT];
    private final double[] momentum = new double[n * Small.LATENT];
    private final HamiltonianChains chains =
            new HamiltonianChains(architecture.networks(Kind.VARIATIONAL), n, new DoubleProducts());

    @BeforeEach
    void draw() {
        RandomGenerator random = RandomStreams.of(8, Purpose.NOISE);
        for (int at = 0; at < momentum.length; at++) {
            start.data[at] = random.nextGaussian();
            momentum[at] = random.nextGaussian();
            deviation[at] = 0.5 + random.nextDouble();
        }
        double[] parameters = Small.parameters(architecture, Kind.VARIATIONAL);
        for (int at = 0; at < parameters.length; at++) {
            parameters[at] *= 2; // so that the posterior is not Gaussian
        }
        chains.start(parameters, rows, deviation, start);
        begin();
    }

    private void begin() {
        chains.begin();
        System.arraycopy(momentum, 0, chains.momentum(), 0, momentum.length);
    }

    private void integrate(int steps) {
        double[] sizes = new double[n];
        Arrays.fill(sizes, TIME / steps);
        chains.integrate(sizes, steps);
    }

    /** The end with the opposite momentum leads back to the start, up to rounding. */
    @Test
    void isReversible() {
        integrate(7);
        assertThat(distance()).isGreaterThan(0.5);
        for (int at = 0; at < momentum.length; at++) {
            chains.momentum()[at] = -chains.momentum()[at];
        }
        integrate(7);
        assertThat(distance()).isLessThan(1e-13);
        for (int at = 0; at < momentum.length; at++) {
            assertThat(chains.momentum()[at]).isCloseTo(-momentum[at], within(1e-13));
        }
    }

    private double distance() {
        double largest = 0;
        for (int at = 0; at < momentum.length; at++) {
            largest = Math.max(largest, Math.abs(chains.end().data[at] - start.data[at]));
        }
        return largest;
    }

    /**
     * The error of H at a given time is c ε² + O(ε⁴): half the step size has a quarter of it. With a wrong derivative
     * of U, the error would not fall. ε⁴ changes the ratio by about ε².
     */
    @Test
    void energyErrorFallsWithTheSquareOfTheStepSize() {
        double[] coarse = errors(16);
        begin();
        double[] fine = errors(32);
        for (int i = 0; i < n; i++) {
            assertThat(Math.abs(coarse[i])).as("row %d", i).isBetween(1e-7, 0.1);
            assertThat(coarse[i] / fine[i]).as("row %d", i).isCloseTo(4, within(0.2));
        }
    }

    private double[] errors(int steps) {
        double[] errors = energies();
        integrate(steps);
        double[] after = energies();
        for (int i = 0; i < n; i++) {
            errors[i] = after[i] - errors[i];
        }
        return errors;
    }

    private double[] energies() {
        double[] energies = Arrays.copyOf(chains.endEnergy(), n);
        for (int at = 0; at < momentum.length; at++) {
            double r = chains.momentum()[at];
            energies[at / Small.LATENT] += 0.5 * r * r;
        }
        return energies;
    }
}
