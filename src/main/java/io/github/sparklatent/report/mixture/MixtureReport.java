package io.github.sparklatent.report.mixture;

import io.github.sparklatent.gmm.model.CovarianceType;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.learn.em.Round;
import io.github.sparklatent.report.Components;
import io.github.sparklatent.report.Confusion;
import io.github.sparklatent.report.FurtherFigure;
import io.github.sparklatent.report.JobSeconds;
import io.github.sparklatent.report.Means;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.RunOrigin;
import io.github.sparklatent.report.chart.Projection;
import io.github.sparklatent.report.group.GroupProfile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * The content of a report on a fitted mixture: figures and a sample of projected rows. K is the
 * number of components, d the number of features. A figure that was not measured is NaN, and a part
 * that does not exist is null or empty, as each field documents. Component numbers start at 0, as
 * in the column {@code component}.
 *
 * @param title heading of the page, such as the name of the result
 * @param fit figures of the fit
 * @param events events during the fit that readers should know, one sentence each (a component was
 *     reinitialized, a covariance was regularised); empty: none
 * @param rounds rounds of the chosen fit, in order; empty: not recorded
 * @param otherRuns restarts and fits with other numbers of components that were not kept; empty:
 *     none
 * @param choice comparison of several numbers of components; null: only one was fitted
 * @param components weights and sizes of the components
 * @param means means of the components; null: not shown
 * @param groups columns of the table in each component; null: not described, such as pixels
 * @param scatter sample of rows in the plane; null: not shown
 * @param confusion components compared with labels; null: there is no label
 * @param seconds duration of each part of the job
 * @param origin provenance of the result
 */
public record MixtureReport(
        String title,
        Fit fit,
        List<String> events,
        List<Round> rounds,
        List<ProgressSection.Curve> otherRuns,
        Choice choice,
        Components components,
        Means means,
        GroupProfile groups,
        Scatter scatter,
        Confusion confusion,
        JobSeconds seconds,
        RunOrigin origin) {

    public MixtureReport {
        events = List.copyOf(events);
        rounds = List.copyOf(rounds);
        otherRuns = List.copyOf(otherRuns);
        Require.size("components.weights", components.weights().length, fit.components());
        if (means != null) {
            Require.size("rows of means", means.means().numRows, fit.components());
            Require.size("columns of means", means.means().numCols, fit.features());
        }
        if (scatter != null) {
            Require.size("rows of scatter.means", scatter.means().numRows, fit.components());
        }
        if (confusion != null && confusion.counts().length > 0) {
            Require.size(
                    "columns of confusion.counts", confusion.counts()[0].length, fit.components());
        }
    }

    /**
     * The figures of a fit.
     *
     * @param components K, the number of components
     * @param covariance form of the covariances; null: there are none
     * @param factors number of factors of each component; 0: covariances are not factored
     * @param features d, the number of features
     * @param rows number of training rows
     * @param holdoutRows number of held-out rows; 0: none
     * @param skippedRows number of rows left out because of invalid values
     * @param partitions number of partitions of the rows, with the reason for it
     * @param weight total weight of the training rows; without row weights, their number
     * @param holdoutWeight total weight of the held-out rows
     * @param parameters number of free parameters
     * @param rounds number of rounds of the chosen fit
     * @param objective name of what the fit maximises, such as "mean log-likelihood"
     * @param componentsInUse number of components that explain at least one row
     * @param converged whether the change of the objective fell below the tolerance
     * @param tolerance change of the objective at which the fit stops
     * @param meanLogLikelihood mean log-likelihood of the training rows, in nats per row
     * @param holdoutMeanLogLikelihood mean log-likelihood of the held-out rows, in nats per row;
     *     NaN: there are none
     * @param bic Bayesian information criterion, lower is better
     * @param aic Akaike's information criterion, lower is better
     * @param further additional figures, in display order; empty: none
     * @param scale scaling of the rows: none, standard, minmax or unit. Log-likelihoods refer to
     *     the scaled rows.
     * @param logJacobian number, in nats, to add to the log-likelihood of a scaled row; the sum is
     *     the log-likelihood in the units of the table; NaN if that is not defined
     * @param missing share of the training rows in which a feature is missing, by the name of the
     *     feature; empty if no value is missing
     */
    public record Fit(
            int components,
            CovarianceType covariance,
            int factors,
            int features,
            long rows,
            long holdoutRows,
            long skippedRows,
            String partitions,
            double weight,
            double holdoutWeight,
            long parameters,
            int rounds,
            String objective,
            long componentsInUse,
            boolean converged,
            double tolerance,
            double meanLogLikelihood,
            double holdoutMeanLogLikelihood,
            double bic,
            double aic,
            List<FurtherFigure> further,
            String scale,
            double logJacobian,
            Map<String, Double> missing) {
        public Fit {
            further = List.copyOf(further);
            missing = Collections.unmodifiableMap(new LinkedHashMap<>(missing));
        }
    }

    /**
     * The comparison of several numbers of components.
     *
     * @param criterion criterion by which the number of components was chosen
     * @param candidates all fits, including restarts
     */
    public record Choice(Criterion criterion, List<Candidate> candidates) {
        public Choice {
            candidates = List.copyOf(candidates);
        }
    }

    /**
     * The components and a sample of rows in the plane.
     *
     * @param points m x 2. A sample of rows in the plane ({@link Projection}). Not modified.
     * @param components m. The component of each row of the sample. Not modified.
     * @param means K x 2. The components' means in the plane. Not modified.
     * @param covariances K matrices 2 x 2, the components' covariances in the plane; empty: not
     *     drawn
     * @param rows number of rows that the sample was drawn from
     */
    public record Scatter(
            DMatrixRMaj points,
            int[] components,
            DMatrixRMaj means,
            List<DMatrixRMaj> covariances,
            long rows) {
        public Scatter {
            covariances = List.copyOf(covariances);
            Require.size("scatter.components", components.length, points.numRows);
            Require.size("columns of scatter.points", points.numCols, 2);
            Require.size("columns of scatter.means", means.numCols, 2);
            if (!covariances.isEmpty()) {
                Require.size("scatter.covariances", covariances.size(), means.numRows);
            }
        }
    }
}
