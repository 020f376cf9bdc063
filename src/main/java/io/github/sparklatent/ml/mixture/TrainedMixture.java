package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.BlockTable;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.learn.em.SelectedRow;
import io.github.sparklatent.mixture.MixedDensity;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import io.github.sparklatent.mixture.training.Candidate;
import io.github.sparklatent.mixture.training.ComponentNumbers;
import io.github.sparklatent.mixture.training.Criterion;
import io.github.sparklatent.mixture.training.MixtureFit;
import io.github.sparklatent.mixture.training.MixtureOptions;
import io.github.sparklatent.mixture.training.TrainingResult;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.columns.TableUnits;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
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
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A trained mixture, and the result that is shown of it.
 *
 * @param model the model for spark.ml
 * @param form computes the features of the model
 * @param options of the fits
 * @param objective name of the objective in the lines of rounds
 * @param shown what all results show of the training rows, with the warnings
 * @param table the training rows
 * @param fits all fits
 * @param agreement agreement with the label, by whether rows are held out; empty without a label
 * @param curves objective round by round of each fit, by its index among the candidates
 * @param sample a few training rows; empty if no report is asked for
 */
record TrainedMixture<M extends MixtureOfRows<M>>(
        M model,
        TableForm form,
        MixtureOptions options,
        String objective,
        TrainedTable shown,
        BlockTable table,
        TrainingResult fits,
        Map<Boolean, Agreement> agreement,
        SortedMap<Integer, List<Double>> curves,
        List<SelectedRow> sample)
        implements Trained<M> {
    private MixtureFit fit() {
        return fits.best();
    }

    private Candidate best() {
        return fit().metrics();
    }

    private MixedMixture mixture() {
        return fit().mixture();
    }

    private Optional<MixtureParameters> gaussian() {
        return Optional.ofNullable(mixture().gaussian());
    }

    private Confusion confusion() {
        return Agreement.confusion(agreement);
    }

    /** Returns the posterior of the parameters of the best fit; empty if the method has none. */
    private List<Map<String, Object>> posterior() {
        return ParameterMetrics.of(fit(), table.scaling(), facts().featureNames());
    }

    /** Returns the name of the objective in words. */
    private String objectiveInWords() {
        return switch (objective) {
            case "elbo" -> "evidence lower bound";
            case "meanLogPosterior" -> "mean log posterior";
            default -> "mean log-likelihood";
        };
    }

    @Override
    public TableFacts facts() {
        return table.facts();
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return fit().history().stream()
                .map(round -> RoundProgress.line(round, objective))
                .toList();
    }

    private Components components() {
        AssignedRows assigned = new AssignedRows(new MixedDensity(mixture()));
        return new Components(
                mixture().weights(),
                table.train().sums("rows of each component", assigned).sums());
    }

    @Override
    public Result result() {
        Measures measures = measures();
        Result result = shown.result(this::head, model, own -> metrics(own, measures));
        lines(result, measures);
        shown.addHoldoutLine(result, measures);
        result.notes("warning", shown.warnings());
        return result.sections(this::sections).technical(() -> technical(measures));
    }

    private void metrics(Result result, Measures measures) {
        result.put("rows", shown.rows(fit().rows()))
                .put("train", train(measures))
                .put("holdout", measures.heldOut())
                .put(
                        "candidates",
                        fits.candidates().stream()
                                .map(TrainedMixture::candidate)
                                .toList());
        if (fit().posterior() != null) {
            result.put(ParameterMetrics.NAME, posterior());
        }
    }

    private Measures measures() {
        Measures measures = Measures.ofLogLikelihood(
                        fit().rows(),
                        shown.holdoutRows(),
                        best().meanLogLikelihood(),
                        best().holdoutMeanLogLikelihood())
                .words("Log-likelihood", Numbers.figure(fit().weight() * best().meanLogLikelihood()), Numbers.ABSENT)
                .words("BIC (lower is better)", Numbers.figure(best().bic()), Numbers.ABSENT);
        Agreement.add(agreement, measures);
        return measures;
    }

    private Map<String, Object> train(Measures measures) {
        Map<String, Object> train = measures.train();
        train.put("rounds", best().rounds());
        train.put("converged", best().converged());
        train.put("objective", best().objective());
        train.put("componentsInUse", componentsInUse());
        train.put("bic", best().bic());
        return train;
    }

    private long componentsInUse() {
        return fit().componentsInUse(fits.size());
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
        int number = fits.candidates().size();
        result.line("model", "%s", model.describe())
                .line(
                        "train",
                        "%s, %s, %s, %s%s",
                        shown.counted(fit().rows()),
                        Lines.measures(measures.train()),
                        Lines.count(best().rounds(), "round"),
                        best().converged() ? "converged" : "not converged",
                        number > 1 ? ", the best of " + number + " fits" : "");
        if (options.choosesComponents()) {
            result.line(
                    "components",
                    "%d by %s among %s",
                    best().components(),
                    options.criterion(),
                    ComponentNumbers.tried(fits));
        }
        if (componentsInUse() < best().components()) {
            result.line("in use", "%d of %s", componentsInUse(), Lines.count(best().components(), "component"));
        }
    }

    private Page head() {
        return Page.head(
                "Mixture report",
                shown.context()
                        .title()
                        .orElse(Words.capitalised(model.modelType().words())),
                summary(),
                best().converged() ? "converged" : "not converged",
                best().converged(),
                notices(),
                tiles());
    }

    private String tolerance() {
        return Numbers.chosen(options.stopping().tolerance());
    }

    private String summary() {
        String text = "%s%s, fitted to %s of %s in %s; %s"
                .formatted(
                        Words.counted(best().components(), "component"),
                        gaussian()
                                .map(numbers -> numbers.type())
                                .map(form -> " with %s covariance".formatted(form))
                                .orElse(""),
                        Words.counted(fit().rows(), "row"),
                        Words.counted(model.numFeatures(), "column"),
                        Words.counted(best().rounds(), "round"),
                        best().converged()
                                ? "converged: the %s changed by less than %s."
                                        .formatted(objectiveInWords(), tolerance())
                                : "not converged.");
        return isChoice()
                ? text
                        + " Chosen among %s components by %s."
                                .formatted(tried(), ChoiceSection.name(options.criterion()))
                : text;
    }

    private boolean isChoice() {
        return numbers().size() > 1;
    }

    private List<Integer> numbers() {
        return fits.candidates().stream()
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
        if (!best().converged()) {
            notices.add(
                    "The fit stopped after %s, before the change of the %s fell below %s. More rounds may improve the result."
                            .formatted(Words.counted(best().rounds(), "round"), objectiveInWords(), tolerance()));
        }
        notices.addAll(Words.first(shown.warnings()));
        return notices;
    }

    private List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(
                Numbers.count(best().components()),
                best().components() == 1 ? "component" : "components",
                componentsInUse() < best().components()
                        ? Numbers.count(componentsInUse()) + " in use"
                        : Numbers.count(mixture().freeParameters()) + " free parameters"));
        tiles.add(shown.rowsTile(fit().rows()));
        tiles.add(new Tile(Numbers.figure(best().meanLogLikelihood()), "log-likelihood", "mean, nats per row"));
        if (Double.isFinite(best().holdoutMeanLogLikelihood())) {
            tiles.add(new Tile(
                    Numbers.figure(best().holdoutMeanLogLikelihood()), "log-likelihood", "of the held-out rows"));
        }
        if (confusion() != null) {
            tiles.add(ConfusionSection.tile(confusion()));
        }
        tiles.add(shown.trainingTile(Words.counted(best().rounds(), "round")));
        return tiles;
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        Optional<GaussianSections> numbers = GaussianSections.of(model.table(), table.scaling(), sample, fit().rows());
        if (options.criterion() != Criterion.ROWS) { // otherwise the components are no groups
            if (numbers.map(GaussianSections::image).isEmpty()) { // single pixels say little
                sections.add(GroupsSection.of(
                        TableUnits.of(ComponentProfile.of(model.table(), table.scaling()), form.encoders())));
            }
            sections.add(ComponentsSection.of(components(), fit().rows(), "training rows"));
        }
        numbers.map(GaussianSections::sections).ifPresent(sections::addAll);
        if (fit().posterior() != null) {
            sections.add(ParameterMetrics.section(posterior()));
        }
        if (confusion() != null) {
            sections.add(ConfusionSection.of(confusion(), best().components()));
        }
        return sections;
    }

    private List<Section> technical(Measures measures) {
        List<Section> sections = new ArrayList<>();
        if (isChoice()) {
            sections.add(ChoiceSection.of(options.criterion(), fits.candidates(), best().components()));
        }
        sections.add(
                ProgressSection.of(objectiveInWords(), options.stopping().tolerance(), fit().history(), otherRuns()));
        sections.add(shown.metrics(List.of(measures.table("Fit to the rows."), modelAndJob())));
        sections.add(shown.originSection());
        return sections;
    }

    private Table modelAndJob() {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(Measures.of("Components", Numbers.count(best().components())));
        rows.add(Measures.of("Components in use", Numbers.count(componentsInUse())));
        gaussian()
                .filter(numbers -> numbers.factors() > 0)
                .ifPresent(numbers ->
                        rows.add(Measures.of("Factors of each component", Numbers.count(numbers.factors()))));
        rows.add(Measures.of("Features", Numbers.count(model.numFeatures())));
        rows.add(Measures.of("Free parameters", Numbers.count(mixture().freeParameters())));
        rows.add(Measures.of("Rounds", Numbers.count(best().rounds())));
        return shown.modelAndJob(rows, "");
    }

    /**
     * Returns the curves of the fits that were not chosen, as far as this run has followed them from their first round.
     */
    private List<Curve> otherRuns() {
        List<Candidate> candidates = fits.candidates();
        int chosen = candidates.indexOf(best());
        List<Curve> others = new ArrayList<>();
        curves.forEach((index, rounds) -> {
            if (index != chosen) {
                Candidate candidate = candidates.get(index);
                List<Double> whole = new ArrayList<>(rounds);
                whole.add(candidate.objective());
                others.add(new Curve(
                        name(candidate),
                        whole.stream().mapToDouble(Double::doubleValue).toArray()));
            }
        });
        return others;
    }

    private String name(Candidate candidate) {
        String components = candidate.components() + " components";
        String restart = "restart " + candidate.restart();
        return !options.choosesComponents()
                ? restart
                : options.restarts() == 1 ? components : components + ", " + restart;
    }
}
