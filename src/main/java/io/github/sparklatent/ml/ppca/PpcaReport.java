package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.ppca.Ppca;
import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.OriginSection;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.VariancesSection;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import java.util.Arrays;
import java.util.List;

/** Builds the report of a fit. */
final class PpcaReport {
    private final TrainedPpca trained;
    private final PpcaFit fit;
    private final int latent;

    PpcaReport(TrainedPpca trained) {
        this.trained = trained;
        this.fit = trained.fit();
        this.latent = trained.model().latentCount();
    }

    Page page() {
        Ppca parameters = trained.model().parameters();
        String explained = Numbers.percent(Arrays.stream(fit.explained(parameters)).sum());
        return new Page(
                "Probabilistic PCA report",
                trained.context().title().orElse("Probabilistic PCA"),
                "%s %s %s of the variance of %s with %s; the closed form has no rounds."
                        .formatted(
                                Words.capitalised(Words.counted(latent, "latent variable")),
                                latent == 1 ? "explains" : "explain",
                                explained,
                                Words.counted(fit.rows(), "row"),
                                Words.counted(trained.model().numFeatures(), "column")),
                "closed form",
                true,
                trained.warnings(),
                List.of(
                        new Page.Tile(explained, "variance explained", ""),
                        new Page.Tile(
                                Numbers.figure(fit.meanLogLikelihood()),
                                "mean log-likelihood",
                                "nats per training row"),
                        new Page.Tile(
                                Numbers.figure(parameters.noise()),
                                "noise variance",
                                "of each column, as the model sees it")),
                List.of(
                        VariancesSection.of(fit.variances(), latent, parameters.noise()),
                        figures(),
                        OriginSection.of(ReportFrame.origin(trained.context(), trained.origin()))));
    }

    private Page.Section figures() {
        boolean holdout = trained.holdoutRows() > 0;
        List<List<Page.Cell>> rows =
                List.of(
                        FigureLines.of(
                                holdout,
                                "Rows",
                                Numbers.count(fit.rows()),
                                Numbers.count(trained.holdoutRows())),
                        FigureLines.of(
                                holdout,
                                "Mean log-likelihood, nats per row",
                                Numbers.figure(fit.meanLogLikelihood()),
                                Numbers.figure(fit.holdoutMeanLogLikelihood())));
        return new Page.Section(
                "figures",
                "Figures",
                FigureLines.scaled(
                        trained.table().scaling().kind().toString(),
                        LogJacobian.of(trained.table().scaling())),
                List.of(
                        new Page.Table(
                                "figures-rows",
                                "Fit to the rows.",
                                "",
                                FigureLines.head(holdout),
                                rows,
                                false)));
    }
}
