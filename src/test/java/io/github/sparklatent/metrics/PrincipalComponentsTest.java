package io.github.sparklatent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.averaging.InMemoryShards;
import io.github.sparklatent.learn.averaging.PartitionRows;
import io.github.sparklatent.learn.averaging.Shards;
import io.github.sparklatent.linalg.FloatBlock;
import io.github.sparklatent.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the eigenvalues of the whole covariance. */
class PrincipalComponentsTest {
    private static final int ROWS = 400;

    /** Features are floats: each errs by 2⁻²⁴ of itself, the sum of their squares by twice that. */
    private static final double FLOATS = 0x1p-22;

    /** Columns whose deviations fall off slowly, mixed with one another, around a mean. */
    private static FMatrixRMaj rows(int width) {
        RandomGenerator random = RandomStreams.of(3, Purpose.NOISE);
        FMatrixRMaj rows = new FMatrixRMaj(ROWS, width);
        for (int i = 0; i < ROWS; i++) {
            double last = 0;
            for (int j = 0; j < width; j++) {
                double own = random.nextGaussian() * Math.pow(0.9, j % 50);
                rows.set(i, j, (float) (5 + own + 0.5 * last));
                last = own;
            }
        }
        return rows;
    }

    private static FeatureMoments moments(FMatrixRMaj rows) {
        FeatureMoments moments = new FeatureMoments(new double[rows.numCols]);
        for (int i = 0; i < rows.numRows; i++) {
            moments.add(rows.data, i * rows.numCols, 1);
        }
        return moments;
    }

    /** The largest eigenvalues, largest first. */
    private static double[] eigenvalues(FeatureMoments moments, int count) {
        SymmetricEigen eigen = SymmetricEigen.valuesOf(moments.covariance()).orElseThrow();
        return IntStream.range(0, moments.mean().length)
                .mapToDouble(j -> -eigen.value(j))
                .sorted()
                .limit(count)
                .map(value -> -value)
                .toArray();
    }

    private static FMatrixRMaj features(PrincipalComponents components, FMatrixRMaj rows) {
        return components.worker(rows.numRows).of(rows);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void ofFewColumnsTheyAreExact(int partitions) {
        FMatrixRMaj rows = rows(40);
        PrincipalComponents components = PrincipalComponents.of(InMemoryShards.of(rows, partitions), 6);
        assertThat(components.features()).isEqualTo(6);
        FeatureMoments found = moments(features(components, rows));
        double[] expected = eigenvalues(moments(rows), 6);
        for (int j = 0; j < 6; j++) {
            assertThat(found.mean()[j]).isCloseTo(0, within(1e-6));
            for (int k = 0; k < 6; k++) {
                // Features of a few units: the products of their roundings are far below.
                assertThat(found.covariance().get(j, k))
                        .isCloseTo(j == k ? expected[j] : 0, within(expected[0] * FLOATS));
            }
        }
    }

    /** Rounds end when they gain no more than a millionth of the variance held. */
    @Test
    void ofManyColumnsTheyHoldAllButAMillionthOfTheVariance() {
        FMatrixRMaj rows = rows(PrincipalComponents.NARROW + 44);
        PrincipalComponents components = PrincipalComponents.of(InMemoryShards.of(rows, 2), 5);
        FeatureMoments found = moments(features(components, rows));
        double held = 0;
        for (int j = 0; j < 5; j++) {
            held += found.covariance().get(j, j);
        }
        double most = Arrays.stream(eigenvalues(moments(rows), 5)).sum();
        // The gain of a round bounds what the rounds after it would have gained: they fall off.
        assertThat(held / most).isBetween(1 - 1e-4, 1 + FLOATS);
    }

    @Test
    void aWeightCountsAsSoManyRows() {
        FMatrixRMaj two = new FMatrixRMaj(2, 2, true, 0, 0, 4, 0);
        FMatrixRMaj all = new FMatrixRMaj(3, 2, true, 0, 0, 0, 0, 4, 0);
        Shards weighted =
                new InMemoryShards(List.of(new PartitionRows(List.of(new FloatBlock(two, new float[] {2, 1})))));
        FMatrixRMaj features =
                features(PrincipalComponents.of(weighted, 1), two).copy();
        FMatrixRMaj repeated = features(PrincipalComponents.of(InMemoryShards.of(all, 1), 1), two);
        assertThat(features.data).containsExactly(repeated.data);
        // The mean is 4/3: the first row lies that far below it, the other 8/3 above.
        assertThat(Math.abs(features.get(0))).isEqualTo((float) (4 / 3.0));
        assertThat(features.get(1)).isEqualTo(-2 * features.get(0));
    }

    @Test
    void thereAreNoMoreThanColumns() {
        Shards rows = InMemoryShards.of(rows(4), 1);
        assertThat(PrincipalComponents.of(rows, 20).features()).isEqualTo(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrincipalComponents.of(rows, 0))
                .withMessage("components are 0, expected at least 1");
    }
}
