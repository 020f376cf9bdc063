package io.github.sparklatent.mixture.robust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.ReportingRowBlocks;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantiles of densities against sorted densities. */
class DensityQuantileTest {
    private static final int ROWS = 1009;
    private static final MixtureParameters MIXTURE = TestMixtures.of(CovarianceType.FULL, 3, 2, 2, 0, 4);
    private static final MixedDensity DENSITY = Fits.density(MIXTURE);
    private static final DMatrixRMaj TABLE = TestMixtures.rowsAround(MIXTURE, ROWS, 5);

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.001, 0.1, 0.29, 0.5, 0.999})
    void isTheDensityThatLeavesOutThisShare(double share) {
        long[] sorted = sorted(TABLE);
        int leftOut = (int) Math.floor(share * ROWS * (1 + 1e-12));
        for (int height : new int[] {1, 7, ROWS}) {
            assertThat(find(InMemoryRowBlocks.of(TABLE, height), share, -4).multiple())
                    .isEqualTo(sorted[leftOut]);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e300, -1e6, -100, 0, 70, 1e9})
    void doesNotDependOnTheGuess(double guess) {
        RowBlocks data = InMemoryRowBlocks.of(TABLE, 100);
        assertThat(find(data, 0.3, guess)).isEqualTo(find(data, 0.3, -4));
    }

    @Test
    void theNextSearchBeginsAtTheLastQuantile() {
        RowBlocks data = InMemoryRowBlocks.of(TABLE, 100);
        DensityQuantile quantile = new DensityQuantile(data, "test");
        for (double share : new double[] {0.3, 0.31, 0.999, 0.001, 0.3}) {
            assertThat(quantile.of(DENSITY, share, 0)).isEqualTo(find(data, share, 0));
        }
    }

    @Test
    void aQuantileThatHardlyMovesTakesOneTraversal() {
        AtomicInteger traversals = new AtomicInteger();
        DensityQuantile quantile = new DensityQuantile(
                new ReportingRowBlocks(InMemoryRowBlocks.of(TABLE, 100), text -> traversals.incrementAndGet()), "test");
        quantile.of(DENSITY, 0.3, -4);
        quantile.of(DENSITY, 0.3, -4);
        traversals.set(0);
        quantile.of(DENSITY, 0.301, -4);
        assertThat(traversals).hasValue(1);
        quantile.of(DENSITY, 0.999, -4); // a sixteenth of a nat, 64 nats, one multiple
        assertThat(traversals).hasValueBetween(3, 4);
    }

    @Test
    void aRowOfWeightTwoIsTheRowTwice() {
        double[] weights = IntStream.range(0, ROWS).mapToDouble(i -> 1 + i % 3).toArray();
        double[][] copies = IntStream.range(0, ROWS)
                .boxed()
                .flatMap(i -> Collections.nCopies((int) weights[i], TestMatrices.row(TABLE, i)).stream())
                .toArray(double[][]::new);
        RowBlocks weighted = new InMemoryRowBlocks(List.of(List.of(new Block(TABLE, weights, ROWS))));
        assertThat(find(weighted, 0.25, 0)).isEqualTo(find(InMemoryRowBlocks.of(new DMatrixRMaj(copies), 50), 0.25, 0));
    }

    @Test
    void rowsBeyondAllNumbersAreTheLowest() {
        DMatrixRMaj rows = TABLE.copy();
        for (int i = 0; i < 100; i++) {
            rows.set(i, 0, i % 2 == 0 ? 1e200 : -1e12);
        }
        RowBlocks data = InMemoryRowBlocks.of(rows, 100);
        long[] sorted = sorted(rows);
        assertThat(find(data, 0.01, 0).multiple()).isEqualTo(sorted[(int) (0.01 * ROWS)]);
        assertThat(find(data, 0.2, 0).multiple()).isEqualTo(sorted[(int) (0.2 * ROWS)]);
    }

    private static DensityQuantile.DensityThreshold find(RowBlocks data, double share, double near) {
        return new DensityQuantile(data, "test").of(DENSITY, share, near);
    }

    private static long[] sorted(DMatrixRMaj rows) {
        long[] multiples = Arrays.stream(DENSITY.logDensities(rows))
                .mapToLong(DensityQuantile.DensityThreshold::multiple)
                .toArray();
        Arrays.sort(multiples);
        return multiples;
    }
}
