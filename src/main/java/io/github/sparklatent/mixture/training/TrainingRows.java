package io.github.sparklatent.mixture.training;

import io.github.sparklatent.learn.SampleSize;
import io.github.sparklatent.learn.em.ColumnMoments;
import io.github.sparklatent.learn.em.EmListener;
import io.github.sparklatent.learn.em.EmLoop;
import io.github.sparklatent.learn.em.EmState;
import io.github.sparklatent.learn.em.ExpectationMaximization;
import io.github.sparklatent.learn.em.MappedRowBlocks;
import io.github.sparklatent.learn.em.RowBlocks;
import io.github.sparklatent.learn.em.RowWeights;
import io.github.sparklatent.learn.em.StoppingRule;
import io.github.sparklatent.learn.em.UsualValues;
import io.github.sparklatent.mixture.ColumnTotals;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.bayes.VariationalPrior;
import io.github.sparklatent.mixture.em.ComponentPrior;
import io.github.sparklatent.mixture.em.CovariancePrior;
import io.github.sparklatent.mixture.em.MixtureEm;
import io.github.sparklatent.mixture.em.MixtureLayout;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.initialization.Initialization;
import io.github.sparklatent.mixture.initialization.ReportingRowBlocks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * The rows of a training, with what starts and priors take from them. All restarts with one number of components have
 * the same prior, so it is computed once for them.
 */
final class TrainingRows {
    /** Rounds that complete the covariances of clusters of filled rows, and find first loadings. */
    private static final StoppingRule COMPLETING = new StoppingRule(5, 0);

    /** Factor above the variance of usual values at which far ones are the reason. */
    private static final double GREATER = 2;

    private final RowBlocks train;
    private final MixedColumns columns;
    private final MixtureOptions options;
    private final SearchListener listener;
    private final boolean isGaussian;
    private SampleSize size;
    private RowBlocks filled;
    private ColumnTotals totals;
    private MixedMixture clusters;
    private CovariancePrior ofClusters;
    private UsualValues usual;
    private double[] usualMeans;
    private double[] usualVariances;
    private MixedMixture whole;

    TrainingRows(RowBlocks train, MixedColumns columns, MixtureOptions options, SearchListener listener) {
        this.train = train;
        this.columns = columns;
        this.options = options;
        this.listener = listener;
        this.isGaussian = columns.gaussian().length == columns.size();
    }

    /** Returns the rows of starts with other options. */
    TrainingRows starting(MixtureOptions other) {
        TrainingRows rows = new TrainingRows(starting(), columns, other, listener);
        rows.size = size;
        return rows;
    }

    RowBlocks train() {
        return train;
    }

    MixedColumns columns() {
        return columns;
    }

    MixtureOptions options() {
        return options;
    }

    SearchListener listener() {
        return listener;
    }

    boolean isGaussian() {
        return isGaussian;
    }

    /**
     * Returns the rows that a fit starts from: if all columns are Gaussian, without missing values, whose means take
     * one traversal for all starts.
     */
    RowBlocks starting() {
        if (filled == null) {
            filled = isGaussian && !train.isComplete()
                    ? new MappedRowBlocks(train, new Filling(ColumnMoments.means(train)))
                    : train;
        }
        return filled;
    }

    /**
     * Replaces missing values.
     *
     * @param means means of the columns, d numbers. Not to be modified.
     */
    private record Filling(double[] means) implements MappedRowBlocks.Mapping {
        @Override
        public int width() {
            return means.length;
        }

        @Override
        public void map(double[] rows, int from, double[] mapped, int to) {
            for (int j = 0; j < means.length; j++) {
                double value = rows[from + j];
                mapped[to + j] = Double.isNaN(value) ? means[j] : value;
            }
        }
    }

    /** Returns the rows with reports to the listener. */
    RowBlocks reporting() {
        return new ReportingRowBlocks(train, listener::whileStarting);
    }

    /** Returns the number and the weight of the rows. */
    SampleSize size() {
        if (size == null) {
            size = RowWeights.of(train);
        }
        return size;
    }

    /** Runs rounds of a start. */
    <M> M fitted(ExpectationMaximization<M> problem, RowBlocks data, M start, StoppingRule rule) {
        return EmLoop.run(problem, data, EmState.start(start), rule, EmListener.endingWhen(listener::isOver))
                .model();
    }

    /** Returns what is known of the whole columns. */
    ColumnTotals totals() {
        if (totals == null) {
            totals = ColumnTotals.of(columns, reporting(), options.seed());
        }
        return totals;
    }

