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
import io.github.sparklatent.report.ReportWriter;
import io.github.sparklatent.report.RunOrigin;
import io.github.sparklatent.report.chart.Projection;
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
        Require.size("components.weights", components.weights().length, fit.components());
        Require.size("rows of means", means.means().numRows, fit.components());
        Require.size("columns of means", means.means().numCols, fit.features());
        if (scatter != null) {
            Require.size("rows of scatter.means", scatter.means().numRows, fit.components());
        }
        if (confusion != null && confusion.counts().length > 0) {
            Require.size(
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
            Require.size("scatter.components", components.length, points.numRows);
            Require.size("columns of scatter.points", points.numCols, 2);
            Require.size("columns of scatter.means", means.numCols, 2);
            if (!covariances.isEmpty()) {
                Require.size("scatter.covariances", covariances.size(), means.numRows);
            }
        }
    }
}
