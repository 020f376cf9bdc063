package io.github.sparklatent.report.mixture;

import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import io.github.sparklatent.report.mixture.MixtureReport.Fit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Builds the head of the page: the result in words, the notices and the key figures. */
final class SummaryText {

    private SummaryText() {}

    /** Returns the result in one or two sentences. */
    static String sentence(MixtureReport report) {
        Fit fit = report.fit();
        StringBuilder text =
                new StringBuilder(
                        "%s%s, fitted to %s of %s in %s"
                                .formatted(
                                        Words.counted(fit.components(), "component"),
                                        fit.covariance() == null
                                                ? ""
                                                : " with " + fit.covariance() + " covariance",
                                        Words.counted(fit.rows(), "row"),
                                        Words.counted(fit.features(), "column"),
                                        Words.counted(fit.rounds(), "round")));
        text.append(
                fit.converged()
                        ? "; converged: the "
                                + fit.objective()
                                + " changed by less than "
                                + Numbers.chosen(fit.tolerance())
                                + "."
                        : "; not converged.");
        if (report.choice() != null) {
            text.append(" Chosen among ")
                    .append(candidates(report))
                    .append(" components by ")
                    .append(ChoiceSection.name(report.choice().criterion()))
                    .append('.');
        }
        return text.toString();
    }

    /** Returns the warnings that a reader should know before trusting the figures. */
    static List<String> notices(MixtureReport report) {
        Fit fit = report.fit();
        List<String> notices = new ArrayList<>();
        if (!fit.converged()) {
            notices.add(
                    ("The fit stopped after %s, before the change of the %s fell"
                                    + " below %s. More rounds may improve the result.")
                            .formatted(
                                    Words.counted(fit.rounds(), "round"),
                                    fit.objective(),
                                    Numbers.chosen(fit.tolerance())));
        }
        notices.addAll(Words.first(report.events()));
        return notices;
    }

    /** Returns the key figures, at most six. */
    static List<Tile> tiles(MixtureReport report) {
        Fit fit = report.fit();
        List<Tile> tiles = new ArrayList<>();
        tiles.add(
                new Tile(
                        Numbers.count(fit.components()),
                        fit.components() == 1 ? "component" : "components",
                        fit.componentsInUse() < fit.components()
                                ? Numbers.count(fit.componentsInUse()) + " in use"
                                : Numbers.count(fit.parameters()) + " free parameters"));
        tiles.add(
                new Tile(
                        Numbers.count(fit.rows()),
                        fit.rows() == 1 ? "row" : "rows",
                        fit.holdoutRows() > 0
                                ? Numbers.count(fit.holdoutRows()) + " held out"
                                : "none held out"));
        tiles.add(
                new Tile(
                        Numbers.figure(fit.meanLogLikelihood()),
                        "log-likelihood",
                        "mean, nats per row"));
        if (Double.isFinite(fit.holdoutMeanLogLikelihood())) {
            tiles.add(
                    new Tile(
                            Numbers.figure(fit.holdoutMeanLogLikelihood()),
                            "log-likelihood",
                            "of the held-out rows"));
        }
        if (report.confusion() != null) {
            tiles.add(ConfusionSection.tile(report.confusion()));
        }
        tiles.add(
                new Tile(
                        Numbers.seconds(report.seconds().train()),
                        "training",
                        Words.counted(fit.rounds(), "round")));
        return tiles;
    }

    private static String candidates(MixtureReport report) {
        List<String> names =
                report.choice().candidates().stream()
                        .map(Candidate::components)
                        .distinct()
                        .sorted()
                        .map(Numbers::count)
                        .collect(Collectors.toCollection(ArrayList::new));
        if (names.size() < 2) {
            return String.join("", names);
        }
        String last = names.remove(names.size() - 1);
        return String.join(", ", names) + " and " + last;
    }
}
