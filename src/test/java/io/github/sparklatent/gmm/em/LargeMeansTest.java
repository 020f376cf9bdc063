package io.github.sparklatent.gmm.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparklatent.gmm.Fits;
import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.MixtureOptions;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

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

    /** Twenty deviations apart in each column every row is in its own cluster, to 1e-300. */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void givesTheExactStatisticsOfSeparatedClusters(CovarianceType type) {
        DMatrixRMaj rows = rows(OFFSET, OFFSET + 20 * DEVIATION);
        assertExactStatistics(fit(rows, start(type, rows, DEVIATION * DEVIATION)), rows);
    }

    /**
     * The same, where the common mean is a million from each, and from a start as wide as that: the first round still
     * sums around the common mean and may lose a variance altogether, the later ones must not. The likelihood may fall
     * in between, which must not pass for convergence.
     */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void givesTheExactStatisticsOfDistantClusters(CovarianceType type) {
        DMatrixRMaj rows = rows(-OFFSET, OFFSET);
        MixtureParameters start = start(type, rows, OFFSET * OFFSET);
        StoppingRule rule = MixtureOptions.DEFAULT.stopping();
        MixtureFit<MixtureParameters> fit = Fits.until(InMemoryRowBlocks.of(rows, 64), start, 0, rule);
        assertThat(fit.metrics().converged()).isTrue();
        assertExactStatistics(fit.mixture(), rows);
    }

    /** Two deviations apart: as on the same rows moved to the origin, which is exact in doubles. */
    @ParameterizedTest
    @FieldSource("io.github.sparklatent.gmm.TestMixtures#UNFACTORED")
    void givesWhatTheRowsAtTheOriginGive(CovarianceType type) {
        DMatrixRMaj rows = rows(OFFSET, OFFSET + 2 * DEVIATION);
        DMatrixRMaj moved = rows.copy();
        for (int i = 0; i < moved.getNumElements(); i++) {
            moved.data[i] -= OFFSET;
        }
        MixtureParameters found = fit(rows, start(type, rows, DEVIATION * DEVIATION));
        MixtureParameters expected = fit(moved, start(type, moved, DEVIATION * DEVIATION));
        for (int k = 0; k < 2; k++) {
            assertThat(found.weight(k)).isCloseTo(expected.weight(k), within(SIX_DIGITS));
            DMatrixRMaj covariance = found.covariance(k);
            for (int i = 0; i < DIMENSION; i++) {
                assertThat(found.means().get(k, i) - OFFSET)
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
        MixtureParameters found = fit(rows, start);
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

    private static MixtureParameters fit(DMatrixRMaj rows, MixtureParameters start) {
        return Fits.rounds(InMemoryRowBlocks.of(rows, 64), start, 0, 10).mixture();
    }

    private static void assertExactStatistics(MixtureParameters found, DMatrixRMaj rows) {
        double[][] means = {exactMeans(rows, 0), exactMeans(rows, 1)};
        DMatrixRMaj[] covariances = {exactCovariance(rows, 0), exactCovariance(rows, 1)};
        for (int k = 0; k < 2; k++) {
            assertThat(found.weight(k)).isCloseTo(0.5, within(SIX_DIGITS));
            DMatrixRMaj covariance = found.covariance(k);
            for (int i = 0; i < DIMENSION; i++) {
                assertThat(found.means().get(k, i)).isCloseTo(means[k][i], within(SIX_DIGITS * DEVIATION));
                for (int j = 0; j < DIMENSION; j++) {
                    assertThat(covariance.get(i, j))
                            .as("covariance %d, columns %d and %d", k, i, j)
                            .isCloseTo(
                                    expected(found.type(), covariances, k, i, j),
                                    within(SIX_DIGITS * DEVIATION * DEVIATION));
                }
            }
        }
    }

    /** What the type makes of the clusters' covariances; the clusters are of one size. */
    private static double expected(CovarianceType type, DMatrixRMaj[] covariances, int k, int i, int j) {
        double trace = 0;
        for (int c = 0; c < DIMENSION; c++) {
            trace += covariances[k].get(c, c);
        }
        return switch (type) {
            case FULL -> covariances[k].get(i, j);
            case TIED -> (covariances[0].get(i, j) + covariances[1].get(i, j)) / 2;
            case DIAGONAL -> i == j ? covariances[k].get(i, i) : 0;
            case SPHERICAL -> i == j ? trace / DIMENSION : 0;
            case FACTOR, PPCA -> throw new IllegalArgumentException();
        };
    }

    private static double[] exactMeans(DMatrixRMaj rows, int cluster) {
        double[] means = new double[DIMENSION];
        for (int j = 0; j < DIMENSION; j++) {
            means[j] = exactMean(rows, cluster, j).doubleValue();
        }
        return means;
    }

    private static BigDecimal exactMean(DMatrixRMaj rows, int cluster, int column) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = cluster; i < ROWS; i += 2) {
            sum = sum.add(new BigDecimal(rows.get(i, column)));
        }
        return sum.divide(BigDecimal.valueOf(ROWS / 2), MathContext.DECIMAL128);
    }

    private static DMatrixRMaj exactCovariance(DMatrixRMaj rows, int cluster) {
        DMatrixRMaj covariance = new DMatrixRMaj(DIMENSION, DIMENSION);
        for (int a = 0; a < DIMENSION; a++) {
            for (int b = 0; b < DIMENSION; b++) {
                BigDecimal meanA = exactMean(rows, cluster, a);
                BigDecimal meanB = exactMean(rows, cluster, b);
                BigDecimal sum = BigDecimal.ZERO;
                for (int i = cluster; i < ROWS; i += 2) {
                    BigDecimal deviation = new BigDecimal(rows.get(i, a)).subtract(meanA);
                    BigDecimal other = new BigDecimal(rows.get(i, b)).subtract(meanB);
                    sum = sum.add(deviation.multiply(other));
                }
                covariance.set(a, b, sum.doubleValue() / (ROWS / 2));
            }
        }
        return covariance;
    }
}
