package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.ComponentNumbers;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.ml.mixture.TrainedMixture.MixtureParts;
import io.github.sparklatent.report.ChoiceSection;
import io.github.sparklatent.report.ComponentsSection;
import io.github.sparklatent.report.ComponentsSection.Components;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.ConfusionSection.Confusion;
import io.github.sparklatent.report.GroupsSection;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.ProgressSection;
import io.github.sparklatent.report.ProgressSection.Curve;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Builds the result of the training of a mixture of any family. */
final class MixtureResult {
    private final TrainedMixture<?> trained;
    private final TrainedTable table;
    private final Candidate best;
    private final Confusion confusion;
    private final Supplier<MixtureParts> source;
    private MixtureParts parts;

    /** Creates the builder; the parts, which differ between families, are only computed for the page. */
    MixtureResult(TrainedMixture<?> trained, Supplier<MixtureParts> parts) {
        this.trained = trained;
        this.table = trained.shown().with(trained.fit().warnings());
        this.best = trained.best();
        this.confusion = Agreement.confusion(trained.agreement());
        this.source = parts;
    }

    private MixtureParts parts() {
        parts = parts == null ? source.get() : parts;
        return parts;
    }

    private MixedMixture mixture() {
        return trained.fit().mixture();
    }

    private Optional<MixtureParameters> gaussian() {
        return Optional.ofNullable(mixture().gaussian());
    }

    private Components components() {
        AssignedRows assigned = new AssignedRows(new MixedDensity(mixture()));
        return new Components(
                mixture().weights(),
                trained.table().train().sums("rows of each component", assigned).sums());
    }

    Result result() {
        Measures measures = measures();
        Result result = table.result(this::head, trained.model(), own -> metrics(own, measures));
        lines(result, measures);
        table.addHoldoutLine(result, measures);
        result.notes("warning", table.warnings());
        return result.sections(this::sections).technical(() -> technical(measures));
    }

    private void metrics(Result result, Measures measures) {
        result.put("rows", table.rows(trained.fit().rows()))
                .put("train", train(measures))
                .put("holdout", measures.heldOut())
                .put(
                        "candidates",
                        trained.fits().candidates().stream()
                                .map(MixtureResult::candidate)
                                .toList());
        if (trained.fit().posterior() != null) {
            result.put(ParameterMetrics.NAME, trained.posterior());
        }
    }

    private Measures measures() {
        Measures measures = Measures.ofLogLikelihood(
                        trained.fit().rows(),
                        table.holdoutRows(),
                        best.meanLogLikelihood(),
                        best.holdoutMeanLogLikelihood())
                .words(
                        "Log-likelihood",
                        Numbers.figure(trained.fit().weight() * best.meanLogLikelihood()),
                        Numbers.ABSENT)
                .words("BIC (lower is better)", Numbers.figure(best.bic()), Numbers.ABSENT);
        Agreement.add(trained.agreement(), measures);
        return measures;
    }

    private Map<String, Object> train(Measures measures) {
        Map<String, Object> train = measures.train();
        train.put("rounds", best.rounds());
        train.put("converged", best.converged());
        train.put("objective", best.objective());
        train.put("componentsInUse", componentsInUse());
        train.put("bic", best.bic());
        return train;
    }

    private long componentsInUse() {
        return trained.fit().componentsInUse(trained.fits().size());
    }

    private static Map<String, Object> candidate(Candidate candidate) {
        return Json.object(
                "components", candidate.components(),
                "restart", candidate.restart(),
                "rounds", candidate.rounds(),
                "converged", candidate.converged(),
                "meanLogLikelihood", candidate.meanLogLikelihood(),
                "holdoutMeanLogLikelihood", candidate.holdoutMeanLogLikelihood(),
                "mutualInformation", candidate.mutualInformation(),
                "bic", candidate.bic(),
                "objective", candidate.objective());
    }

    private void lines(Result result, Measures measures) {
        int fits = trained.fits().candidates().size();
        result.line("model", "%s", trained.model().describe())
                .line(
                        "train",
                        "%s, %s, %s, %s%s",
                        table.counted(trained.fit().rows()),
                        Lines.measures(measures.train()),
                        Lines.count(best.rounds(), "round"),
                        best.converged() ? "converged" : "not converged",
                        fits > 1 ? ", the best of " + fits + " fits" : "");
        if (trained.options().choosesComponents()) {
            result.line(
                    "components",
                    "%d by %s among %s",
                    best.components(),
                    trained.options().criterion(),
                    ComponentNumbers.tried(trained.fits()));
        }
        if (componentsInUse() < best.components()) {
            result.line("in use", "%d of %s", componentsInUse(), Lines.count(best.components(), "component"));
        }
    }

    private Page head() {
        return Page.head(
                "Mixture report",
                table.context().title().orElse(parts().name()),
                summary(),
                best.converged() ? "converged" : "not converged",
                best.converged(),
                notices(),
                tiles());
    }

    private String tolerance() {
        return Numbers.chosen(trained.options().stopping().tolerance());
    }

