package io.github.sparklatent.vae.latent;

import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.Gradient;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * One Hamiltonian chain for each row of a batch, whose stationary distribution is the posterior p(z|x) (Neal, MCMC
 * using Hamiltonian dynamics, 2011, section 5.3):
 *
 * <pre>
 *   H(z, r) = −log p(x|z) + ½ |z|² + ½ |r|²,   r ~ N(0, I)
 *   r ← r − ½ ε σ ∇U(z),   z ← z + ε σ r,   r ← r − ½ ε σ ∇U(z)
 *   accept the end of the trajectory with probability min(1, exp(H(start) − H(end)))
 * </pre>
 *
 * U is the part of H without r, and σ are the deviations of a row's q(z|x), so that one step size ε fits all rows and
 * dimensions. σ depends on x only, so each transition leaves p(z|x) unchanged. For each transition of each row, ε is
 * drawn from 0.8 to 1.2 times the step size, because a trajectory of a fixed length may return to its start (section
 * 5.4.2.2).
 *
 * <p>All rows move together: a leapfrog step is one batch through the decoder. A trajectory whose H rises by more than
 * 1000 nats or is not a number is rejected and counted as divergent. No number of a row enters another row.
 *
 * <p>Holds five buffers of n × l and the decoder's buffers for n rows.
 */
public final class HamiltonianChains {
    /** Half of the relative range of the drawn step sizes. */
    private static final double JITTER = 0.2;

    /** Rise of H of a divergent trajectory, in nats (the default of Stan). */
    private static final double DIVERGENT = 1000;

    private static final double INFINITE = Double.POSITIVE_INFINITY;

    private final int latent;
    private final Decoder.Worker decoder;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj end;
    private final float[] slopes;
    private final float[] endSlopes;
    private final float[] momentum;
    private final float[] ones;
    private final double[] density;
    private final double[] energy;
    private final double[] endEnergy;
    private final double[] before;
    private final double[] kinetic;
    private final double[] steps;
    private final double[] decisions;
    private final double[] acceptance;
    private final boolean[] divergent;
    private float[] parameters;
    private FMatrixRMaj rows;
    private float[] deviation;

    /**
     * Creates the buffers of one task.
     *
     * @param maxRows largest number of rows of a batch
     * @param products matrix products, whose buffers the networks of the task share
     */
    public HamiltonianChains(Networks networks, int maxRows, FloatProducts products) {
        this.latent = networks.latent();
        this.decoder = networks.conditional().worker(maxRows, products);
        this.codes = new FMatrixRMaj(maxRows, latent);
        this.end = new FMatrixRMaj(maxRows, latent);
        this.slopes = new float[maxRows * latent];
        this.endSlopes = new float[maxRows * latent];
        this.momentum = new float[maxRows * latent];
        this.ones = new float[maxRows];
        Arrays.fill(ones, 1f);
        this.density = new double[maxRows];
        this.energy = new double[maxRows];
        this.endEnergy = new double[maxRows];
        this.before = new double[maxRows];
        this.kinetic = new double[maxRows];
        this.steps = new double[maxRows];
        this.decisions = new double[maxRows];
        this.acceptance = new double[maxRows];
        this.divergent = new boolean[maxRows];
    }

    /**
     * Starts a chain at a code of each row.
     *
     * @param values parameters of all networks. Kept until the next start, not modified.
     * @param x n × d. Kept until the next start, not modified.
     * @param scale deviations σ, n × l; the array may be longer. Kept until the next start, not modified.
     * @param start n × l. Not modified.
     */
    public void start(float[] values, FMatrixRMaj x, float[] scale, FMatrixRMaj start) {
        parameters = values;
        rows = x;
        deviation = scale;
        codes.reshape(x.numRows, latent);
        end.reshape(x.numRows, latent);
        System.arraycopy(start.data, 0, codes.data, 0, x.numRows * latent);
        differentiate(codes, energy, slopes);
    }

    /** Writes U of each row and its derivatives by z. */
    private void differentiate(FMatrixRMaj z, double[] potential, float[] derivatives) {
        decoder.decode(parameters, z, rows);
        decoder.density(parameters, rows, density);
        FMatrixRMaj ofDensity = decoder.backward(parameters, rows, ones, Gradient.NONE, true);
        for (int i = 0; i < rows.numRows; i++) {
            double squares = 0;
            for (int at = i * latent; at < (i + 1) * latent; at++) {
                double value = z.data[at];
                squares += value * value;
                derivatives[at] = z.data[at] - ofDensity.data[at];
            }
            potential[i] = 0.5 * squares - density[i];
        }
    }