    /**
     * Returns the prior in expectation-maximisation, with that of the covariances around clusters.
     *
     * @param found clusters; null or without Gaussian columns: covariances have no prior
     */
    ComponentPrior prior(int components, MixedMixture found) {
        ComponentPrior ofCells =
                isGaussian ? ComponentPrior.NONE : ComponentPrior.of(options.priorRows(), size(), totals(), components);
        return found == null || found.gaussian() == null ? ofCells : ofCells.with(around(found));
    }

    /** Returns the prior in expectation-maximisation. */
    ComponentPrior prior(int components) {
        ComponentPrior ofCells = prior(components, null);
        return clusters(components).map(found -> ofCells.with(ofClusters)).orElse(ofCells);
    }

    /**
     * Returns the clusters of k-means, whose mean covariance the prior takes as typical; empty if there is no prior. A
     * given initial mixture may be of any width, so it does not serve.
     */
    Optional<MixedMixture> clusters(int components) {
        if (!options.hasPrior() || columns.gaussian().length == 0) {
            return Optional.empty();
        }
        if (clusters == null || clusters.components() != components) {
            MixtureOptions byClusters = options.withInitialization(Initialization.K_MEANS_PARALLEL);
            clusters = new MixtureStart(this, byClusters, components, 0).mixture();
            ofClusters = around(clusters);
        }
        return Optional.of(clusters);
    }

    /** Returns the prior whose typical covariance is that of clusters. */
    private CovariancePrior around(MixedMixture found) {
        CovariancePrior prior = CovariancePrior.of(
                options.priorRows(), size(), fittedToObserved(found, COMPLETING).gaussian());
        return prior.isPresent() ? new CovariancePrior(prior.weight(), withoutFarValues(prior.reference())) : prior;
    }

    /**
     * Limits the typical variances to those of the {@linkplain UsualValues usual values} of the whole table. Clusters
     * have no greater ones on average, unless they hold far values. A limited column has no typical covariance with
     * others, because the far values determined it. One traversal finds the ranges; if a variance is beyond them, it
     * takes one more.
     */
    private DMatrixRMaj withoutFarValues(DMatrixRMaj covariance) {
        if (!isGaussian) {
            usual = totals().usual();
            usualMeans = columns.gaussian(totals().means());
            usualVariances = columns.gaussian(totals().variances());
        }
        if (usual == null) {
            usual = UsualValues.of(reporting(), j -> false, options.seed());
        }
        DMatrixRMaj reference = covariance.copy();
        double[] ranges = Arrays.stream(columns.gaussian(usual.widths()))
                .map(width -> width * width)
                .map(square -> square / (UsualValues.DEVIATIONS * UsualValues.DEVIATIONS))
                .toArray();
        if (!limit(reference, ranges)) {
            return covariance;
        }
        if (usualVariances == null) {
            ColumnMoments moments = new ColumnMoments(usual.centres());
            double[] sums = new MappedRowBlocks(reporting(), usual)
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

    /** Returns the prior of all parameters in variational Bayes. */
    VariationalPrior ofParameters(int components) {
        if (whole == null && columns.gaussian().length > 0) {
            whole = fittedToObserved(new MixtureStart(this, options, 1, 0).whole(), options.stopping());
            MixtureParameters numbers = whole.gaussian();
            DMatrixRMaj given = numbers.covariances().get(0);
            DMatrixRMaj usualCovariance = withoutFarValues(given);
            if (usualCovariance != given) {
                DMatrixRMaj means = numbers.means().copy();
                for (int j = 0; j < usualMeans.length; j++) {
                    int at = given.getNumElements() == 1 ? 0 : given.numRows == 1 ? j : j * given.numCols + j;
                    if (given.data[at] != usualCovariance.data[at] && !Double.isNaN(usualMeans[j])) {
                        means.data[j] = usualMeans[j];
                    }
                }
                whole = whole.with(
                        MixtureParameters.of(numbers.type(), numbers.weights(), means, List.of(usualCovariance)));
            }
        }
        return VariationalPrior.of(options.bayes(), components, whole == null ? null : whole.gaussian(), size());
    }

    /**
     * Fits a mixture of filled rows to the observed values, if values are missing: the variances of filled rows are too
     * small, and no round would correct those of a prior. A mixture with factored covariances is fitted, too, because
     * its loadings are random.
     */
    private MixedMixture fittedToObserved(MixedMixture start, StoppingRule rule) {
        if (train.isComplete() && !start.gaussian().type().isFactored()) {
            return start;
        }
        MixtureEm problem =
                new MixtureEm(MixtureLayout.of(start), options.regularization(), prior(start.components(), null));
        return fitted(problem, reporting(), start, rule);
    }
}
