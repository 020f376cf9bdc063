package io.github.sparklatent.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.linalg.FloatProducts;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Coverage against distances row by row, and against what it should be. */
class CoverageTest {
    private static final int NEIGHBOURS = 5;

    private static double coverage(FMatrixRMaj real, FMatrixRMaj generated) {
        Coverage coverage = new Coverage(real.numRows + 3, real.numCols, new FloatProducts());
        return coverage.of(real, Games.shares(real.numRows), generated);
    }

    private static double distance(FMatrixRMaj a, int i, FMatrixRMaj b, int j) {
        double sum = 0;
        for (int c = 0; c < a.numCols; c++) {
            sum += Math.pow(a.get(i, c) - b.get(j, c), 2);
        }
        return sum;
    }

    /** Rows far from the origin: distances survive, as they are taken from the centre. */
    @Test
    void isTheShareOfRealRowsWithAGeneratedRowNearby() {
        FMatrixRMaj real = Games.normal(40, 3, 1);
        FMatrixRMaj generated = Games.normal(40, 3, 2);
        for (int i = 0; i < real.getNumElements(); i++) {
            real.data[i] = real.data[i] * 0.1f + 100;
            generated.data[i] = generated.data[i] * 0.1f + 100.1f;
        }
        double covered = 0;
        for (int i = 0; i < 40; i++) {
            int row = i;
            double[] own = IntStream.range(0, 40)
                    .filter(j -> j != row)
                    .mapToDouble(j -> distance(real, row, real, j))
                    .sorted()
                    .toArray();
            double nearest = IntStream.range(0, 40)
                    .mapToDouble(j -> distance(real, row, generated, j))
                    .min()
                    .orElseThrow();
            covered += nearest <= own[NEIGHBOURS - 1] ? 1 : 0;
        }
        assertThat(covered).isBetween(10.0, 39.0);
        assertThat(coverage(real, generated)).isCloseTo(covered / 40 / Coverage.expected(40, NEIGHBOURS), within(1e-6));
    }

    /**
     * The mean of 200 batches; a batch's figure has a deviation of about 0.05 (measured), so four deviations of the
     * mean are 0.015.
     */
    @Test
    void isOneForAPerfectSampler() {
        double sum = 0;
        for (int b = 0; b < 200; b++) {
            sum += coverage(Games.normal(24, 2, 10 + b), Games.normal(24, 2, 1000 + b));
        }
        assertThat(sum / 200).isCloseTo(1, within(0.015));
    }

    /** Of categories a generator makes probabilities, which no row equals: nothing can be said. */
    @Test
    void rowsThatAreEachOthersEqualsDoNotCount() {
        FMatrixRMaj real = new FMatrixRMaj(64, 4);
        FMatrixRMaj generated = new FMatrixRMaj(64, 4);
        for (int i = 0; i < 64; i++) {
            for (int j = 0; j < 4; j++) {
                real.set(i, j, i % 4 == j ? 1 : 0);
                generated.set(i, j, i % 4 == j ? 0.97f : 0.01f);
            }
        }
        assertThat(coverage(real, generated)).isEqualTo(1);
        // Of the other half each row is drawn as it is: all that count are covered.
        FMatrixRMaj mixed = Games.normal(64, 4, 1);
        System.arraycopy(mixed.data, 32 * 4, generated.data, 32 * 4, 32 * 4);
        System.arraycopy(real.data, 0, mixed.data, 0, 32 * 4);
        assertThat(coverage(mixed, generated)).isCloseTo(1 / Coverage.expected(64, NEIGHBOURS), within(1e-6));
    }

    /** Products of so many floats are off by more than the last digits of a square. */
    @Test
    void equalsAreKnownInWideRowsToo() {
        int width = 784;
        FMatrixRMaj kinds = Games.normal(16, width, 5);
        FMatrixRMaj real = new FMatrixRMaj(128, width);
        for (int i = 0; i < 128; i++) {
            System.arraycopy(kinds.data, i % 16 * width, real.data, i * width, width);
        }
        assertThat(coverage(real, Games.normal(128, width, 6))).isEqualTo(1);
    }

    /** Three of the orders of one other real and two generated rows end its neighbourhood early. */
    @Test
    void expectationOfTheSmallestCases() {
        assertThat(Coverage.expected(2, 1)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(Coverage.expected(3, 2)).isCloseTo(1 - 2.0 / 5 * 1 / 4, within(1e-12));
    }

    @Test
    void fallsWithTheKindsThatAreLeftOut() {
        FMatrixRMaj real = Games.normal(128, 2, 1);
        FMatrixRMaj generated = Games.normal(128, 2, 2);
        for (int i = 0; i < 128; i++) {
            real.data[2 * i] += 100 * (i % 4);
            generated.data[2 * i] += 100 * (i % 2);
        }
        assertThat(coverage(real, generated)).isCloseTo(0.5, within(0.05));
        Arrays.fill(generated.data, 0);
        assertThat(coverage(real, generated)).isBetween(0.01, 0.1);
    }

    @Test
    void weighsRows() {
        FMatrixRMaj real = new FMatrixRMaj(4, 1, true, 0, 1, 100, 101);
        FMatrixRMaj generated = new FMatrixRMaj(4, 1, true, -5, -5, -5, -5);
        Coverage coverage = new Coverage(4, 1, new FloatProducts());
        float[] shares = {0.5f, 0.25f, 0.25f, 0f};
        // Of the first two the farthest real row is farther than the generated one.
        assertThat(coverage.of(real, shares, generated)).isCloseTo(0.75 / Coverage.expected(4, 3), within(1e-6));
    }

    @Test
    void nothingCanBeSaidOfOneRow() {
        assertThat(coverage(Games.normal(1, 3, 1), Games.normal(1, 3, 2))).isEqualTo(1);
    }
}
