package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.likelihood.Conditions;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.LatentDistribution;
import io.github.sparklatent.vae.model.Networks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Draws rows from a trained network: z from its prior or from one component of it, then x ~ p(x|z). Conditions are
 * drawn from those of training rows, among the rows that have the given values, if there are any; those of one
 * component by its weight given them. Each row is a function of the seed and of its index. {@value #TOGETHER}
 * neighbouring indices are decoded together, which costs little more than one of them. Used by one thread.
 */
public final class NetworkSampler {
    private static final int TOGETHER = 16;
    private static final int DRAWN = -1;

    private final float[] parameters;
    private final long seed;
    private final LatentDistribution prior;
    private int component = DRAWN;
    private final boolean noisy;
    private final Decoder.Worker decoder;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj row;
    private final Networks networks;
    private final Conditions conditions;

    /** Conditions from which those of a row are drawn, m × d; all other cells are 0. */
    private FMatrixRMaj known;

    /** Σ_{j ≤ i} π_k(c_j) of the known conditions; null if each has the same chance. */
    private double[] cumulative;

    private final FMatrixRMaj given;

    /** First of the decoded indices; no multiple of TOGETHER while none are decoded. */
    private long first = 1;

    /**
     * Creates a sampler that draws from the whole prior.
     *
     * @throws IllegalArgumentException if the network has no prior
     */
    NetworkSampler(TrainedNetwork network, Networks networks, long seed) {
        Kind kind = network.kind();
        Require.that(
                kind.hasPrior(), "rows are drawn from a network with a prior of codes, found %s", kind.withArticle());
        this.parameters = network.parameters();
        this.networks = networks;
        this.conditions = networks.likelihood().conditions();
        this.known = conditions.rows(network.conditions(), networks.inputs());
        this.given = new FMatrixRMaj(TOGETHER, networks.inputs());
        this.seed = seed;
        this.prior = networks.distribution(parameters);
        this.noisy = !kind.needsDiscriminator();
        this.decoder = networks.conditional().worker(TOGETHER, new FloatProducts());
        this.codes = new FMatrixRMaj(TOGETHER, networks.latent());
        this.row = new FMatrixRMaj(1, networks.inputs());
    }

    /**
     * Draws from one component of the prior, an index from 0, from now on. Returns this sampler.
     *
     * @throws IllegalArgumentException if the network does not have this component
     */
    public NetworkSampler fromComponent(int asked) {
        requireComponent(asked);
        component = asked;
        first = 1;
        weigh();
        return this;
    }

    /**
     * Gives conditions of all rows that are drawn from now on.
     *
     * @param values d numbers, NaN where none is given. Not modified.
     * @return this sampler
     */
    public NetworkSampler given(double[] values) {
        known = conditions.fixed(known, values);
        weigh();
        first = 1;
        return this;
    }

    /** Computes the chances of the known conditions within a component, p(c | k) ∝ π_k(c). */
    private void weigh() {
        if (component == DRAWN || conditions.isEmpty()) {
            return;
        }
        cumulative = new double[known.numRows];
        Arrays.setAll(cumulative, i -> weight(component, i));
        for (int i = 1; i < cumulative.length; i++) {
            cumulative[i] += cumulative[i - 1];
        }
    }

    private double weight(int asked, int row) {
        return networks.given(conditions, prior, parameters, known, row).weights()[asked];
    }

    /** Returns the index of the conditions of a row. */
    private int chosen(long index) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.CONDITION, index);
        if (cumulative == null) {
            return random.nextInt(known.numRows);
        }
        int last = known.numRows - 1;
        int at = Arrays.binarySearch(cumulative, random.nextDouble() * cumulative[last]);
        return Math.min(last, at < 0 ? -at - 1 : at + 1);
    }

    private void requireComponent(int asked) {
        Require.that(
                asked >= 0 && asked < prior.components(),
                prior.components() == 0
                        ? "component is %d, expected none: the network's codes have no components"
                        : "component is %d, expected a number from 0 to %d",
                asked,
                prior.components() - 1);
    }

    /** Returns K, the components of the prior; 0 if it has none. */
    public int components() {
        return prior.components();
    }

    /**
     * Returns the prior probability π_k of a component; with conditions, its mean.
     *
     * @throws IllegalArgumentException if the network does not have this component
     */
    public double componentWeight(int asked) {
        requireComponent(asked);
        double sum = 0;
        for (int i = 0; i < known.numRows; i++) {
            sum += weight(asked, i);
        }
        return sum / known.numRows;
    }

    /**
     * Writes the mean of a component, a code.
     *
     * @param values l numbers on return
     * @throws IllegalArgumentException if the network does not have this component
     */
    public void componentCode(int asked, double[] values) {
        requireComponent(asked);
        for (int j = 0; j < codes.numCols; j++) {
            values[j] = prior.mean(asked, j);
        }
    }

    /**
     * Draws a row into the first d entries of values. A network that was trained against a discriminator gives columns
     * of real numbers their mean given z, because the discriminator was trained on these means.
     */
    public void sample(long index, double[] values) {
        if (!noisy) {
            mean(index, values);
            return;
        }
        decoder.sample(parameters, decode(index), stream(index), row);
        copy(values);
    }

    /**
     * Draws a row like {@link #sample}, but with the mean given z in columns of real numbers, e.g. an image without the
     * noise of its pixels. Categories, binary columns and counts are drawn.
     */
    public void mean(long index, double[] values) {
        decoder.generate(parameters, decode(index), stream(index), row);
        copy(values);
    }

    private RandomGenerator stream(long index) {
        return RandomStreams.of(seed, Purpose.DECODED, index);
    }

    /**
     * Computes E[x | z] at the mean of a component, with the mean of the conditions.
     *
     * @throws IllegalArgumentException if the network does not have this component
     */
    public void componentMean(int asked, double[] values) {
        requireComponent(asked);
        first = 1;
        for (int j = 0; j < codes.numCols; j++) {
            codes.unsafe_set(0, j, (float) prior.mean(asked, j));
        }
        conditions.mean(known, given);
        decoder.decode(parameters, codes, given);
        decoder.mean(parameters, 0, row);
        copy(values);
    }

    /**
     * Decodes the codes of a group of consecutive indices that contains the given index. Returns the position of the
     * index in the group.
     */
    private int decode(long index) {
        int place = (int) Math.floorMod(index, (long) TOGETHER);
        if (first != index - place) {
            first = index - place;
            for (int i = 0; i < TOGETHER; i++) {
                int width = known.numCols;
                System.arraycopy(known.data, chosen(first + i) * width, given.data, i * width, width);
                networks.given(conditions, prior, parameters, given, i)
                        .draw(seed, first + i, component, codes.data, i * codes.numCols);
            }
            decoder.decode(parameters, codes, given);
        }
        return place;
    }

    private void copy(double[] values) {
        for (int j = 0; j < row.numCols; j++) {
            values[j] = row.data[j];
        }
    }
}