    /**
     * Makes one transition of each chain.
     *
     * @param stepSizes mean of ε of each row. Not modified.
     * @param leapfrogSteps number of leapfrog steps of a trajectory
     * @param streams random stream of each row
     */
    public void move(double[] stepSizes, int leapfrogSteps, RandomGenerator[] streams) {
        for (int i = 0; i < rows.numRows; i++) {
            steps[i] = stepSizes[i] * (1 + JITTER * (2 * streams[i].nextDouble() - 1));
            decisions[i] = streams[i].nextDouble();
            for (int at = i * latent; at < (i + 1) * latent; at++) {
                momentum[at] = (float) streams[i].nextGaussian();
            }
        }
        begin();
        writeKinetic();
        for (int i = 0; i < rows.numRows; i++) {
            before[i] = energy[i] + kinetic[i];
        }
        integrate(steps, leapfrogSteps);
        writeKinetic();
        for (int i = 0; i < rows.numRows; i++) {
            decide(i);
        }
    }

    /** Sets the end of each trajectory to its start. */
    void begin() {
        int length = rows.numRows * latent;
        System.arraycopy(codes.data, 0, end.data, 0, length);
        System.arraycopy(slopes, 0, endSlopes, 0, length);
        System.arraycopy(energy, 0, endEnergy, 0, rows.numRows);
    }

    /** Writes ½ |r|² of each row. */
    private void writeKinetic() {
        for (int i = 0; i < rows.numRows; i++) {
            double squares = 0;
            for (int at = i * latent; at < (i + 1) * latent; at++) {
                double value = momentum[at];
                squares += value * value;
            }
            kinetic[i] = 0.5 * squares;
        }
    }

    /**
     * Moves the ends of the trajectories by leapfrog steps. Two half steps of the momentum between two steps of z are
     * one.
     *
     * @param sizes ε of each row
     */
    void integrate(double[] sizes, int leapfrogSteps) {
        kick(sizes, 0.5);
        for (int step = 1; step <= leapfrogSteps; step++) {
            for (int at = 0; at < rows.numRows * latent; at++) {
                end.data[at] += (float) (sizes[at / latent] * deviation[at] * momentum[at]);
            }
            differentiate(end, endEnergy, endSlopes);
            kick(sizes, step < leapfrogSteps ? 1 : 0.5);
        }
    }

    private void kick(double[] sizes, double part) {
        for (int at = 0; at < rows.numRows * latent; at++) {
            momentum[at] -= (float) (part * sizes[at / latent] * deviation[at] * endSlopes[at]);
        }
    }

    /** Accepts or rejects the end of a row's trajectory. */
    private void decide(int row) {
        double after = endEnergy[row] + kinetic[row];
        // A start where H is infinite or not a number is left for any end where H is finite.
        double rise = after - (Double.isFinite(before[row]) ? before[row] : INFINITE);
        divergent[row] = !(rise <= DIVERGENT);
        acceptance[row] = divergent[row] ? 0 : Math.min(1, StrictMath.exp(-rise));
        if (decisions[row] < acceptance[row]) {
            int from = row * latent;
            System.arraycopy(end.data, from, codes.data, from, latent);
            System.arraycopy(endSlopes, from, slopes, from, latent);
            energy[row] = endEnergy[row];
        }
    }

    /** Returns the codes that the chains have reached, n × l, a buffer. Not to be modified. */
    public FMatrixRMaj codes() {
        return codes;
    }

    /** Returns the probability with which the last trajectory of a row was accepted. */
    public double acceptance(int row) {
        return acceptance[row];
    }

    /** Returns whether the last trajectory of a row was divergent. */
    public boolean isDivergent(int row) {
        return divergent[row];
    }

    /**
     * Writes the derivatives of Σ_i scale_i log p(x_i | z_i) at the codes that the chains have reached with respect to
     * the parameters of the decoder and the likelihood.
     *
     * @param scale n entries. Not modified.
     * @param gradient derivatives with respect to all parameters; the parts of decoder and likelihood are overwritten
     */
    public void backward(float[] scale, float[] gradient) {
        decoder.decode(parameters, codes, rows);
        decoder.density(parameters, rows, density);
        decoder.backward(parameters, rows, scale, Gradient.writtenTo(gradient), false);
    }

    /** Returns U of each row at the end of its trajectory. The array may be longer. */
    double[] endEnergy() {
        return endEnergy;
    }

    /** Returns the ends of the trajectories, n × l. */
    FMatrixRMaj end() {
        return end;
    }

    /** Returns the momenta r, n × l. The array may be longer. */
    float[] momentum() {
        return momentum;
    }
}
