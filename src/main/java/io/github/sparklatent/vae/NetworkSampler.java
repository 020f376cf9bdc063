package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.linalg.FloatProducts;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows drawn from a trained network: z from its prior or from one component of it, then x ~ p(x|z).
 * Each is a function of the seed and of its index. Neighbouring indices are decoded together, which
 * costs little more than one of them. Used by one thread; holds the decoder's buffers for those.
 */
public final class NetworkSampler {
    private static final int TOGETHER = 16;
    private static final int DRAWN = -1;

    private final float[] parameters;
    private final long seed;
    private final CodePrior prior;
    private final int component;
    private final boolean noisy;
    private final DecoderPass decoder;
    private final FMatrixRMaj codes;
    private final FMatrixRMaj row;

    /** First index of those that are decoded; none at first. */
    private long first = 1;

    private NetworkSampler(
            Kind kind, Networks networks, float[] parameters, int component, long seed) {
        Require.that(
                kind.hasPrior(),
                "rows are drawn from a network with a prior of codes, found %s",
                kind.withArticle());
        this.parameters = parameters;
        this.seed = seed;
        this.prior =
                networks.prior() == null
                        ? CodePrior.STANDARD
                        : networks.prior().trained(parameters, networks.priorOffset());
        this.component = component;
        this.noisy = !kind.needsDiscriminator();
        this.decoder = new DecoderPass(networks, TOGETHER, new FloatProducts());
        this.codes = new FMatrixRMaj(TOGETHER, networks.latent());
        this.row = new FMatrixRMaj(1, networks.inputs());
    }

    /**
     * From the whole prior.
     *
     * @throws IllegalArgumentException of an autoencoder, which has no prior to draw codes from
     */
    static NetworkSampler of(Kind kind, Networks networks, float[] parameters, long seed) {
        return new NetworkSampler(kind, networks, parameters, DRAWN, seed);
    }

    /**
     * From one component.
     *
     * @param component from 0 on
     * @throws IllegalArgumentException of a component that the network has not
     */
    static NetworkSampler of(
            Kind kind, Networks networks, float[] parameters, int component, long seed) {
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

    /** K, components of the prior; 0 where it has none. */
    public int components() {
        return prior.components();
    }

    /**
     * The share of the rows that a component draws, π_k.
     *
     * @throws IllegalArgumentException of a component that the network has not
     */
    public double componentWeight(int asked) {
        requireComponent(asked);
        return prior.weight(asked);
    }

    /**
     * The mean of a component among the codes.
     *
     * @param values l numbers on return
     * @throws IllegalArgumentException of a component that the network has not
     */
    public void componentCode(int asked, double[] values) {
        requireComponent(asked);
        for (int j = 0; j < codes.numCols; j++) {
            values[j] = prior.mean(asked, j);
        }
    }

    /**
     * A draw: d numbers, put into the first places of values. Of a network that was trained against
     * a discriminator it is the mean of p(x|z), as that is what the discriminator has judged.
     */
    public void sample(long index, double[] values) {
        if (!noisy) {
            mean(index, values);
            return;
        }
        int place = decode(index);
        decoder.sample(parameters, place, RandomStreams.of(seed, Purpose.DECODED, index), row);
        copy(values);
    }

    /** E[x | z] at the same z: for pictures, which the noise of single pixels would blur. */
    public void mean(long index, double[] values) {
        decoder.mean(parameters, decode(index), row);
        copy(values);
    }

    /**
     * E[x | z] at the mean of a component: what stands for it.
     *
     * @throws IllegalArgumentException of a component that the network has not
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

    /** The place of the index among those that are decoded. */
    private int decode(long index) {
        int place = (int) Math.floorMod(index, (long) TOGETHER);
        if (first != index - place) {
            first = index - place;
            for (int i = 0; i < TOGETHER; i++) {
                prior.draw(
                        seed, first + i, component, codes.data, i * codes.numCols, codes.numCols);
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
