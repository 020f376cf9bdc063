package io.github.sparklatent.vae.cluster;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.model.Networks;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The start of a mixture-of-Gaussians VAE from found clusters: networks and prior of {@link ClusterInitialization}. All
 * components of a row's posterior are at the row's code, with nearly equal weights; training separates them where that
 * raises the bound.
 */
public final class MixturePosteriorStart {
    /** Standard deviation of the weights that are added to the components' logits and means. */
    private static final double SPREAD = 1e-3;

    /** Index of the random stream of the added heads, after the stream of the log-variance head. */
    private static final int HEADS = 5;

    private final Networks from;
    private final Networks to;
    private final int components;

    /** Prepares the networks of both models. */
    public MixturePosteriorStart(Architecture architecture) {
        this.from = architecture.networks(Kind.EMBEDDING);
        this.to = architecture.networks(Kind.MIXTURE);
        this.components = architecture.components();
    }

    /**
     * Returns the initial parameters.
     *
     * @param embedding parameters of variational deep embedding. Not modified.
     * @param seed seed of the heads, and of the discriminator if there is one
     */
    public float[] of(float[] embedding, long seed) {
        float[] start = to.initialize(seed);
        List<Parameter> layers = from.encoder().parameters();
        Parameter weights = layers.get(layers.size() - 2);
        Parameter biases = layers.get(layers.size() - 1);
        System.arraycopy(embedding, 0, start, 0, weights.offset());
        RandomGenerator random = RandomStreams.of(seed, Purpose.WEIGHTS, HEADS);
        int l = to.latent();
        int width = components + (components + 1) * l;
        int moved = weights.offset() + weights.rows() * width;
        for (int i = 0; i < weights.rows(); i++) {
            int at = weights.offset() + i * width;
            heads(embedding, weights.offset() + 2 * i * l, start, at, random);
        }
        heads(embedding, biases.offset(), start, moved, null);
        int length = from.auxiliaryOffset() - from.decoderOffset();
        System.arraycopy(embedding, from.decoderOffset(), start, to.decoderOffset(), length);
        return start;
    }

    /**
     * Writes one row of the heads' weights, or their biases.
     *
     * @param random random stream; null if nothing is drawn
     */
    private void heads(float[] embedding, int old, float[] start, int at, RandomGenerator random) {
        int l = to.latent();
        for (int k = 0; k < components; k++) {
            start[at + k] = spread(random);
            for (int j = 0; j < l; j++) {
                start[at + components + k * l + j] = embedding[old + j] + spread(random);
            }
        }
        System.arraycopy(embedding, old + l, start, at + components + components * l, l);
    }

    private static float spread(RandomGenerator random) {
        return random == null ? 0f : (float) (SPREAD * random.nextGaussian());
    }
}
