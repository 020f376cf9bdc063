package io.github.sparklatent.report.mixture;

import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.Criterion;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Figure;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.chart.ChartStyle;
import io.github.sparklatent.report.chart.Dot;
import io.github.sparklatent.report.chart.Palette;
import io.github.sparklatent.report.chart.Svg;
import io.github.sparklatent.report.format.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;

/** The section that shows how the number of components was chosen. */
final class ChoiceSection {

    private static final int HEIGHT = 300;

    private ChoiceSection() {}

    static Section of(MixtureReport report) {
        Criterion criterion = report.choice().criterion();
        List<Candidate> best = best(report);
        boolean restarts = best.size() < report.choice().candidates().size();
        String text =
                "Mixtures of %s different sizes were fitted to the same rows%s. The best one has the %s %s."
                        .formatted(
                                Numbers.count(best.size()),
                                restarts
                                        ? ", each from several starts, of which the one"
                                                + " with the highest likelihood is kept"
                                        : "",
                                criterion == Criterion.BIC || criterion == Criterion.AIC
                                        ? "lowest"
                                        : "highest",
                                name(criterion));
        return new Section(
                "choice",
                "Number of components",
                text,
                List.of(figure(report, best), table(report, best)));
    }

    /** Returns the name of the criterion that readers know. */
    static String name(Criterion criterion) {
        return switch (criterion) {
            case BIC -> "BIC";
            case AIC -> "AIC";
            case HOLDOUT -> "held-out log-likelihood";
            case MUTUAL_INFORMATION -> "mutual information";
        };
    }

    /** Returns the candidate that was kept for each number of components, in ascending order. */
    private static List<Candidate> best(MixtureReport report) {
        Map<Integer, Candidate> best = new TreeMap<>();
        Criterion criterion = report.choice().criterion();
        for (Candidate candidate : report.choice().candidates()) {
            best.merge(
                    candidate.components(),
                    candidate,
                    (a, b) -> criterion.costOfRestart(b) < criterion.costOfRestart(a) ? b : a);
        }
        return List.copyOf(best.values());
    }

    private static double value(Candidate candidate, Criterion criterion) {
        return switch (criterion) {
            case BIC -> candidate.bic();
            case AIC -> candidate.aic();
            case HOLDOUT -> candidate.holdoutMeanLogLikelihood();
            case MUTUAL_INFORMATION -> candidate.mutualInformation();
        };
    }

    private static Figure figure(MixtureReport report, List<Candidate> candidates) {
        Criterion criterion = report.choice().criterion();
        int chosen = report.fit().components();
        List<Candidate> measured =
                candidates.stream()
                        .filter(candidate -> Double.isFinite(value(candidate, criterion)))
                        .toList();
        String words =
                "Line chart of %s against the number of components; %s is marked as chosen."
                        .formatted(name(criterion), chosen);
        String caption =
                "The %s by number of components. The chosen number is marked."
                        .formatted(name(criterion));
        String svg =
                measured.isEmpty() ? "" : Svg.of(chart(measured, criterion, chosen), "criterion");
        return new Figure("criterion", caption, words, svg, List.of(), false);
    }

    private static XYChart chart(List<Candidate> measured, Criterion criterion, int chosen) {
        double[] x = measured.stream().mapToDouble(Candidate::components).toArray();
        double[] y =
                measured.stream().mapToDouble(candidate -> value(candidate, criterion)).toArray();
        XYChart chart = ChartStyle.plot(ChartStyle.HALF, HEIGHT, "components", name(criterion));
        if (x.length > 1) {
            ChartStyle.line(chart, "line", x, y, Palette.series(0), 1.5f);
        }
        ChartStyle.dots(chart, "candidates", x, y, Palette.series(0), 6);
        for (int i = 0; i < x.length; i++) {
            if (x[i] == chosen) {
                ChartStyle.dots(
                                chart,
                                "chosen",
                                new double[] {x[i]},
                                new double[] {y[i]},
                                Palette.series(4),
                                20)
                        .setMarker(new Dot(20, Integer.toString(chosen)));
            }
        }
        ChartStyle.fitVertical(chart.getStyler(), HEIGHT, y);
        ChartStyle.countHorizontal(chart.getStyler(), ChartStyle.HALF, x[0], x[x.length - 1]);
        return chart;
    }

    private static Table table(MixtureReport report, List<Candidate> candidates) {
        boolean holdout =
                candidates.stream().anyMatch(c -> Double.isFinite(c.holdoutMeanLogLikelihood()));
        List<String> head = new ArrayList<>(List.of("Components", "Rounds", "Log-likelihood"));
        if (holdout) {
            head.add("Held out");
        }
        head.addAll(List.of("BIC", "AIC"));
        List<List<Cell>> rows = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean chosen = candidate.components() == report.fit().components();
            List<Cell> row = new ArrayList<>();
            row.add(Cell.of(Numbers.count(candidate.components()) + (chosen ? " (chosen)" : "")));
            row.add(
                    Cell.of(
                            Numbers.count(candidate.rounds())
                                    + (candidate.converged() ? "" : "*")));
            row.add(Cell.of(Numbers.figure(candidate.meanLogLikelihood())));
            if (holdout) {
                row.add(Cell.of(Numbers.figure(candidate.holdoutMeanLogLikelihood())));
            }
            row.add(Cell.of(Numbers.figure(candidate.bic())));
            row.add(Cell.of(Numbers.figure(candidate.aic())));
            rows.add(chosen ? shaded(row) : row);
        }
        String caption =
                "All numbers of components that were fitted. Log-likelihoods are means in nats per"
                        + " row."
                        + (candidates.stream().allMatch(Candidate::converged)
                                ? ""
                                : " * not converged.");
        return new Table("candidates", caption, "", head, rows, candidates.size() > 12);
    }

    private static List<Cell> shaded(List<Cell> row) {
        return row.stream()
                .map(cell -> new Cell(cell.text(), Palette.wash(Palette.series(4), 0.22)))
                .toList();
    }
}
