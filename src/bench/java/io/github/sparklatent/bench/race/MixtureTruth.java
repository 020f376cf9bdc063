package io.github.sparklatent.bench.race;

import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixedSampler;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The mixture that the rows of a case are drawn from, and the start of its fits. Both are functions of the case.
 *
 * <p>Centres are a few deviations apart, so that components overlap. The deviation is {@value #DEVIATION} because MLlib
 * adds 2.2e-16 to each density: with a deviation of 1 the densities of 30 and more dimensions vanish next to it, with
 * {@value #DEVIATION} they are above 1.
 */
final class MixtureTruth {
    private static final double DEVIATION = 0.1;
    private static final long SEED = 1;

    private final MixtureCase problem;
    private final int components;
    private final int dimension;
    private final double spread;

    /** Draws from N(0, I). Row i is a function of i. */
    private final MixedSampler normal;

    MixtureTruth(MixtureCase problem) {
        this.problem = problem;
        this.components = problem.components();
        this.dimension = problem.dimension();
        this.spread = DEVIATION * problem.distance() / Math.sqrt(2.0 * dimension);
        MixtureParameters ball = MixtureParameters.of(
                CovarianceType.SPHERICAL,
                new double[] {1},
                new DMatrixRMaj(1, dimension),
                List.of(new DMatrixRMaj(new double[][] {{1}})));
        this.normal = new MixedSampler(MixedMixture.of(ball), SEED);
    }

    /** Returns the sampler of the rows. */
    MixedSampler sampler() {
        DMatrixRMaj means = new DMatrixRMaj(components, dimension);
        for (int k = 0; k < components; k++) {
            setRow(means, k, normal.row(k, 0));
        }
        CommonOps_DDRM.scale(spread, means);
        List<DMatrixRMaj> covariances = switch (problem.covariance()) {
            case FULL ->
                IntStream.range(0, components).mapToObj(this::correlated).toList();
            case TIED -> List.of(correlated(0));
            case DIAGONAL -> List.of(variances(dimension));
            case SPHERICAL -> List.of(variances(1));
            case FACTOR, PPCA ->
                IntStream.range(0, components).mapToObj(this::factored).toList();
        };
        MixtureParameters mixture = MixtureParameters.of(problem.covariance(), weights(), means, covariances);
        return new MixedSampler(MixedMixture.of(mixture), SEED + 1);
    }

    /**
     * Returns a start that is far from every solution: the first rows as means, each with the same spherical
     * covariance.
     */
    MixtureParameters start() {
        MixedSampler sampler = sampler();
        DMatrixRMaj means = new DMatrixRMaj(components, dimension);
        for (int k = 0; k < components; k++) {
            setRow(means, k, sampler.row(k, sampler.component(k)));
        }
        List<DMatrixRMaj> balls = switch (problem.covariance()) {
            case FULL -> Collections.nCopies(components, ball());
            case TIED -> List.of(ball());
            case DIAGONAL -> List.of(filled(dimension));
            case SPHERICAL -> List.of(filled(1));
            case FACTOR, PPCA ->
                IntStream.range(0, components)
                        .mapToObj(k -> packed((long) components * (MixtureCase.FACTORS + 1), 0.1, startVariance()))
                        .toList();
        };
        return MixtureParameters.of(problem.covariance(), weights(), means, balls);
    }

    /** Variance of a column over all components, approximately. */
    double startVariance() {
        return DEVIATION * DEVIATION + spread * spread;
    }

    /** DEVIATION² (½ I + ½ A Aᵀ), the elements of A being normal and its rows of mean length 1. */
    private DMatrixRMaj factored(int component) {
        return packed(components + (long) component * MixtureCase.FACTORS, 0.5, DEVIATION * DEVIATION);
    }

    /**
     * Returns loadings that explain a share of the variance of each column on average, and the noise that explains the
     * rest.
     *
     * @param first index of the first draw of the loadings
     */
    private DMatrixRMaj packed(long first, double share, double variance) {
        DMatrixRMaj packed = new DMatrixRMaj(dimension, MixtureCase.FACTORS + 1);
        for (int i = 0; i < MixtureCase.FACTORS; i++) {
            double[] noise = normal.row(first + i, 0);
            for (int j = 0; j < dimension; j++) {
                packed.set(j, i, Math.sqrt(share * variance / MixtureCase.FACTORS) * noise[j]);
            }
        }
        for (int j = 0; j < dimension; j++) {
            packed.set(j, MixtureCase.FACTORS, (1 - share) * variance);
        }
        return packed;
    }

    private DMatrixRMaj ball() {
        DMatrixRMaj ball = CommonOps_DDRM.identity(dimension);
        CommonOps_DDRM.scale(startVariance(), ball);
        return ball;
    }

    private DMatrixRMaj filled(int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(components, columns);
        CommonOps_DDRM.fill(matrix, startVariance());
        return matrix;
    }

    private double[] weights() {
        double[] weights = new double[components];
        Arrays.fill(weights, 1.0 / components);
        return weights;
    }

    /** DEVIATION² (½ I + ½ A Aᵀ / d), the elements of A being normal. */
    private DMatrixRMaj correlated(int component) {
        DMatrixRMaj noise = new DMatrixRMaj(dimension, dimension);
        for (int j = 0; j < dimension; j++) {
            setRow(noise, j, normal.row(components + (long) component * dimension + j, 0));
        }
        DMatrixRMaj matrix = CommonOps_DDRM.identity(dimension);
        CommonOps_DDRM.multAddTransB(1.0 / dimension, noise, noise, matrix);
        CommonOps_DDRM.scale(DEVIATION * DEVIATION / 2, matrix);
        return matrix;
    }

    /** DEVIATION² exp(½ ε), the elements of ε being normal; K × columns. */
    private DMatrixRMaj variances(int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(components, columns);
        for (int k = 0; k < components; k++) {
            double[] noise = normal.row(components + (long) k, 0);
            for (int j = 0; j < columns; j++) {
                matrix.set(k, j, DEVIATION * DEVIATION * Math.exp(0.5 * noise[j]));
            }
        }
        return matrix;
    }

    private static void setRow(DMatrixRMaj matrix, int row, double[] values) {
        System.arraycopy(values, 0, matrix.data, row * matrix.numCols, values.length);
    }
}
