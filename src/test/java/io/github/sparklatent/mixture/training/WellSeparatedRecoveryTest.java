package io.github.sparklatent.mixture.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.Parameters;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three clusters of unit variance are found in any number of dimensions.
 *
 * <p>The density of a row falls like exp(−1.4 d), to 1e-19 in 30 dimensions and below the smallest double in 600:
 * whoever leaves the log domain, or adds a constant to a density, fails here.
 */
@Tag("slow")
class WellSeparatedRecoveryTest {
    private static final double[] WEIGHTS = {0.5, 0.3, 0.2};

    /**
     * Two means differ by six deviations in about half of the columns. In 10 dimensions that is a distance of at least
     * 12 deviations, so under the true parameters a row's log-odds are 72 with a deviation of 12: under log(999) in one
     * row of 10⁷.
     */
    private static final double HALF_DISTANCE = 3;

    private static final double LEAST_RESPONSIBILITY = 0.999;

    /** Deviations that none of the few 10⁴ normal estimates here exceeds: 2 Φ(−6) = 2e-9. */
    private static final double DEVIATIONS = 6;

    static List<Arguments> sizes() {
        List<Arguments> sizes = new ArrayList<>();
        for (CovarianceType type : TestMixtures.UNFACTORED) {
            sizes.add(Arguments.of(10, 400, type));
            sizes.add(Arguments.of(30, 600, type));
            sizes.add(Arguments.of(100, 1200, type));
            sizes.add(Arguments.of(300, 3000, type));
            // a full covariance takes more rows than columns in each component, here 650 at least
            boolean isFull = type == CovarianceType.FULL;
            sizes.add(Arguments.of(isFull ? 620 : 1000, isFull ? 3500 : 1500, type));
        }
        return sizes;
    }

    @ParameterizedTest(name = "{0} dimensions, {1} rows, {2}")
    @MethodSource("sizes")
    void findsTheClusters(int dimension, int rows, CovarianceType type) {
        int[] labels = labels(rows);
        DMatrixRMaj x = rows(labels, dimension);
        MixtureOptions options =
                MixtureOptions.DEFAULT.withComponents(List.of(3)).withCovariance(type);
        MixtureParameters mixture = Fits.of(InMemoryRowBlocks.of(x, Block.height(dimension)), options)
                .mixture()
                .gaussian();
        int[] found = IntStream.range(0, 3).map(c -> nearest(mixture, c)).toArray();
        assertThat(found).containsExactlyInAnyOrder(0, 1, 2);
        assertResponsibilities(mixture, x, labels, found);
        assertParameters(mixture, labels, found);
    }

    private static void assertResponsibilities(MixtureParameters mixture, DMatrixRMaj x, int[] labels, int[] found) {
        MixtureScores density = Fits.scores(mixture);
        density.evaluate(x);
        for (int i = 0; i < labels.length; i++) {
            assertThat(density.responsibilities().get(i, found[labels[i]]))
                    .as("row %d", i)
                    .isGreaterThan(LEAST_RESPONSIBILITY);
        }
    }

    /**
     * A weight has the binomial deviation sqrt(π (1 − π) / n), a column's mean 1 / sqrt(n_k). A thousandth of a
     * component's weight may stand on foreign rows, which are no further than the two means and six deviations.
     */
    private static void assertParameters(MixtureParameters mixture, int[] labels, int[] found) {
        double foreign = 1 - LEAST_RESPONSIBILITY;
        for (int c = 0; c < 3; c++) {
            int cluster = c;
            double count =
                    IntStream.of(labels).filter(label -> label == cluster).count();
            double binomial = Math.sqrt(WEIGHTS[c] * (1 - WEIGHTS[c]) / labels.length);
            assertThat(mixture.weight(found[c])).isCloseTo(WEIGHTS[c], within(DEVIATIONS * binomial + foreign));
            double bound = DEVIATIONS / Math.sqrt(count);
            bound += foreign * (2 * HALF_DISTANCE + DEVIATIONS);
            for (int j = 0; j < mixture.dimension(); j++) {
                assertThat(mixture.means().get(found[c], j)).isCloseTo(mean(c, j), within(bound));
            }
        }
    }

    private static int nearest(MixtureParameters mixture, int cluster) {
        double[] mean = new double[mixture.dimension()];
        Arrays.setAll(mean, j -> mean(cluster, j));
        return Parameters.nearest(mixture, mean);
    }

    /** Signs of three Walsh functions: two of them differ in half of the columns. */
    private static double mean(int cluster, int column) {
        return Integer.bitCount(column & (cluster + 1)) % 2 == 0 ? HALF_DISTANCE : -HALF_DISTANCE;
    }

    private static int[] labels(int rows) {
        RandomGenerator random = RandomStreams.of(1, Purpose.COMPONENT);
        return random.doubles(rows)
                .mapToInt(u -> u < WEIGHTS[0] ? 0 : u < WEIGHTS[0] + WEIGHTS[1] ? 1 : 2)
                .toArray();
    }

    private static DMatrixRMaj rows(int[] labels, int dimension) {
        RandomGenerator random = RandomStreams.of(1, Purpose.NOISE, dimension);
        DMatrixRMaj x = new DMatrixRMaj(labels.length, dimension);
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < dimension; j++) {
                x.set(i, j, mean(labels[i], j) + random.nextGaussian());
            }
        }
        return x;
    }
}
