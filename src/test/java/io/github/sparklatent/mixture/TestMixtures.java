package io.github.sparklatent.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparklatent.learn.QuantileKnots;
import io.github.sparklatent.linalg.TestMatrices;
import io.github.sparklatent.mixture.MixedColumns.Column;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Mixtures and rows for tests: functions of their arguments. */
public final class TestMixtures {
    /** The types without loadings. */
    public static final List<CovarianceType> UNFACTORED = Arrays.stream(CovarianceType.values())
            .filter(type -> !type.isFactored())
            .toList();

    /** Ends of the bins of the histogram of {@link #typed}. */
    public static final List<Double> KNOTS = List.of(0.0, 1.0, 2.0, 4.0, 7.0);

    private static final HistogramBins BINS = new HistogramBins(
            new QuantileKnots(KNOTS.stream().mapToDouble(x -> x).toArray(), new double[] {1, 1, 1, 1}),
            new int[] {0, 1, 2, 3});

    private TestMixtures() {}

    /**
     * Covariances of deviations near 1, normal means times the spread around the offset, weights in the ratio 1 : 2 :
     * ... : k.
     */
    public static MixtureParameters of(CovarianceType type, int k, int d, double spread, double offset, long seed) {
        double[] weights = new double[k];
        for (int i = 0; i < k; i++) {
            weights[i] = (i + 1) / (0.5 * k * (k + 1));
        }
        DMatrixRMaj means = TestMatrices.normal(k, d, seed);
        for (int i = 0; i < means.getNumElements(); i++) {
            means.data[i] = offset + spread * means.data[i];
        }
        return MixtureParameters.of(type, weights, means, covariances(type, k, d, seed));
    }

    private static List<DMatrixRMaj> covariances(CovarianceType type, int k, int d, long seed) {
        List<DMatrixRMaj> covariances = new ArrayList<>();
        for (int i = 0; i < type.matrices(k); i++) {
            switch (type) {
                case FACTOR, PPCA -> covariances.add(factored(type, d, seed + i));
                case FULL, TIED -> covariances.add(TestMatrices.covariance(d, seed + i));
                case DIAGONAL, SPHERICAL -> {
                    DMatrixRMaj variances = TestMatrices.uniform(k, type.columns(d, 0), seed + i);
                    for (int j = 0; j < variances.getNumElements(); j++) {
                        variances.data[j] = Math.exp(variances.data[j]);
                    }
                    covariances.add(variances);
                }
            }
        }
        return covariances;
    }

    /** Two columns of loadings, or fewer, and noise variances near 1. */
    private static DMatrixRMaj factored(CovarianceType type, int d, long seed) {
        DMatrixRMaj packed = TestMatrices.normal(d, Math.min(2, d - 1) + 1, seed);
        DMatrixRMaj noise = TestMatrices.uniform(d, 1, seed);
        for (int j = 0; j < d; j++) {
            double log = noise.get(type == CovarianceType.PPCA ? 0 : j);
            packed.set(j, packed.numCols - 1, Math.exp(log));
        }
        return packed;
    }

    /** The same mixture with a column of each other family between its columns. */
    public static MixedMixture typed(MixtureParameters gaussian, long seed) {
        List<Column> others = List.of(
                new Column(CellFamily.CATEGORICAL, 3),
                new Column(CellFamily.POISSON, 60),
                Column.of(BINS),
                new Column(CellFamily.NEGATIVE_BINOMIAL, 90),
                new Column(CellFamily.STUDENT_T, 0));
        List<Column> columns = new ArrayList<>(others);
        for (int j = 0; j < gaussian.dimension(); j++) {
            columns.add(Math.min(2 * j, columns.size()), new Column(CellFamily.GAUSSIAN, 0));
        }
        int k = gaussian.components();
        DMatrixRMaj numbers = new DMatrixRMaj(k, 2);
        CommonOps_DDRM.add(TestMatrices.uniform(k, 2, seed), 3, numbers);
        DMatrixRMaj student = new DMatrixRMaj(k, 3);
        CommonOps_DDRM.insert(numbers, student, 0, 0);
        CommonOps_DDRM.insert(CommonOps_DDRM.extract(numbers, 0, k, 0, 1), student, 0, 2);
        return new MixedMixture(
                new MixedColumns(columns),
                gaussian.weights(),
                gaussian,
                List.of(
                        shares(k, 3, seed),
                        CommonOps_DDRM.extract(numbers, 0, k, 0, 1),
                        shares(k, BINS.count(), seed + 1),
                        numbers),
                List.of(student));
    }

    /** Rows drawn from a mixture: n × d. */
    public static DMatrixRMaj drawn(MixedMixture mixture, int n, long seed) {
        MixedSampler sampler = new MixedSampler(mixture, seed);
        return new DMatrixRMaj(IntStream.range(0, n)
                .mapToObj(i -> sampler.row(i, sampler.component(i)))
                .toArray(double[][]::new));
    }

    /** Rows drawn from a Gaussian mixture: n × d. */
    public static DMatrixRMaj drawn(MixtureParameters mixture, int n, long seed) {
        return drawn(MixedMixture.of(mixture), n, seed);
    }

    /** Rows scattered around each mean in turn with deviations of about 1.5: n × d. */
    public static DMatrixRMaj rowsAround(MixtureParameters mixture, int n, long seed) {
        DMatrixRMaj rows = TestMatrices.normal(n, mixture.dimension(), seed);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < mixture.dimension(); j++) {
                double mean = mixture.means().get(i % mixture.components(), j);
                rows.set(i, j, mean + 1.5 * rows.get(i, j));
            }
        }
        return rows;
    }

    /** Positive weights between 1/2 and 5/2. */
    public static double[] weights(int n, long seed) {
        return new SplittableRandom(seed).doubles(n, 0.5, 2.5).toArray();
    }

    /** Random shares, rows of sum 1: n × k. */
    public static DMatrixRMaj shares(int n, int k, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        DMatrixRMaj shares = new DMatrixRMaj(n, k);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int j = 0; j < k; j++) {
                shares.set(i, j, random.nextDouble());
                sum += shares.get(i, j);
            }
            for (int j = 0; j < k; j++) {
                shares.set(i, j, shares.get(i, j) / sum);
            }
        }
        return shares;
    }

    /** Requires that all numbers of two objects are equal, to the bit but for kinds of NaN. */
    public static void assertSame(Object found, Object expected) {
        assertThat(found)
                .usingRecursiveComparison()
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(expected);
    }
}
