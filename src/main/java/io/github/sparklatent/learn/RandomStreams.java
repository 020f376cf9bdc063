package io.github.sparklatent.learn;

import java.util.random.RandomGenerator;

/**
 * Random numbers as a pure function of a seed, a purpose and a place.
 *
 * <p>A stream is a counter run through the finaliser of SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom
 * Number Generators, OOPSLA 2014). Its start is keyed by seed, purpose and place. Streams share no state, so neither
 * the order of tasks nor a retry changes a draw.
 */
public final class RandomStreams {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final double UNIT = 0x1.0p-52;

    private RandomStreams() {}

    /**
     * The purposes of streams. No two uses share a purpose or a number. The number is part of the key, so another
     * number would change what a saved seed gives.
     */
    public enum Purpose {
        /** Rows drawn as starting points. */
        START_ROWS(0),
        /** Candidates of k-means||. */
        CANDIDATES(1),
        /** The choice of centres among weighted candidates of k-means||. */
        CENTRES(2),
        /** The component of a sampled row. */
        COMPONENT(4),
        /** The noise of a sampled row. */
        NOISE(5),
        /** Rows selected for a report. */
        REPORT(6),
        /** Rows held out of training. */
        HOLDOUT(7),
        /** The order of a partition's rows within an epoch. */
        ORDER(8),
        /** All randomness of one training batch. */
        BATCH(9),
        /** Number of draws of each row of a weighted partition in an epoch. */
        WEIGHTED_DRAW(10),
        /** Initial weights of a network. */
        WEIGHTS(11),
        /** The noise of a latent code given its row. */
        LATENT_NOISE(12),
        /** A latent code drawn from the prior. */
        PRIOR(13),
        /** A row drawn given its latent code. */
        DECODED(14),
        /** Values in [0, 1] drawn as 0 or 1. */
        BINARIZATION(15),
        /** The corruption of the input of a denoising autoencoder. */
        CORRUPTION(16),
        /** The starting vector of the power iteration for a matrix's largest singular value. */
        SPECTRAL_START(17),
        /** Everything in a stage of a training after the first stage. */
        STAGE(18),
        /** The components drawn for the rows in a round of Monte-Carlo EM. */
        COMPONENT_DRAW(20),
        /** The parameter vectors drawn in a round of variational inference. */
        PARAMETER_DRAW(21),
        /** The parameter vectors drawn from a fitted posterior. */
        POSTERIOR_DRAW(22),
        /** The momenta, step sizes and decisions of Hamiltonian chains of latent codes. */
        CHAIN(25),
        /** Rows on which versions of a model are compared. */
        GATE(26),
        /** Rows of which a comparison or the profile of a table consists. */
        PROFILE(27),
        /** The rows drawn with replacement for a bootstrap interval. */
        BOOTSTRAP(28),
        /** The levels, counts and t-distributed numbers of a sampled row of a mixed mixture. */
        CELLS(29),
        /** Rows whose numbers are the knots of histograms. */
        KNOTS(30),
        /** The group of a sampled row. */
        GROUP(31),
        /** Whether a row of a large table is in the sample that a model is fitted to. */
        SAMPLE(32),
        /** The conditions of a sampled row. */
        CONDITION(33),
        /** Rows that trees are grown from, the orders of their columns, and draws that weigh given cells. */
        TREES(34);

        private final int number;

        Purpose(int number) {
            this.number = number;
        }
    }

    /** Returns a key of 64 bits computed from a seed, a purpose and a place. */
    public static long key(long seed, Purpose purpose, long... place) {
        long key = mix(mix(seed) + (purpose.number + 1) * GOLDEN_GAMMA);
        for (long number : place) {
            key = mix(key + mix(number + GOLDEN_GAMMA));
        }
        return key;
    }

    /** Returns the stream of a seed, a purpose and a place. */
    public static RandomGenerator of(long seed, Purpose purpose, long... place) {
        return new Stream(key(seed, purpose, place));
    }

    /**
     * Returns a number in (0, 1) that depends only on key and item: an odd multiple of 2⁻⁵³. With one bit more, the sum
     * with one half would be rounded, and the result could be 1.
     */
    public static double uniform(long key, long item) {
        return ((mix(key + mix(item + GOLDEN_GAMMA)) >>> 12) + 0.5) * UNIT;
    }

    /** Returns a hash of a row's content; −0.0 counts as 0.0. */
    public static long hash(double[] values, int from, int length) {
        long hash = mix(length + GOLDEN_GAMMA);
        for (int j = from; j < from + length; j++) {
            hash = mix(hash * 31 + Double.doubleToLongBits(values[j] + 0.0));
        }
        return hash;
    }

    /** The finaliser of SplitMix64. */
    public static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    private static final class Stream implements RandomGenerator {
        private long state;
        private double spare = Double.NaN;

        Stream(long state) {
            this.state = state;
        }

        @Override
        public long nextLong() {
            state += GOLDEN_GAMMA;
            return mix(state);
        }

        /**
         * Draws by the polar method (Marsaglia and Bray 1964). Its result is the same on every processor and in every
         * version of Java; the JDK does not guarantee this for its own method.
         */
        @Override
        public double nextGaussian() {
            if (!Double.isNaN(spare)) {
                double second = spare;
                spare = Double.NaN;
                return second;
            }
            while (true) {
                double x = 2 * nextDouble() - 1;
                double y = 2 * nextDouble() - 1;
                double square = x * x + y * y;
                if (square > 0 && square < 1) {
                    double factor = Math.sqrt(-2 * StrictMath.log(square) / square);
                    spare = y * factor;
                    return x * factor;
                }
            }
        }
    }
}
