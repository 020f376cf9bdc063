package io.github.sparklatent.vae;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.random.RandomGenerator;

/** What the codes of drawn rows are drawn from, with the parameters of a trained network. */
interface CodePrior {
    /** N(0, I): no components. */
    CodePrior STANDARD =
            new CodePrior() {
                @Override
                public int components() {
                    return 0;
                }

                @Override
                public int component(double uniform) {
                    return 0;
                }

                @Override
                public double weight(int component) {
                    return 1;
                }

                @Override
                public double mean(int component, int dimension) {
                    return 0;
                }

                @Override
                public double deviation(int component, int dimension) {
                    return 1;
                }
            };

    /** K; 0 where there are none. */
    int components();

    /** The component of a number drawn uniformly from [0, 1), so that each has its share. */
    int component(double uniform);

    /** π_k. */
    double weight(int component);

    /** m_kj. */
    double mean(int component, int dimension);

    /** s_kj. */
    double deviation(int component, int dimension);

    /**
     * Draws a code, a function of the seed and of its index only.
     *
     * @param component to draw from; below 0: drawn by its weight too
     * @param codes l numbers from an offset on. Modified.
     */
    default void draw(long seed, long index, int component, float[] codes, int from, int latent) {
        RandomGenerator random = RandomStreams.of(seed, Purpose.PRIOR, index);
        int k = component;
        if (k < 0) {
            k = component(RandomStreams.of(seed, Purpose.COMPONENT, index).nextDouble());
        }
        for (int j = 0; j < latent; j++) {
            codes[from + j] = (float) (mean(k, j) + deviation(k, j) * random.nextGaussian());
        }
    }
}
