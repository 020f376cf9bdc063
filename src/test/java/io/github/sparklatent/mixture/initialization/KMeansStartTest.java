package io.github.sparklatent.mixture.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.linalg.TestMatrices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KMeansStartTest {
    private static final int K = 8;
    private static final int D = 3;
    private static final int N = 400;

    /** Groups on the corners of a cube of edge 100, deviation 1; sizes from 1 to 3 shares. */
    private static DMatrixRMaj rows() {
        DMatrixRMaj rows = TestMatrices.normal(N, D, 1);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < D; j++) {
                rows.add(i, j, (group(i) >> j & 1) * 100);
            }
        }
        return rows;
    }

    private static int group(int row) {
        return row % 17 % K;
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wellSeparatedGroupsAreFound(long seed) {
        DMatrixRMaj rows = rows();
        DMatrixRMaj centres = new KMeansStart(InMemoryRowBlocks.of(rows, 32), K, seed, 0, () -> false).centres();
        List<Integer> found = new ArrayList<>();
        for (int k = 0; k < K; k++) {
            int corner = 0;
            for (int j = 0; j < D; j++) {
                corner |= centres.get(k, j) > 50 ? 1 << j : 0;
            }
            found.add(corner);
            double[] mean = mean(rows, corner);
            for (int j = 0; j < D; j++) {
                // Sums of N terms below 200.
                assertThat(centres.get(k, j)).isCloseTo(mean[j], within(2 * 200 * N * TestMatrices.U));
            }
        }
        assertThat(found).doesNotHaveDuplicates();
    }

    private static double[] mean(DMatrixRMaj rows, int group) {
        double[] mean = new double[D];
        int size = 0;
        for (int i = 0; i < N; i++) {
            if (group(i) == group) {
                size++;
            }
        }
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < D && group(i) == group; j++) {
                mean[j] += rows.get(i, j) / size;
            }
        }
        return mean;
    }

    @Test
    void roundsEndWhenLittleIsGained() {
        AtomicInteger rounds = new AtomicInteger();
        InMemoryRowBlocks data = InMemoryRowBlocks.of(TestMatrices.normal(2000, 2, 3), 500);
        new KMeansStart(data, K, 1, 0, () -> rounds.incrementAndGet() < 0).centres();
        assertThat(rounds).hasValueLessThan(15); // 20 until no centre moves
    }

    @Test
    void lloydsRoundsNeverRaiseTheSquaredDistance() {
        DMatrixRMaj rows = TestMatrices.normal(200, 2, 3);
        InMemoryRowBlocks data = InMemoryRowBlocks.of(rows, 16);
        KMeansStart.KMeans kMeans = new KMeansStart.KMeans(5);
        DMatrixRMaj centres = TestMatrices.slice(rows, 0, 5);
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < 15; round++) {
            double[] sums = data.sums("", kMeans.expectation(centres)).sums();
            assertThat(kMeans.objective(sums)).isGreaterThanOrEqualTo(before - 1e-12);
            before = kMeans.objective(sums);
            centres = kMeans.update(centres, sums, data, 0, false).model();
        }
    }

    @Test
    void aCentreWithoutRowsStays() {
        InMemoryRowBlocks data = InMemoryRowBlocks.of(TestMatrices.normal(20, 2, 3), 16);
        DMatrixRMaj centres = new DMatrixRMaj(new double[][] {{0, 0}, {1e3, 1e3}});
        KMeansStart.KMeans kMeans = new KMeansStart.KMeans(2);
        double[] sums = data.sums("", kMeans.expectation(centres)).sums();
        DMatrixRMaj moved = kMeans.update(centres, sums, data, 0, false).model();
        assertThat(TestMatrices.row(moved, 1)).containsExactly(1e3, 1e3);
        assertThat(TestMatrices.row(moved, 0)).isNotEqualTo(new double[] {0, 0});
        assertThat(TestMatrices.row(centres, 0)).containsExactly(0, 0);
    }
}
