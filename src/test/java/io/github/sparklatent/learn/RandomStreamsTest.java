package io.github.sparklatent.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {
    private static final int DRAWS = 100_000;

    /** Six standard errors: passed by chance once in 5 · 10⁸; the seeds are fixed besides. */
    private static final double SIGMAS = 6;

    @Test
    void keysDifferBySeedPurposeAndPlace() {
        Set<Long> keys = new HashSet<>();
        int expected = 0;
        for (long seed = -2; seed < 3; seed++) {
            for (Purpose purpose : Purpose.values()) {
                keys.add(RandomStreams.key(seed, purpose));
                expected++;
                for (long i = 0; i < 5; i++) {
                    keys.add(RandomStreams.key(seed, purpose, i));
                    expected++;
                    for (long j = 0; j < 5; j++) {
                        keys.add(RandomStreams.key(seed, purpose, i, j));
                        expected++;
                    }
                }
            }
        }
        assertThat(keys).hasSize(expected);
    }

    @Test
    void aStreamIsAFunctionOfItsKey() {
        RandomGenerator one = RandomStreams.of(1, Purpose.NOISE, 3);
        RandomGenerator same = RandomStreams.of(1, Purpose.NOISE, 3);
        RandomGenerator other = RandomStreams.of(1, Purpose.NOISE, 4);
        long first = one.nextLong();
        assertThat(same.nextLong()).isEqualTo(first);
        assertThat(other.nextLong()).isNotEqualTo(first);
        assertThat(one.nextLong()).isEqualTo(same.nextLong()).isNotEqualTo(first);
    }

    /** So that a model fitted years ago can be fitted again: these numbers must never change. */
    @Test
    void theNumbersThemselves() {
        assertThat(RandomStreams.key(1, Purpose.START_ROWS)).isEqualTo(-4616330145664149646L);
        assertThat(RandomStreams.of(1, Purpose.NOISE, 2).nextLong()).isEqualTo(5251590037224103041L);
        assertThat(RandomStreams.uniform(1, 2)).isEqualTo(0.9473027941760342);
        assertThat(RandomStreams.of(1, Purpose.NOISE, 2).nextGaussian()).isEqualTo(-1.1816015515426146);
        assertThat(RandomStreams.hash(new double[] {1, -2.5}, 0, 2)).isEqualTo(-369071401347337409L);
    }

    @Test
    void uniformNumbersHaveTheirMeanAndVariance() {
        long key = RandomStreams.key(5, Purpose.CANDIDATES);
        double sum = 0;
        double squares = 0;
        double product = 0;
        double previous = RandomStreams.uniform(key, -1) - 0.5;
        for (int i = 0; i < DRAWS; i++) {
            double centred = RandomStreams.uniform(key, i) - 0.5;
            assertThat(centred).isBetween(-0.5, 0.5);
            sum += centred;
            squares += centred * centred;
            product += centred * previous;
            previous = centred;
        }
        // Var u = 1/12, Var (u − 1/2)² = 1/80 − 1/144 = 1/180, Var of a product of two 1/144.
        assertThat(sum / DRAWS).isCloseTo(0, within(bound(1.0 / 12)));
        assertThat(squares / DRAWS).isCloseTo(1.0 / 12, within(bound(1.0 / 180)));
        assertThat(product / DRAWS).isCloseTo(0, within(bound(1.0 / 144)));
    }

    @Test
    void bitsOfAStreamAreFair() {
        RandomGenerator stream = RandomStreams.of(5, Purpose.COMPONENT);
        int[] ones = new int[Long.SIZE];
        for (int i = 0; i < DRAWS; i++) {
            long bits = stream.nextLong();
            for (int bit = 0; bit < Long.SIZE; bit++) {
                ones[bit] += (int) (bits >>> bit & 1);
            }
        }
        for (int count : ones) {
            assertThat((double) count / DRAWS).isCloseTo(0.5, within(bound(1.0 / 4)));
        }
    }

    /** Shares of the bins between quantiles, and the correlation of neighbours, which come in pairs. */
    @Test
    void normalNumbersHaveTheirQuantiles() {
        // Standard normal distribution function at these points.
        double[] points = {-3, -2, -1, -0.5, 0, 0.5, 1, 2, 3};
        double[] chances = {
            0.0013498980316301,
            0.0227501319481792,
            0.1586552539314571,
            0.3085375387259869,
            0.5,
            0.6914624612740131,
            0.8413447460685429,
            0.9772498680518208,
            0.9986501019683699
        };
        RandomGenerator stream = RandomStreams.of(5, Purpose.NOISE);
        int[] below = new int[points.length];
        double product = 0;
        double previous = 0;
        for (int i = 0; i < DRAWS; i++) {
            double x = stream.nextGaussian();
            for (int p = 0; p < points.length; p++) {
                below[p] += x < points[p] ? 1 : 0;
            }
            product += x * previous;
            previous = x;
        }
        for (int p = 0; p < points.length; p++) {
            assertThat((double) below[p] / DRAWS).isCloseTo(chances[p], within(bound(chances[p] * (1 - chances[p]))));
        }
        assertThat(product / DRAWS).isCloseTo(0, within(bound(1)));
    }

    private static double bound(double variance) {
        return SIGMAS * Math.sqrt(variance / DRAWS);
    }

    @Test
    void uniformNumbersNeverReachTheirEnds() {
        assertThat(RandomStreams.uniform(keyOf(0L), 0)).isEqualTo(0x1.0p-53);
        assertThat(RandomStreams.uniform(keyOf(-1L), 0)).isEqualTo(1 - 0x1.0p-53);
    }

    /** The key for which item 0 has these 64 random bits: SplitMix64's finaliser undone. */
    private static long keyOf(long bits) {
        long c = bits ^ (bits >>> 31) ^ (bits >>> 62);
        long b = c * 0x319642b2d24d8ec3L;
        b = b ^ (b >>> 27) ^ (b >>> 54);
        long a = b * 0x96de1b173f119089L;
        a = a ^ (a >>> 30) ^ (a >>> 60);
        return a - finalized(0x9e3779b97f4a7c15L);
    }

    private static long finalized(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }

    @Test
    void negativeZeroIsZero() {
        assertThat(RandomStreams.hash(new double[] {-0.0, 1}, 0, 2))
                .isEqualTo(RandomStreams.hash(new double[] {0.0, 1}, 0, 2));
    }

    @Test
    void hashesOfDifferentRowsDiffer() {
        Set<Long> hashes = new HashSet<>();
        for (int i = -50; i < 50; i++) {
            for (int j = -50; j < 50; j++) {
                hashes.add(RandomStreams.hash(new double[] {i, j}, 0, 2));
            }
            hashes.add(RandomStreams.hash(new double[] {i}, 0, 1));
        }
        assertThat(hashes).hasSize(100 * 100 + 100);
    }
}
