package io.github.sparklatent.mixture.initialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.linalg.Block;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.MutualInformation.EntropyExpectation.Pair;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class MutualInformationTest {
    /** Sums of some hundred terms of 1, in another order. */
    private static final double ROUNDING = 1e-12;

    /** Groups that overlap, of different sizes. */
    private static final MixtureParameters MIXTURE = MixtureParameters.of(
            CovarianceType.DIAGONAL,
            new double[] {0.5, 0.2, 0.3},
            new DMatrixRMaj(new double[][] {{0, 0}, {1.5, 0}, {0, 3}}),
            List.of(new DMatrixRMaj(new double[][] {{1, 2}, {0.5, 1}, {1, 1}})));

    private static final DMatrixRMaj ROWS = TestMixtures.rowsAround(MIXTURE, 160, 5);
    private static final double[] WEIGHTS =
            IntStream.range(0, ROWS.numRows).mapToDouble(i -> 0.5 + i % 3).toArray();

    /** Rows with their weights in three partitions, one of them of two blocks. */
    private static InMemoryRowBlocks pass() {
        return new InMemoryRowBlocks(List.of(
                List.of(block(0, 50), block(50, 71)), List.of(block(71, 72)), List.of(block(72, ROWS.numRows))));
    }

    private static Block block(int from, int to) {
        double[] weights = Arrays.copyOfRange(WEIGHTS, from, to);
        DMatrixRMaj rows = CommonOps_DDRM.extract(ROWS, from, to, 0, ROWS.numCols);
        return new Block(rows, weights, to - from);
    }

    /** H(r̄) − mean H(r_n), by the responsibilities of each row. */
    private static double direct(int[] group, int groups) {
        MixtureScores density = Fits.scores(MIXTURE, ROWS);
        double[] mean = new double[groups];
        double doubt = 0;
        double total = 0;
        for (int i = 0; i < ROWS.numRows; i++) {
            double[] shares = new double[groups];
            for (int k = 0; k < group.length; k++) {
                shares[group[k]] += density.responsibilities().get(i, k);
            }
            for (int g = 0; g < groups; g++) {
                mean[g] += WEIGHTS[i] * shares[g];
            }
            doubt += WEIGHTS[i] * entropy(shares);
            total += WEIGHTS[i];
        }
        for (int g = 0; g < groups; g++) {
            mean[g] /= total;
        }
        return entropy(mean) - doubt / total;
    }

    private static double entropy(double[] shares) {
        double sum = 0;
        for (double share : shares) {
            sum -= share * StrictMath.log(share);
        }
        return sum;
    }

    private static double information(MixtureParameters mixture, RowBlocks rows) {
        return MutualInformation.of(Fits.density(mixture), rows);
    }

    @Test
    void isTheEntropyOfTheMeanLessTheMeanEntropy() {
        assertThat(information(MIXTURE, pass()))
                .isCloseTo(direct(new int[] {0, 1, 2}, 3), within(ROUNDING))
                .isBetween(0.1, StrictMath.log(3));
    }

    @Test
    void isThatOfTheGroupsWherePairsAreMeasured() {
        MutualInformation.EntropyExpectation expectation = new MutualInformation.EntropyExpectation(
                Fits.density(MIXTURE), MIXTURE.components(), List.of(new Pair(0, 2)));
        double[] sums = pass().sums("", expectation).sums();
        double joined = (sums[1] + sums[3]) / sums[0];
        double other = sums[2] / sums[0];
        double information = MutualInformation.term(joined)
                - sums[expectation.pairTerms()] / sums[0]
                + MutualInformation.term(other)
                - sums[expectation.terms() + 1] / sums[0];
        assertThat(information).isCloseTo(direct(new int[] {0, 1, 0}, 2), within(ROUNDING));
    }

    /** Of components far apart every row is certain, of equal ones no row says anything. */
    @Test
    void liesBetweenItsBounds() {
        DMatrixRMaj rows = new DMatrixRMaj(new double[][] {{-100}, {100}, {100}, {-100}});
        assertThat(information(two(-100, 100), InMemoryRowBlocks.of(rows, 3)))
                .isCloseTo(StrictMath.log(2), within(ROUNDING));
        assertThat(information(two(7, 7), InMemoryRowBlocks.of(rows, 3))).isCloseTo(0, within(ROUNDING));
    }

    private static MixtureParameters two(double first, double second) {
        return MixtureParameters.of(
                CovarianceType.SPHERICAL,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(new double[][] {{first}, {second}}),
                List.of(new DMatrixRMaj(new double[][] {{1}, {1}})));
    }
}
