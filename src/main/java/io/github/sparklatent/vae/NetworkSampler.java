package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import io.github.sparklatent.nn.likelihood.Decoder;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.LatentDistribution;
import io.github.sparklatent.vae.model.Networks;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Draws rows from a trained network: z from its prior or from one component of it, then x ~ p(x|z). Each row is a
 * function of the seed and of its index. {@value #TOGETHER} neighbouring indices are decoded together, which costs
 * little more than one of them. Used by one thread.
 */
public final class NetworkSampler {
    private static final int TOGETHER = 16;
    private static final int DRAWN = -1;

    private final float[] parameters;
    private final long seed;
    private final LatentDistribution prior;
    private final int component;
    private final boolean noisy;
    private final Decoder.Worker decoder;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj row;

    /** First of the decoded indices; no multiple of TOGETHER while none are decoded. */
    private long first = 1;

    private NetworkSampler(Kind kind, Networks networks, float[] parameters, int component, long seed) {
        Require.that(
                kind.hasPrior(), "rows are drawn from a network with a prior of codes, found %s", kind.withArticle());
        this.parameters = parameters;
        this.seed = seed;
        this.prior = networks.distribution(parameters);
        this.component = component;
        this.noisy = !kind.needsDiscriminator();
        this.decoder = networks.conditional().worker(TOGETHER, new FloatProducts());
        this.codes = new FMatrixRMaj(TOGETHER, networks.latent());
        this.row = new FMatrixRMaj(1, networks.inputs());
    }

    /**
     * Returns a sampler that draws from the whole prior.
     *
     * @throws IllegalArgumentException if the network has no prior
     */
    static NetworkSampler of(Kind kind, Networks networks, float[] parameters, long seed) {
        return new NetworkSampler(kind, networks, parameters, DRAWN, seed);
    }

    /**
     * Returns a sampler that draws from one component of the prior.
     *
     * @param component index of the component, from 0
     * @throws IllegalArgumentException if the network does not have this component
     */
    static NetworkSampler of(Kind kind, Networks networks, float[] parameters, int component, long seed) {
        NetworkSampler sampler = new NetworkSampler(kind, networks, parameters, component, seed);
        sampler.requireComponent(component);
        return sampler;
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
     * Returns the prior probability π_k of a component.
     *
     * @throws IllegalArgumentException if the network does not have this component
     */
    public double componentWeight(int asked) {
        requireComponent(asked);
        return prior.weights()[asked];
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
     * Computes E[x | z] at the mean of a component.
     *
     * @throws IllegalArgumentException if the network does not have this component
     */
    public void componentMean(int asked, double[] values) {
        requireComponent(asked);
        first = 1;
        for (int j = 0; j < codes.numCols; j++) {
            codes.unsafe_set(0, j, (float) prior.mean(asked, j));
        }
        decoder.decode(parameters, codes);
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
                prior.draw(seed, first + i, component, codes.data, i * codes.numCols);
            }
            decoder.decode(parameters, codes);
        }
        return place;
    }

    private void copy(double[] values) {
        for (int j = 0; j < row.numCols; j++) {
            values[j] = row.data[j];
        }
    }
}
