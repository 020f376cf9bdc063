package io.github.sparklatent.bench.clustering;

import io.github.sparklatent.bench.data.Matrices;
import io.github.sparklatent.learn.RandomStreams;
import io.github.sparklatent.learn.RandomStreams.Purpose;
import io.github.sparklatent.learn.em.InMemoryRowBlocks;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.MixtureScores;
import io.github.sparklatent.mixture.gaussian.CovarianceType;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.MixtureTrainer;
import io.github.sparklatent.mixture.training.SearchListener;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Clusters by a Gaussian mixture. */
final class MixtureClusters {
    private static final int BLOCK = 1024;

    /** Rows that restarts are fitted to. */
    private static final int SOME = 10_000;

    private static final int RESTARTS = 12;

    /** Regularisation of codes, as a share of their mean variance. */
    private static final double SHARE = 1e-4;

    private MixtureClusters() {}

    /** Returns the component of each row. The mixture is initialised by k-means. */
    static int[] of(FMatrixRMaj rows, CovarianceType covariance, double regularization, long seed) {
        DMatrixRMaj values = Matrices.doubles(rows);
        return components(fit(values, options(covariance, regularization, seed), null), values);
    }

    /** Does the same for codes, with a regularisation in proportion to their variance. */
    static int[] ofCodes(FMatrixRMaj codes, CovarianceType covariance, long seed) {
        return of(codes, covariance, SHARE * Matrices.meanVariance(codes), seed);
    }

    /**
     * Returns the component of each code under a mixture of full covariances. The mixture starts with twice as many
     * components. It is the one with most mutual information among twelve mixtures of some of the rows.
     */
    static int[] merged(FMatrixRMaj codes, long seed) {
        MixtureOptions options = options(CovarianceType.FULL, SHARE * Matrices.meanVariance(codes), seed)
                .withInitialization(Initialization.OVER_CLUSTERING)
                .withRestarts(RESTARTS);
        DMatrixRMaj values = Matrices.doubles(codes);
        MixtureParameters best = fit(some(values, seed), options, null);
        return components(fit(values, options, best), values);
    }

    private static MixtureOptions options(CovarianceType covariance, double regularization, long seed) {
        return MixtureOptions.DEFAULT
                .withComponents(List.of(ClusterSetting.CLUSTERS))
                .withCovariance(covariance)
                .withRegularization(regularization)
                .withPriorRows(0)
                .withSeed(seed);
    }

    private static MixtureParameters fit(DMatrixRMaj values, MixtureOptions options, MixtureParameters initial) {
        return new MixtureTrainer(InMemoryRowBlocks.of(values, BLOCK), null, options, initial, SearchListener.none())
                .fit()
                .best()
                .mixture()
                .gaussian();
    }

    /** Draws distinct rows, or returns all rows if they are few. */
    private static DMatrixRMaj some(DMatrixRMaj values, long seed) {
        if (values.numRows <= SOME) {
            return values;
        }
        RandomGenerator random = RandomStreams.of(seed, Purpose.START_ROWS);
        int[] order = IntStream.range(0, values.numRows).toArray();
        DMatrixRMaj some = new DMatrixRMaj(SOME, values.numCols);
        for (int i = 0; i < SOME; i++) {
            int other = i + random.nextInt(order.length - i);
            int row = order[other];
            order[other] = order[i];
            System.arraycopy(values.data, row * values.numCols, some.data, i * some.numCols, some.numCols);
        }
        return some;
    }

    private static int[] components(MixtureParameters mixture, DMatrixRMaj values) {
        MixtureScores density = new MixtureScores(new MixedDensity(MixedMixture.of(mixture)));
        int[] components = new int[values.numRows];
        for (int from = 0; from < values.numRows; from += BLOCK) {
            int to = Math.min(values.numRows, from + BLOCK);
            density.evaluate(CommonOps_DDRM.extract(values, from, to, 0, values.numCols));
            DMatrixRMaj shares = density.responsibilities();
            for (int i = from; i < to; i++) {
                for (int k = 1; k < shares.numCols; k++) {
                    if (shares.get(i - from, k) > shares.get(i - from, components[i])) {
                        components[i] = k;
                    }
                }
            }
        }
        return components;
    }
}
