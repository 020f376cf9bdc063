package io.github.sparklatent.mixture.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedKMeansTest {
    /** Groups around 0, 100 and 1000. */
    private static final DMatrixRMaj POINTS = column(0, 4, 100, 102, 1000, 1001, 1002);

    private static final double[] WEIGHTS = {1, 3, 2, 2, 1, 1, 2};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void centresAreTheWeightedMeansOfTheGroups(long seed) {
        double[] found = centres(POINTS, WEIGHTS, 3, 30, seed);
        assertThat(found[0]).isCloseTo(3, within(1e-12));
        assertThat(found[1]).isCloseTo(101, within(1e-12));
        assertThat(found[2]).isCloseTo(1001.25, within(1e-9));
    }

    @Test
    void aPointOfWeightZeroIsNeverAStart() {
        double[] weights = {0, 1, 0, 1, 0, 1, 0};
        for (long seed = 0; seed < 50; seed++) {
            assertThat(centres(POINTS, weights, 3, 0, seed)).containsExactly(4, 102, 1001);
        }
    }

    /** One round of k-means++ over two points: chances 3/4 and 1/4, then the other. */
    @Test
    void theFirstCentreComesByWeight() {
        assertChance(0.75, 1, 1, column(1, 2), 3, 1);
    }

    /**
     * From a centre at 0, the points 1 and 3 have chances 1 : 9 in each of two draws, and 3 leaves less: only two draws
     * of 1 choose it.
     */
    @Test
    void theNextIsTheBestOfAFewByWeightTimesSquaredDistance() {
        assertChance(0.99, 3, 2, column(0, 1, 3), 1e9, 1, 1);
    }

    /** Requires, within six deviations, the chance of a point to be the last of so many centres. */
    private static void assertChance(double chance, double point, int k, DMatrixRMaj points, double... weights) {
        int draws = 4000;
        long hits = IntStream.range(0, draws)
                .filter(seed -> means(points, weights, k, 0, seed).data[k - 1] == point)
                .count();
        double bound = 6 * Math.sqrt(chance * (1 - chance) / draws);
        assertThat((double) hits / draws).isCloseTo(chance, within(bound));
    }

    @Test
    void asManyCentresAsPointsAreThePoints() {
        assertThat(centres(POINTS, WEIGHTS, 7, 30, 1)).containsExactly(POINTS.data);
    }

    @Test
    void moreCentresThanPointsRepeatOne() {
        double[] found = centres(column(5, 6), new double[] {1, 1}, 3, 30, 1);
        assertThat(found).containsOnly(5, 6);
    }

    private static double[] centres(DMatrixRMaj points, double[] weights, int k, int rounds, long seed) {
        double[] centres = means(points, weights, k, rounds, seed).data;
        Arrays.sort(centres);
        return centres;
    }

    private static DMatrixRMaj means(DMatrixRMaj points, double[] weights, int k, int rounds, long seed) {
        return new KMeansStart.WeightedKMeans(points, weights, RandomStreams.of(seed, Purpose.CENTRES))
                .centres(k, rounds);
    }

    private static DMatrixRMaj column(double... values) {
        return new DMatrixRMaj(values.length, 1, true, values);
    }
}
