package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.bayes.VariationalPrior;
import io.github.sparklatent.gmm.em.CovariancePrior;
import io.github.sparklatent.gmm.em.GaussianMixtureEm;
import io.github.sparklatent.gmm.em.StatisticsLayout;
import io.github.sparklatent.gmm.initialization.FilledRowBlocks;
import io.github.sparklatent.gmm.initialization.Initialization;
import io.github.sparklatent.gmm.initialization.MappedRowBlocks;
import io.github.sparklatent.gmm.initialization.ReportingRowBlocks;
import io.github.sparklatent.gmm.initialization.StartListener;
import io.github.sparklatent.gmm.initialization.UsualValues;
import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.StoppingRule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * The priors of a training, computed from its rows. All restarts with one number of components have the same prior, so
 * it is computed once for them.
 */
final class MixturePriors {
    /** Rounds that complete the covariances of clusters of filled rows, and find first loadings. */
    private static final StoppingRule COMPLETING = new StoppingRule(5, 0);

    /** Factor above the variance of usual values at which far ones are the reason. */
    private static final double GREATER = 2;

    private final RowBlocks train;
    private final MixtureOptions options;
    private final SampleSize size;
    private final StartListener listener;
    private RowBlocks filled;
    private MixtureParameters clusters;
    private CovariancePrior ofCovariances;
    private UsualValues usual;
    private double[] usualMeans;
    private double[] usualVariances;
    private MixtureParameters whole;

    MixturePriors(RowBlocks train, MixtureOptions options, SampleSize size, StartListener listener) {
        this.train = train;
        this.options = options;
        this.size = size;
        this.listener = listener;
    }

    /** Returns the training rows without missing values, whose means take one traversal for all starts. */
    RowBlocks filled() {
        if (filled == null) {
            filled = FilledRowBlocks.of(train);
        }
        return filled;
    }

    /**
     * Returns the clusters of k-means, whose mean covariance the prior takes as typical; empty if there is no prior. A
     * given initial mixture may be of any width, so it does not serve.
     */
    Optional<MixtureParameters> clusters(int components) {
        if (!options.hasPrior()) {
            return Optional.empty();
        }
        if (clusters == null || clusters.components() != components) {
            MixtureOptions byClusters = options.withInitialization(Initialization.K_MEANS_PARALLEL);
            clusters = new MixtureStart(filled(), byClusters, components, 0, listener).mixture();
            ofCovariances = around(clusters);
        }
        return Optional.of(clusters);
    }

    /** Returns the prior whose typical covariance is that of clusters. */
    CovariancePrior around(MixtureParameters found) {
        CovariancePrior prior =
                CovariancePrior.of(options.covariancePrior(), size, fittedToObserved(found, COMPLETING));
        return prior.isPresent() ? new CovariancePrior(prior.weight(), withoutFarValues(prior.reference())) : prior;
    }

    /**
     * Limits the typical variances to those of the {@linkplain UsualValues usual values} of the whole table. Clusters
     * have no greater ones on average, unless they hold far values. A limited column has no typical covariance with
     * others, because the far values determined it. One traversal finds the ranges; if a variance is beyond them, it
     * takes one more.
     */
    private DMatrixRMaj withoutFarValues(DMatrixRMaj covariance) {
        RowBlocks reporting = new ReportingRowBlocks(train, listener::whileStarting);
        if (usual == null) {
            usual = UsualValues.of(reporting, j -> false, options.seed());
        }
        DMatrixRMaj reference = covariance.copy();
        double[] ranges = Arrays.stream(usual.widths())
                .map(width -> width * width)
                .map(square -> square / (UsualValues.DEVIATIONS * UsualValues.DEVIATIONS))
                .toArray();
        if (!limit(reference, ranges)) {
            return covariance;
        }
        if (usualVariances == null) {
            ColumnMoments moments = new ColumnMoments(usual.centres());
            double[] sums = new MappedRowBlocks(reporting, usual)
                    .sums("moments of usual values", moments)
                    .sums();
            usualMeans = moments.means(sums);
            usualVariances = moments.variances(sums);
        }
        reference = covariance.copy();
        return limit(reference, usualVariances) ? reference : covariance;
    }

    /**
     * Replaces variances that are more than twice as great as those of their columns.
     *
     * @param reference of full, diagonal or spherical form. Modified.
     * @return whether there are any
     */
    private static boolean limit(DMatrixRMaj reference, double[] variances) {
        int d = variances.length;
        boolean isFull = reference.numRows == d && reference.numCols == d;
        boolean isSpherical = reference.getNumElements() == 1;
        double mean = Arrays.stream(variances).average().orElseThrow();
        boolean limited = false;
        for (int j = 0; j < (isSpherical ? 1 : d); j++) {
            int at = isFull ? j * d + j : j;
            double variance = isSpherical ? mean : variances[j];
            if (variance > 0 && reference.data[at] > GREATER * variance) {
                for (int i = 0; isFull && i < d; i++) {
                    reference.set(i, j, 0);
                    reference.set(j, i, 0);
                }
                reference.data[at] = variance;
                limited = true;
            }
        }
        return limited;
    }

    /** Returns the prior of the covariances in expectation-maximisation. */
    CovariancePrior ofCovariances(int components) {
        return clusters(components).map(found -> ofCovariances).orElse(CovariancePrior.NONE);
    }

    /** Returns the prior of all parameters in variational Bayes. */
    VariationalPrior ofParameters(int components) {
        if (whole == null) {
            whole = fittedToObserved(new MixtureStart(filled(), options, 1, 0, listener).whole(), options.stopping());
            DMatrixRMaj given = whole.covariances().get(0);
            DMatrixRMaj usualCovariance = withoutFarValues(given);
            if (usualCovariance != given) {
                DMatrixRMaj means = whole.means().copy();
                for (int j = 0; j < usualMeans.length; j++) {
                    int at = given.getNumElements() == 1 ? 0 : given.numRows == 1 ? j : j * given.numCols + j;
                    if (given.data[at] != usualCovariance.data[at] && !Double.isNaN(usualMeans[j])) {
                        means.data[j] = usualMeans[j];
                    }
                }
                whole = MixtureParameters.of(whole.type(), whole.weights(), means, List.of(usualCovariance));
            }
        }
        return VariationalPrior.of(options.bayes(), components, whole, size);
    }

    /**
     * Fits a mixture of filled rows to the observed values, if values are missing: the variances of filled rows are too
     * small, and no round would correct those of a prior. A mixture with factored covariances is fitted, too, because
     * its loadings are random.
     */
    private MixtureParameters fittedToObserved(MixtureParameters filled, StoppingRule rule) {
        if (train.isComplete() && !filled.type().isFactored()) {
            return filled;
        }
        var problem =
                new GaussianMixtureEm(StatisticsLayout.of(filled), options.regularization(), CovariancePrior.NONE);
        RowBlocks reporting = new ReportingRowBlocks(train, listener::whileStarting);
        return EmLoop.run(problem, reporting, EmState.start(filled), rule, EmListener.endingWhen(listener::isOver))
                .model();
    }
}
