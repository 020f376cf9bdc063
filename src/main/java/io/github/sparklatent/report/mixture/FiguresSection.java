package io.github.sparklatent.report.mixture;

import io.github.sparklatent.report.FigureLines;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.mixture.MixtureReport.Fit;
import java.util.ArrayList;
import java.util.List;

/** The section with all figures in two tables. */
final class FiguresSection {

    private FiguresSection() {}

    static Section of(MixtureReport report) {
        Fit fit = report.fit();
        List<Block> blocks = new ArrayList<>(List.of(rows(fit), model(report)));
        if (!fit.missing().isEmpty()) {
            blocks.add(FigureLines.missing(fit.missing()));
        }
        return new Section(
                "figures", "Figures", FigureLines.scaled(fit.scale(), fit.logJacobian()), blocks);
    }

    private static Table rows(Fit fit) {
        boolean holdout = fit.holdoutRows() > 0;
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(
                FigureLines.of(
                        holdout,
                        "Rows",
                        Numbers.count(fit.rows()),
                        Numbers.count(fit.holdoutRows())));
        rows.add(
                FigureLines.of(
                        holdout,
                        "Mean log-likelihood, nats per row",
                        Numbers.figure(fit.meanLogLikelihood()),
                        Numbers.figure(fit.holdoutMeanLogLikelihood())));
        rows.add(
                FigureLines.of(
                        holdout,
                        "Log-likelihood",
                        Numbers.figure(fit.weight() * fit.meanLogLikelihood()),
                        Numbers.figure(fit.holdoutWeight() * fit.holdoutMeanLogLikelihood())));
        rows.add(
                FigureLines.of(
                        holdout,
                        "BIC (lower is better)",
                        Numbers.figure(fit.bic()),
                        Numbers.ABSENT));
        rows.add(
                FigureLines.of(
                        holdout,
                        "AIC (lower is better)",
                        Numbers.figure(fit.aic()),
                        Numbers.ABSENT));
        fit.further().forEach(figure -> rows.add(FigureLines.of(holdout, figure)));
        return new Table(
                "figures-rows", "Fit to the rows.", "", FigureLines.head(holdout), rows, false);
    }

    private static Table model(MixtureReport report) {
        Fit fit = report.fit();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(FigureLines.of("Components", Numbers.count(fit.components())));
        rows.add(FigureLines.of("Components in use", Numbers.count(fit.componentsInUse())));
        if (fit.factors() > 0) {
            rows.add(FigureLines.of("Factors of each component", Numbers.count(fit.factors())));
        }
        rows.add(FigureLines.of("Features", Numbers.count(fit.features())));
        rows.add(FigureLines.of("Free parameters", Numbers.count(fit.parameters())));
        rows.add(FigureLines.of("Rounds", Numbers.count(fit.rounds())));
        rows.add(FigureLines.of("Partitions", fit.partitions()));
        rows.add(FigureLines.of("Rows left out as invalid", Numbers.count(fit.skippedRows())));
        rows.addAll(FigureLines.times(report.seconds()));
        return new Table("figures-model", "Model and job.", "", List.of("", "Value"), rows, false);
    }
}
