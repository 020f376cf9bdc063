package io.github.sparklatent.ml.ppca;

import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.evaluation.ReportFrame;
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
        double explained = 100 * Arrays.stream(fit.explained(latent)).sum();
        return new Page(
                "Probabilistic PCA report",
                trained.context().title().orElse("Probabilistic PCA"),
                "%s explain %.1f%% of the variance of %s with %s; the closed form has no rounds."
                        .formatted(
                                Words.capitalised(Words.counted(latent, "latent variable")),
                                explained,
                                Words.counted(fit.rows(), "row"),
                                Words.counted(trained.model().numFeatures(), "column")),
                "closed form",
                true,
                trained.context().tables().warnings(trained.table().facts()),
                List.of(
                        new Page.Tile("%.1f%%".formatted(explained), "variance explained", ""),
                        new Page.Tile(
                                Numbers.figure(fit.meanLogLikelihood()),
                                "mean log-likelihood",
                                "nats per training row"),
                        new Page.Tile(
                                Numbers.figure(trained.model().parameters().noise()),
                                "noise variance",
                                "of each column, as the model sees it")),
                List.of(
                        VariancesSection.of(fit.variances(), latent),
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
