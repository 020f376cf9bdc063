package io.github.sparklatent.report;

import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.report.Chart.Axis;
import io.github.sparklatent.report.Chart.Scale;
import io.github.sparklatent.report.Chart.Series;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The section that shows how the number of components was chosen. */
public final class ChoiceSection {

    private ChoiceSection() {}

    /**
     * Returns the section.
     *
     * @param candidates all fits, including restarts
     * @param chosen the number of components that was chosen
     */
    public static Section of(Criterion criterion, List<Candidate> candidates, int chosen) {
        List<Candidate> best = best(candidates);
        boolean restarts = best.size() < candidates.size();
        String text = "Mixtures of %s different sizes were fitted to the same rows%s. The best one has the %s %s."
                .formatted(
                        Numbers.count(best.size()),
                        restarts
                                ? ", each from several starts, of which the one with the highest likelihood is kept"
                                : "",
                        criterion == Criterion.BIC ? "lowest" : "highest",
                        name(criterion));
        return new Section(
                "choice", "Number of components", text, List.of(chart(criterion, best, chosen), table(best, chosen)));
    }

    /** Returns the name of the criterion that readers know. */
    public static String name(Criterion criterion) {
        return switch (criterion) {
            case BIC, ROWS -> "BIC"; // by rows, there is no choice to show
            case HOLDOUT -> "held-out log-likelihood";
        };
    }

    /** Returns the candidate that was kept for each number of components, in ascending order. */
    private static List<Candidate> best(List<Candidate> candidates) {
        Map<Integer, Candidate> best = new TreeMap<>();
        for (Candidate candidate : candidates) {
            best.merge(candidate.components(), candidate, (a, b) -> b.costOfRestart() < a.costOfRestart() ? b : a);
        }
        return List.copyOf(best.values());
    }

    private static double value(Candidate candidate, Criterion criterion) {
        return switch (criterion) {
            case BIC, ROWS -> candidate.bic();
            case HOLDOUT -> candidate.holdoutMeanLogLikelihood();
        };
    }

    private static Chart chart(Criterion criterion, List<Candidate> candidates, int chosen) {
        double[] x = candidates.stream().mapToDouble(Candidate::components).toArray();
        double[] y = candidates.stream()
                .mapToDouble(candidate -> value(candidate, criterion))
                .toArray();
        Chart chart = Chart.of(
                        "criterion",
                        "The %s by number of components. The chosen number is marked.".formatted(name(criterion)),
                        "Line chart of %s against the number of components; %s is marked as chosen."
                                .formatted(name(criterion), chosen),
                        Axis.of("components").scaled(Scale.WHOLE),
                        Axis.of(name(criterion)))
                .with(Series.line("", Palette.series(0), 1.5, x, y))
                .with(Series.dots("", Palette.series(0), 6, x, y));
        for (int i = 0; i < x.length; i++) {
            if (x[i] == chosen) {
                chart = chart.with(Series.badge("", Palette.series(4), Integer.toString(chosen), x[i], y[i]));
            }
        }
        return chart;
    }

    private static Table table(List<Candidate> candidates, int chosenNumber) {
        boolean holdout = candidates.stream().anyMatch(c -> Double.isFinite(c.holdoutMeanLogLikelihood()));
        List<String> head = new ArrayList<>(List.of("Components", "Rounds", "Log-likelihood"));
        if (holdout) {
            head.add("Held out");
        }
        head.add("BIC");
        List<List<Cell>> rows = new ArrayList<>();
        for (Candidate candidate : candidates) {
            boolean chosen = candidate.components() == chosenNumber;
            List<Cell> row = new ArrayList<>();
            row.add(Cell.of(Numbers.count(candidate.components()) + (chosen ? " (chosen)" : "")));
            row.add(Cell.of(Numbers.count(candidate.rounds()) + (candidate.converged() ? "" : "*")));
            row.add(Cell.of(Numbers.figure(candidate.meanLogLikelihood())));
            if (holdout) {
                row.add(Cell.of(Numbers.figure(candidate.holdoutMeanLogLikelihood())));
            }
            row.add(Cell.of(Numbers.figure(candidate.bic())));
            rows.add(chosen ? shaded(row) : row);
        }
        String caption = "All numbers of components that were fitted. Log-likelihoods are means in nats per row."
                + (candidates.stream().allMatch(Candidate::converged) ? "" : " * not converged.");
        return new Table("candidates", caption, "", head, rows, candidates.size() > 12);
    }

    private static List<Cell> shaded(List<Cell> row) {
        return row.stream()
                .map(cell -> new Cell(cell.text(), Palette.wash(Palette.series(4), 0.22)))
                .toList();
    }
}
