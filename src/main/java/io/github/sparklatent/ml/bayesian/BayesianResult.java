package io.github.sparklatent.ml.bayesian;

import io.github.sparklatent.cluster.table.Scale;
import io.github.sparklatent.inference.ParameterSummary;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import java.util.List;
import java.util.Map;

/** Builds the result of a training. */
final class BayesianResult {
    /** Largest number of quantities in the table. */
    private static final int LISTED = 100;

    private final TrainedBayesian trained;
    private final BayesianRecord fit;
    private final FittedDensity fitted;

    BayesianResult(TrainedBayesian trained) {
        this.trained = trained;
        this.fit = trained.fit();
        this.fitted = trained.model().fitted();
    }

    Result result() {
        Measures measures =
                new Measures(fit.rows(), trained.holdoutRows())
                        .add(
                                "meanLogPredictiveDensity",
                                "Mean log predictive density, nats per row",
                                fit.meanLogDensity(),
                                fit.holdoutMeanLogDensity());
        TrainedTable table =
                TrainedTable.of(trained.context(), trained.table(), trained.holdoutRows());
        Result result =
                table.result(
                        this::head,
                        trained.model(),
                        own ->
                                own.put("train", BayesianInferenceModel.figures(fit))
                                        .put("holdout", measures.heldOut()),
                        trained.warnings(),
                        trained.origin());
        lines(result);
        table.addHoldoutLine(result, measures);
        result.notes("warning", trained.warnings());
        return result.section(this::parameters).technical(() -> technical(measures));
    }

    private List<Page.Section> technical(Measures measures) {
        return List.of(
                FigureLines.section(
                        List.of(measures.table("Fit to the rows.")),
                        Map.of(),
                        ReportFrame.scaled(
                                trained.table().scaling(), trained.facts(), trained.context())),
                ProgressSection.of(
                        "evidence lower bound", 0, trained.inferred().history(), List.of()),
                ReportFrame.origin(trained.context(), trained.origin()));
    }

    private void lines(Result result) {
        result.line("model", "%s", trained.model().describe())
                .line(
                        "train",
                        "%s, ELBO %.4f ± %.2g, mean log predictive density %.4f, %s, %s",
                        Lines.count(fit.rows(), "row"),
                        fit.elbo(),
                        fit.elboError(),
                        fit.meanLogDensity(),
                        Lines.count(fit.rounds(), "round"),
                        fit.converged() ? "converged" : "not converged");
    }

    private Page head() {
        return Page.head(
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
                                "nats per training row")));
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
}
