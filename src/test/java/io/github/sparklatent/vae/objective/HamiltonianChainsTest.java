package io.github.sparklatent.vae.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.vae.Samples;
import io.github.sparklatent.vae.ScoringOptions;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.latent.EffectiveSize;
import io.github.sparklatent.vae.latent.HamiltonianChains;
import io.github.sparklatent.vae.model.Kind;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Chains against the exact posterior of a linear decoder. */
class HamiltonianChainsTest {
    private static final int ROWS = 3;
    private static final int LATENT = LinearGaussian.LATENT;
    private static final int STATES = 20_000;
    private static final int LEAPFROG = 3;

    /** Large enough that without the acceptance step the variances would be wrong by 40%. */
    private static final double STEP_SIZE = 1.1;

    private final LinearGaussian model = new LinearGaussian(false);
    private final TrainedNetwork network = model.network(0, 1);
    private final FMatrixRMaj rows = LinearGaussian.rows(ROWS);
    private final FMatrixRMaj means = new FMatrixRMaj(0, 0);
    private final FMatrixRMaj variances = new FMatrixRMaj(0, 0);

    private HamiltonianChains start(FMatrixRMaj table) {
        network.scorer(table.numRows, ScoringOptions.DEFAULT).encode(rows, means, variances);
        float[] deviation = new float[ROWS * LATENT];
        for (int at = 0; at < deviation.length; at++) {
            deviation[at] = (float) Math.sqrt(variances.data[at]);
        }
        HamiltonianChains chains = new HamiltonianChains(
                LinearGaussian.architecture().networks(Kind.VARIATIONAL), ROWS, new FloatProducts());
        chains.start(network.parameters(), table, deviation, new FMatrixRMaj(ROWS, LATENT));
        return chains;
    }

    private static RandomGenerator[] streams() {
        RandomGenerator[] streams = new RandomGenerator[ROWS];
        Arrays.setAll(streams, i -> RandomStreams.of(3, Purpose.CHAIN, i));
        return streams;
    }

    /**
     * Means of z and of (z − m)(z − m)ᵀ, within five of their standard errors. These follow from the exact moments of a
     * Gaussian and from the effective sample size of each of them.
     */
    @Test
    void meanAndCovarianceOfThePosterior() {
        HamiltonianChains chains = start(rows);
        RandomGenerator[] streams = streams();
        for (int t = 0; t < 50; t++) {
            chains.move(all(STEP_SIZE), LEAPFROG, streams);
        }
        DMatrixRMaj s = model.posteriorCovariance();
        int moments = LATENT + LATENT * LATENT;
        double[][] sums = new double[ROWS][moments];
        EffectiveSize[] sizes = new EffectiveSize[moments];
        Arrays.setAll(sizes, m -> new EffectiveSize(ROWS, STATES, 1));
        double acceptance = 0;
        for (int t = 0; t < STATES; t++) {
            chains.move(all(STEP_SIZE), LEAPFROG, streams);
            for (int i = 0; i < ROWS; i++) {
                float[] found = moments(chains.codes(), i);
                for (int m = 0; m < moments; m++) {
                    sums[i][m] += found[m] / (double) STATES;
                    sizes[m].set(i, t, found, m, Samples.ones(moments));
                }
                acceptance += chains.acceptance(i) / STATES / ROWS;
            }
        }
        assertThat(acceptance).isBetween(0.5, 0.9);
        for (int i = 0; i < ROWS; i++) {
            for (int m = 0; m < moments; m++) {
                int j = m < LATENT ? m : (m - LATENT) / LATENT;
                int k = (m - LATENT) % LATENT;
                double exact = m < LATENT ? 0 : s.get(j, k);
                double variance = m < LATENT ? s.get(j, j) : s.get(j, j) * s.get(k, k) + s.get(j, k) * s.get(j, k);
                double size = sizes[m].of(i);
                assertThat(size).as("effective draws").isGreaterThan(STATES / 20.0);
                assertThat(sums[i][m])
                        .as("moment %d of row %d", m, i)
                        .isCloseTo(exact, within(5 * Math.sqrt(variance / size)));
            }
        }
    }

    /** The difference from the exact mean, and its products. */
    private float[] moments(FMatrixRMaj codes, int row) {
        float[] found = new float[LATENT + LATENT * LATENT];
        for (int j = 0; j < LATENT; j++) {
            found[j] = codes.get(row, j) - means.get(row, j);
        }
        for (int j = 0; j < LATENT; j++) {
            for (int k = 0; k < LATENT; k++) {
                found[LATENT + j * LATENT + k] = found[j] * found[k];
            }
        }
        return found;
    }

    /** Step sizes for which H overflows: every trajectory ends at infinity or NaN. */
    @Test
    void divergentTrajectoriesAreRejected() {
        for (double stepSize : new double[] {1e3, 1e15, 1e30}) {
            HamiltonianChains chains = start(rows);
            RandomGenerator[] streams = streams();
            for (int t = 0; t < 3; t++) {
                chains.move(all(stepSize), LEAPFROG, streams);
                for (int i = 0; i < ROWS; i++) {
                    assertThat(chains.isDivergent(i)).isTrue();
                    assertThat(chains.acceptance(i)).isZero();
                }
            }
            assertThat(Arrays.copyOf(chains.codes().data, ROWS * LATENT)).containsOnly(0f);
            chains.move(all(0.5), LEAPFROG, streams);
            assertThat(chains.isDivergent(0)).as("a later trajectory").isFalse();
            assertThat(chains.acceptance(0)).isPositive();
        }
    }

    /** The chains of the other rows have the same bits, whatever one row holds. */
    @Test
    void outlierChangesNoOtherRow() {
        float[] ordinary = after(rows);
        for (float cell : new float[] {1e18f, -1e30f, Float.MAX_VALUE}) {
            FMatrixRMaj table = rows.copy();
            table.set(1, 2, cell);
            float[] found = after(table);
            for (int at = 0; at < found.length; at++) {
                assertThat(found[at]).isFinite();
                if (at / LATENT != 1) {
                    assertThat(found[at]).isEqualTo(ordinary[at]);
                }
            }
        }
    }

    private float[] after(FMatrixRMaj table) {
        HamiltonianChains chains = start(table);
        RandomGenerator[] streams = streams();
        for (int t = 0; t < 20; t++) {
            chains.move(all(STEP_SIZE), LEAPFROG, streams);
        }
        return Arrays.copyOf(chains.codes().data, ROWS * LATENT);
    }

    /** The same step size for all rows. */
    private static double[] all(double stepSize) {
        double[] stepSizes = new double[ROWS];
        Arrays.fill(stepSizes, stepSize);
        return stepSizes;
    }
}