    private String summary() {
        String text = "%s%s, fitted to %s of %s in %s; %s"
                .formatted(
                        Words.counted(best.components(), "component"),
                        gaussian()
                                .map(numbers -> numbers.type())
                                .map(form -> " with %s covariance".formatted(form))
                                .orElse(""),
                        Words.counted(trained.fit().rows(), "row"),
                        Words.counted(trained.model().numFeatures(), "column"),
                        Words.counted(best.rounds(), "round"),
                        best.converged()
                                ? "converged: the %s changed by less than %s."
                                        .formatted(trained.objectiveInWords(), tolerance())
                                : "not converged.");
        return isChoice()
                ? text
                        + " Chosen among %s components by %s."
                                .formatted(
                                        tried(),
                                        ChoiceSection.name(trained.options().criterion()))
                : text;
    }

    private boolean isChoice() {
        return numbers().size() > 1;
    }

    private List<Integer> numbers() {
        return trained.fits().candidates().stream()
                .map(Candidate::components)
                .distinct()
                .sorted()
                .toList();
    }

    private String tried() {
        List<String> names = numbers().stream().map(Numbers::count).collect(Collectors.toCollection(ArrayList::new));
        String last = names.remove(names.size() - 1);
        return String.join(", ", names) + " and " + last;
    }

    private List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (!best.converged()) {
            notices.add(
                    "The fit stopped after %s, before the change of the %s fell below %s. More rounds may improve the result."
                            .formatted(Words.counted(best.rounds(), "round"), trained.objectiveInWords(), tolerance()));
        }
        notices.addAll(Words.first(table.warnings()));
        return notices;
    }

    private List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(
                Numbers.count(best.components()),
                best.components() == 1 ? "component" : "components",
                componentsInUse() < best.components()
                        ? Numbers.count(componentsInUse()) + " in use"
                        : Numbers.count(mixture().freeParameters()) + " free parameters"));
        tiles.add(table.rowsTile(trained.fit().rows()));
        tiles.add(new Tile(Numbers.figure(best.meanLogLikelihood()), "log-likelihood", "mean, nats per row"));
        if (Double.isFinite(best.holdoutMeanLogLikelihood())) {
            tiles.add(new Tile(
                    Numbers.figure(best.holdoutMeanLogLikelihood()), "log-likelihood", "of the held-out rows"));
        }
        if (confusion != null) {
            tiles.add(ConfusionSection.tile(confusion));
        }
        tiles.add(table.trainingTile(Words.counted(best.rounds(), "round")));
        return tiles;
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        if (trained.options().criterion() != Criterion.ROWS) { // otherwise the components are no groups
            parts().groups()
                    .map(profile -> TableUnits.of(profile, trained.assembler().columnEncoders()))
                    .map(GroupsSection::of)
                    .ifPresent(sections::add);
            sections.add(ComponentsSection.of(components(), trained.fit().rows(), "training rows"));
        }
        sections.addAll(parts().sections());
        if (trained.fit().posterior() != null) {
            sections.add(ParameterMetrics.section(trained.posterior()));
        }
        if (confusion != null) {
            sections.add(ConfusionSection.of(confusion, best.components()));
        }
        return sections;
    }

    private List<Section> technical(Measures measures) {
        List<Section> sections = new ArrayList<>();
        if (isChoice()) {
            sections.add(ChoiceSection.of(
                    trained.options().criterion(), trained.fits().candidates(), best.components()));
        }
        sections.add(ProgressSection.of(
                trained.objectiveInWords(),
                trained.options().stopping().tolerance(),
                trained.fit().history(),
                otherRuns()));
        sections.add(table.metrics(List.of(measures.table("Fit to the rows."), modelAndJob())));
        sections.add(table.originSection());
        return sections;
    }

    private Table modelAndJob() {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(Measures.of("Components", Numbers.count(best.components())));
        rows.add(Measures.of("Components in use", Numbers.count(componentsInUse())));
        gaussian()
                .filter(numbers -> numbers.factors() > 0)
                .ifPresent(numbers ->
                        rows.add(Measures.of("Factors of each component", Numbers.count(numbers.factors()))));
        rows.add(Measures.of("Features", Numbers.count(trained.model().numFeatures())));
        rows.add(Measures.of("Free parameters", Numbers.count(mixture().freeParameters())));
        rows.add(Measures.of("Rounds", Numbers.count(best.rounds())));
        return table.modelAndJob(rows, "");
    }

    /**
     * Returns the curves of the fits that were not chosen, as far as this run has followed them from their first round.
     */
    private List<Curve> otherRuns() {
        List<Candidate> candidates = trained.fits().candidates();
        int chosen = candidates.indexOf(best);
        List<Curve> curves = new ArrayList<>();
        trained.curves().forEach((index, objective) -> {
            if (index != chosen) {
                Candidate candidate = candidates.get(index);
                List<Double> whole = new ArrayList<>(objective);
                whole.add(candidate.objective());
                curves.add(new Curve(
                        name(candidate),
                        whole.stream().mapToDouble(Double::doubleValue).toArray()));
            }
        });
        return curves;
    }

    private String name(Candidate candidate) {
        String components = candidate.components() + " components";
        String restart = "restart " + candidate.restart();
        return !trained.options().choosesComponents()
                ? restart
                : trained.options().restarts() == 1 ? components : components + ", " + restart;
    }
}
