package io.github.sparklatent.mixture.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.Fits;
import io.github.sparklatent.mixture.TestMixtures;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Means of 1e6 and deviations of 1e-2: E[xxᵀ] − μμᵀ would lose all sixteen digits of a variance.
 *
 * <p>Six digits are demanded. A row itself is given to 6e-11, which is 6e-9 of a deviation.
 */
class LargeMeansTest {
    private static final double OFFSET = 1e6;
    private static final double DEVIATION = 1e-2;
    private static final double SIX_DIGITS = 1e-6;
    private static final int ROWS = 400;
    private static final int DIMENSION = 3;

    static List<Arguments> clusters() {
        return TestMixtures.UNFACTORED.stream()
                .flatMap(type -> Stream.of(
                        Arguments.of(type, OFFSET, OFFSET + 2 * DEVIATION, DEVIATION, 0.0, 2 * DEVIATION),
                        Arguments.of(type, -OFFSET, OFFSET, OFFSET, 0.0, 20 * DEVIATION)))
                .toList();
    }

    /**
     * As on the same clusters moved to the origin: two deviations apart and moved together; or two million apart, and
     * moved to a distance at which every row is still in its own cluster, to 1e-300. These start as wide as that: the
     * first round sums around the common mean and may lose a variance altogether, the later ones must not. The
     * likelihood may fall in between, which must not pass for convergence.
     */
    @ParameterizedTest
    @MethodSource("clusters")
    void givesWhatTheRowsAtTheOriginGive(
            CovarianceType type, double first, double second, double width, double firstMoved, double secondMoved) {
        DMatrixRMaj rows = rows(first, second);
        DMatrixRMaj moved = rows.copy();
        double[] shifts = {first - firstMoved, second - secondMoved};
        for (int i = 0; i < moved.getNumElements(); i++) {
            moved.data[i] -= shifts[i / DIMENSION % 2];
        }
        MixtureFit fit = Fits.until(
                InMemoryRowBlocks.of(rows, 64), start(type, rows, width * width), 0, MixtureOptions.DEFAULT.stopping());
        assertThat(fit.metrics().converged()).isTrue();
        MixtureParameters found = fit.mixture().gaussian();
        MixtureParameters expected = Fits.rounds(
                        InMemoryRowBlocks.of(moved, 64),
                        start(type, moved, DEVIATION * DEVIATION),
                        0,
                        fit.metrics().rounds())
                .mixture()
                .gaussian();
        for (int k = 0; k < 2; k++) {
            assertThat(found.weight(k)).isCloseTo(expected.weight(k), within(SIX_DIGITS));
            DMatrixRMaj covariance = found.covariance(k);
            for (int i = 0; i < DIMENSION; i++) {
                assertThat(found.means().get(k, i) - shifts[k])
                        .isCloseTo(expected.means().get(k, i), within(SIX_DIGITS * DEVIATION));
                for (int j = 0; j < DIMENSION; j++) {
                    assertThat(covariance.get(i, j))
                            .isCloseTo(expected.covariance(k).get(i, j), within(SIX_DIGITS * DEVIATION * DEVIATION));
                }
            }
        }
    }

    /**
     * Deviations of 1 along (1, 1) and of 1e-6 along (1, −1), means at ±50 along (1, 1). The distance of the means is
     * 100 deviations. Around the common mean, squares of 50 would cancel to a variance of 1e-12 and leave nothing of
     * it.
     *
     * <p>The smaller variance is the difference of entries of size 1, each a sum of n rounded terms, so it is known to
     * within 2 n u.
     */
    @ParameterizedTest
    @EnumSource(names = {"FULL", "TIED"})
    void keepsASmallVarianceAcrossTheDirectionOfTheMeans(CovarianceType type) {
        double small = 1e-6;
        RandomGenerator random = RandomStreams.of(3, Purpose.NOISE);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, 2);
        double exact = 0;
        for (int i = 0; i < ROWS; i++) {
            double along = (i % 2 == 0 ? -50 : 50) + random.nextGaussian();
            double across = small * random.nextGaussian();
            rows.set(i, 0, (along + across) / Math.sqrt(2));
            rows.set(i, 1, (along - across) / Math.sqrt(2));
        }
        for (int cluster = 0; cluster < 2; cluster++) {
            double mean = 0;
            double square = 0;
            for (int i = cluster; i < ROWS; i += 2) {
                double across = (rows.get(i, 0) - rows.get(i, 1)) / Math.sqrt(2);
                mean += across / (ROWS / 2);
                square += across * across / (ROWS / 2);
            }
            exact += (square - mean * mean) / 2;
        }
        DMatrixRMaj tied = new DMatrixRMaj(new double[][] {
            {(1 + small * small) / 2, (1 - small * small) / 2},
            {(1 - small * small) / 2, (1 + small * small) / 2}
        });
        double mean = 50 / Math.sqrt(2);
        MixtureParameters start = MixtureParameters.of(
                type,
                new double[] {0.5, 0.5},
                new DMatrixRMaj(new double[][] {{-mean, -mean}, {mean, mean}}),
                Collections.nCopies(type.matrices(2), tied));
        MixtureParameters found = Fits.rounds(InMemoryRowBlocks.of(rows, 64), start, 0, 10)
                .mixture()
                .gaussian();
        double across = 0;
        for (int k = 0; k < 2; k++) {
            DMatrixRMaj covariance = found.covariance(k);
            across += (covariance.get(0, 0) + covariance.get(1, 1)) / 4 - covariance.get(0, 1) / 2;
        }
        assertThat(across).isCloseTo(exact, within(2 * ROWS * Math.ulp(1.0) / 2));
    }

    /** Row i is in cluster i mod 2; the columns of a row are correlated. */
    private static DMatrixRMaj rows(double first, double second) {
        RandomGenerator random = RandomStreams.of(2, Purpose.NOISE);
        DMatrixRMaj rows = new DMatrixRMaj(ROWS, DIMENSION);
        for (int i = 0; i < ROWS; i++) {
            double common = random.nextGaussian();
            for (int j = 0; j < DIMENSION; j++) {
                double noise = 0.6 * common + 0.8 * random.nextGaussian();
                rows.set(i, j, (i % 2 == 0 ? first : second) + DEVIATION * noise);
            }
        }
        return rows;
    }

    /** The first two rows with one variance in all columns. */
    private static MixtureParameters start(CovarianceType type, DMatrixRMaj rows, double variance) {
        DMatrixRMaj means = new DMatrixRMaj(2, DIMENSION);
        System.arraycopy(rows.data, 0, means.data, 0, 2 * DIMENSION);
        DMatrixRMaj covariance = new DMatrixRMaj(type.rows(2, DIMENSION), type.columns(DIMENSION, 0));
        for (int i = 0; i < covariance.numRows; i++) {
            for (int j = 0; j < covariance.numCols; j++) {
                boolean matrix = type == CovarianceType.FULL || type == CovarianceType.TIED;
                covariance.set(i, j, matrix && i != j ? 0 : variance);
            }
        }
        List<DMatrixRMaj> covariances = Collections.nCopies(type.matrices(2), covariance);
        return MixtureParameters.of(type, new double[] {0.5, 0.5}, means, covariances);
    }
}
