package io.github.sparklatent.report;

import io.github.sparklatent.report.MixtureReport.Fit;
import io.github.sparklatent.report.MixtureReport.Seconds;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.List;

/** All figures in two tables. */
final class FiguresSection {

    private FiguresSection() {}

    static Section of(MixtureReport report) {
        List<Block> blocks = new ArrayList<>(List.of(rows(report.fit()), model(report)));
        return new Section("figures", "Figures", scale(report.fit()), blocks);
    }

    /** Of which rows the log-likelihoods are. */
    private static String scale(Fit fit) {
        if (fit.scale().equals("none")) {
            return "";
        }
        String scaled =
                "The rows were scaled ("
                        + fit.scale()
                        + "): log-likelihoods are of the scaled rows";
        return Double.isFinite(fit.logJacobian())
                ? scaled
                        + "; adding "
                        + Numbers.figure(fit.logJacobian())
                        + " nats per row gives those in the units of the table."
                : scaled + ", and have no counterpart in the units of the table.";
    }

    private static Table rows(Fit fit) {
        boolean holdout = fit.holdoutRows() > 0;
        List<String> head = holdout ? List.of("", "Training", "Held out") : List.of("", "Training");
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(
                line(holdout, "Rows", Numbers.count(fit.rows()), Numbers.count(fit.holdoutRows())));
        rows.add(
                line(
                        holdout,
                        "Mean log-likelihood, nats per row",
                        Numbers.figure(fit.meanLogLikelihood()),
                        Numbers.figure(fit.holdoutMeanLogLikelihood())));
        rows.add(
                line(
                        holdout,
                        "Log-likelihood",
                        Numbers.figure(fit.weight() * fit.meanLogLikelihood()),
                        Numbers.figure(fit.holdoutWeight() * fit.holdoutMeanLogLikelihood())));
        rows.add(line(holdout, "BIC (lower is better)", Numbers.figure(fit.bic()), Numbers.ABSENT));
        rows.add(line(holdout, "AIC (lower is better)", Numbers.figure(fit.aic()), Numbers.ABSENT));
        return new Table("figures-rows", "Fit to the rows.", "", head, rows, false);
    }

    private static List<Cell> line(boolean holdout, String name, String training, String heldOut) {
        return holdout
                ? List.of(Cell.of(name), Cell.of(training), Cell.of(heldOut))
                : List.of(Cell.of(name), Cell.of(training));
    }

    private static Table model(MixtureReport report) {
        Fit fit = report.fit();
        Seconds seconds = report.seconds();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(line(false, "Components", Numbers.count(fit.components()), ""));
        rows.add(line(false, "Features", Numbers.count(fit.features()), ""));
        rows.add(line(false, "Free parameters", Numbers.count(fit.parameters()), ""));
        rows.add(line(false, "Rounds", Numbers.count(fit.rounds()), ""));
        rows.add(line(false, "Rows left out as invalid", Numbers.count(fit.skippedRows()), ""));
        time(rows, "Time to read", seconds.read());
        time(rows, "Time to train", seconds.train());
        time(rows, "Time to evaluate", seconds.evaluate());
        time(rows, "Time to write", seconds.write());
        return new Table("figures-model", "Model and job.", "", List.of("", "Value"), rows, false);
    }

    private static void time(List<List<Cell>> rows, String name, double seconds) {
        if (Double.isFinite(seconds)) {
            rows.add(line(false, name, Numbers.seconds(seconds), ""));
        }
    }
}
