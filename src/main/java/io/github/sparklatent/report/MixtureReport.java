package io.github.sparklatent.report;

import io.github.sparklatent.gmm.Candidate;
import io.github.sparklatent.gmm.CovarianceType;
import io.github.sparklatent.gmm.Criterion;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.Round;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * What {@link ReportWriter} needs to know of one fitted mixture: figures and a sample of projected
 * rows, not the table. K is the number of components, d that of features. Figures that were not
 * measured are NaN, parts that do not exist are null or empty, as each field says. Components are
 * counted from 0, as in the column {@code component}.
 *
 * @param title heading of the page, such as the name of the result
 * @param fit the figures of the fit
 * @param events what happened on the way and should be known, each a sentence (a component
 *     reinitialized, a covariance regularised); empty: nothing
 * @param rounds the rounds of the chosen fit, in order; empty: not recorded
 * @param otherRuns restarts and other numbers of components that were not kept; empty: none
 * @param choice the comparison of several numbers of components; null: one was fitted
 * @param components weights and rows
 * @param means where the components lie
 * @param scatter a sample of rows in the plane; null: left out
 * @param confusion components against labels; null: no label
 * @param seconds the time of each part of the job
 * @param origin where the result comes from
 */
public record MixtureReport(
        String title,
        Fit fit,
        List<String> events,
        List<Round> rounds,
        List<Curve> otherRuns,
        Choice choice,
        Components components,
        Means means,
        Scatter scatter,
        Confusion confusion,
        JobSeconds seconds,
        RunOrigin origin) {

    public MixtureReport {
        events = List.copyOf(events);
        rounds = List.copyOf(rounds);
        otherRuns = List.copyOf(otherRuns);
        requireSize("components.weights", components.weights().length, fit.components());
        requireSize("rows of means", means.means().numRows, fit.components());
        requireSize("columns of means", means.means().numCols, fit.features());
        if (scatter != null) {
            requireSize("rows of scatter.means", scatter.means().numRows, fit.components());
        }
        if (confusion != null && confusion.counts().length > 0) {
            requireSize(
                    "columns of confusion.counts", confusion.counts()[0].length, fit.components());
        }
    }

    /**
     * @param components K
     * @param covariance the form of the covariances
     * @param features d
     * @param rows rows the mixture was fitted to
     * @param holdoutRows rows held out; 0: none
     * @param skippedRows rows left out because of invalid values
     * @param weight of the rows fitted to; as many as these without row weights
     * @param holdoutWeight of the rows held out
     * @param parameters free parameters
     * @param rounds rounds of the chosen fit
     * @param converged whether the change fell under the tolerance
     * @param tolerance the change of the mean log-likelihood at which the fit stops
     * @param meanLogLikelihood of the rows fitted to, in nats per row
     * @param holdoutMeanLogLikelihood of the rows held out, in nats per row; NaN: none
     * @param bic Bayesian information criterion, lower is better
     * @param aic Akaike's information criterion, lower is better
     * @param further figures beside these, in order; empty: none
     * @param scale how the rows were scaled before: none, standard, minmax, unit; log-likelihoods
     *     are those of the scaled rows
     * @param logJacobian what a row's log-likelihood differs by in the table's units; NaN: it has
     *     none there
     */
    public record Fit(
            int components,
            CovarianceType covariance,
            int features,
            long rows,
            long holdoutRows,
            long skippedRows,
            double weight,
            double holdoutWeight,
            long parameters,
            int rounds,
            boolean converged,
            double tolerance,
            double meanLogLikelihood,
            double holdoutMeanLogLikelihood,
            double bic,
            double aic,
            List<FurtherFigure> further,
            String scale,
            double logJacobian) {
        public Fit {
            further = List.copyOf(further);
        }
    }

    /**
     * A run that was not kept.
     *
     * @param name such as "restart 2" or "5 components"
     * @param objective the mean log-likelihood, round by round. Not modified.
     */
    public record Curve(String name, double[] objective) {}

    /**
     * @param criterion by what the number of components was chosen
     * @param candidates all fits, restarts too
     */
    public record Choice(Criterion criterion, List<Candidate> candidates) {
        public Choice {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * @param weights K. Mixture weights, their sum 1. Not modified.
     * @param rows K. Rows (or their weight) that belong to the component more than to any other;
     *     empty: not counted. Not modified.
     */
    public record Components(double[] weights, double[] rows) {
        public Components {
            Require.that(
                    rows.length == 0 || rows.length == weights.length,
                    "components.rows has %s elements, expected %s or none",
                    rows.length,
                    weights.length);
        }
    }

    /**
     * @param features d names
     * @param means K x d. In the units of the table. Not modified.
     * @param deviations d. Standard deviations within a component, pooled over the components. Not
     *     modified.
     * @param image the features' arrangement when they are the pixels of an image; null: they are
     *     not
     */
    public record Means(
            List<String> features, DMatrixRMaj means, double[] deviations, Image image) {
        public Means {
            features = List.copyOf(features);
            requireSize("means.features", features.size(), means.numCols);
            requireSize("means.deviations", deviations.length, means.numCols);
            if (image != null) {
                requireSize("pixels of means.image", image.size(), means.numCols);
            }
        }
    }

    /**
     * @param points m x 2. A sample of rows in the plane ({@link Projection}). Not modified.
     * @param components m. The component of each. Not modified.
     * @param means K x 2. The components' means in the plane. Not modified.
     * @param covariances K matrices 2 x 2, the components' covariances in the plane; empty: not
     *     drawn
     * @param rows how many rows the sample stands for
     */
    public record Scatter(
            DMatrixRMaj points,
            int[] components,
            DMatrixRMaj means,
            List<DMatrixRMaj> covariances,
            long rows) {
        public Scatter {
            covariances = List.copyOf(covariances);
            requireSize("scatter.components", components.length, points.numRows);
            requireSize("columns of scatter.points", points.numCols, 2);
            requireSize("columns of scatter.means", means.numCols, 2);
            if (!covariances.isEmpty()) {
                requireSize("scatter.covariances", covariances.size(), means.numRows);
            }
        }
    }

    /**
     * @param rows which rows were counted, such as "held-out rows"
     * @param labels the values of the label
     * @param counts labels x K. Rows of each label in each component. Not modified.
     * @param accuracy share of rows whose component is matched to their label, under the best
     *     matching
     * @param nmi normalised mutual information
     * @param ari adjusted Rand index
     */
    public record Confusion(
            String rows,
            List<String> labels,
            double[][] counts,
            double accuracy,
            double nmi,
            double ari) {
        public Confusion {
            labels = List.copyOf(labels);
            requireSize("rows of confusion.counts", counts.length, labels.size());
        }
    }

    private static void requireSize(String name, int found, int expected) {
        Require.that(found == expected, "%s: found %s, expected %s", name, found, expected);
    }
}
