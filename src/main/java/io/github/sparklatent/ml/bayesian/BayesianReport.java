package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.OriginSection;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import java.util.List;

/** Builds the report of a fit. */
final class BayesianReport {
    /** Largest number of quantities in the table. */
    private static final int LISTED = 100;

    private final TrainedBayesian trained;
    private final BayesianRecord fit;
    private final FittedDensity fitted;

    BayesianReport(TrainedBayesian trained) {
        this.trained = trained;
        this.fit = trained.fit();
        this.fitted = trained.model().fitted();
    }

    Page page() {
        return new Page(
                "Bayesian inference report",
                trained.context().title().orElse(fitted.name()),
                "The %s posterior of %s of the density %s, fitted to %s with %s; the fit has %sconverged after %s."
                        .formatted(
                                fitted.posterior().form(),
                                Words.counted(fitted.posterior().parameters(), "parameter"),
                                fitted.name(),
                                Words.counted(fit.rows(), "row"),
                                Words.counted(trained.model().numFeatures(), "column"),
                                fit.converged() ? "" : "not ",
                                Words.counted(fit.rounds(), "round")),
                fit.converged() ? "converged" : "not converged",
                fit.converged(),
                trained.warnings(),
                List.of(
                        new Page.Tile(
                                Numbers.figure(fit.elbo()),
                                "evidence lower bound",
                                "nats per training row, ± " + Numbers.figure(fit.elboError())),
                        new Page.Tile(
                                Numbers.figure(fit.meanLogDensity()),
                                "mean log predictive density",
                                "nats per training row")),
                List.of(parameters()),
                List.of(
                        figures(),
                        ProgressSection.of(
                                "evidence lower bound", 0, trained.result().history(), List.of()),
                        OriginSection.of(ReportFrame.origin(trained.context(), trained.origin()))));
    }

    private Page.Section parameters() {
        List<ParameterSummary> all = fitted.quantities();
        List<List<Page.Cell>> rows =
                all.stream()
                        .limit(LISTED)
                        .map(
                                of ->
                                        List.of(
                                                Page.Cell.of(of.name()),
                                                Page.Cell.of(Numbers.figure(of.mean())),
                                                Page.Cell.of(Numbers.figure(of.deviation())),
                                                Page.Cell.of(Numbers.figure(of.lower())),
                                                Page.Cell.of(Numbers.figure(of.upper()))))
                        .toList();
        return new Page.Section(
                "parameters",
                "Parameters",
                explanation(),
                List.of(
                        new Page.Table(
                                "parameters-table",
                                "Posterior of the parameters"
                                        + (all.size() > LISTED
                                                ? ", the first %d of %d."
                                                        .formatted(LISTED, all.size())
                                                : "."),
                                "",
                                List.of("Parameter", "Mean", "Deviation", "From", "To"),
                                rows,
                                false)));
    }

    private String explanation() {
        Scale kind = trained.table().scaling().kind();
        StringBuilder text = new StringBuilder();
        if (kind != Scale.NONE) {
            text.append("The parameters are in units of the scaled columns (%s). ".formatted(kind));
        }
        fitted.explanations().forEach(sentence -> text.append(sentence).append(". "));
        return text.append("The interval has 95% of the posterior probability, and 2.5% on either")
                .append(
                        " side. A mean-field posterior tends to have intervals that are too"
                                + " narrow.")
                .toString();
    }

    private Page.Section figures() {
        boolean holdout = trained.holdoutRows() > 0;
        return new Page.Section(
                "figures",
                "Figures",
                FigureLines.scaled(
                        trained.table().scaling().kind().toString(),
                        LogJacobian.of(
                                trained.table().scaling(),
                                trained.table().facts(),
                                trained.context().isWeighted())),
                List.of(
                        new Page.Table(
                                "figures-rows",
                                "Fit to the rows.",
                                "",
                                FigureLines.head(holdout),
                                List.of(
                                        FigureLines.of(
                                                holdout,
                                                "Rows",
                                                Numbers.count(fit.rows()),
                                                Numbers.count(trained.holdoutRows())),
                                        FigureLines.of(
                                                holdout,
                                                "Mean log predictive density, nats per row",
                                                Numbers.figure(fit.meanLogDensity()),
                                                Numbers.figure(fit.holdoutMeanLogDensity()))),
                                false)));
    }
}
