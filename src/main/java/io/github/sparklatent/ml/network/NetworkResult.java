package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.ml.columns.TableForm;
import io.github.sparklatent.ml.core.Trained;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.ShownRows;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.report.AnomaliesSection;
import io.github.sparklatent.report.AnomaliesSection.Anomalies;
import io.github.sparklatent.report.ComponentsSection;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.ConfusionSection.Confusion;
import io.github.sparklatent.report.DrawnRowsSection;
import io.github.sparklatent.report.Image;
import io.github.sparklatent.report.LatentSection;
import io.github.sparklatent.report.LatentSection.Latents;
import io.github.sparklatent.report.LatentSection.NetworkComponents;
import io.github.sparklatent.report.LearningSection;
import io.github.sparklatent.report.MeansSection;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.ReconstructionSection;
import io.github.sparklatent.report.ReconstructionSection.Columns;
import io.github.sparklatent.report.ReconstructionSection.Reconstructions;
import io.github.sparklatent.report.Result;
import io.github.sparklatent.report.TraversalSection;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/**
 * The result of a network's training. Maps have an entry for the training rows (false) and, if there are any, one for
 * the held-out rows (true).
 *
 * @param model the model in the form of spark.ml
 * @param rows the training table
 * @param table the training table, as the results of all models show it
 * @param staged result of the rounds, stage by stage
 * @param endedEarly whether the time of a stage was over before its last epoch
 * @param metrics metrics by name, with those of comparison and agreement
 * @param comparison comparison with reconstructions and drawn rows
 * @param agreement agreement of components and labels; no entry without components or labels
 */
record NetworkResult<M extends NetworkModel<M>>(
        M model,
        ShardTable rows,
        TrainedTable table,
        StagedResult staged,
        boolean endedEarly,
        Map<Boolean, Map<String, Object>> metrics,
        Map<Boolean, Comparison> comparison,
        Map<Boolean, Agreement> agreement)
        implements Trained<M> {
    /** Names of the metrics of networks, in the order of the report, each with its words. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("elbo", "ELBO, nats per row (higher is better)");
        WORDS.put("loss", "Reconstruction loss, nats per row"); // of a model without a bound
        WORDS.put("reconstruction", WORDS.get("loss"));
        WORDS.put("kl", "KL divergence, nats per row");
        WORDS.put("logLikelihood", "Log-likelihood, nats per row");
        WORDS.put("bitsPerValue", "Bits per value by the ELBO; each value is a whole number or a category");
        WORDS.put("activeUnits", "Active units: latent dimensions whose means have a variance above 0.01");
        WORDS.put("meanSquaredError", "Squared error per feature");
        WORDS.put(GameObjective.DISCRIMINATOR_LOSS, "Loss of the discriminator, nats per row");
        WORDS.put(GameObjective.GENERATOR_LOSS, "Loss of the generator, nats per row");
        WORDS.put(GameObjective.REAL_ACCURACY, "Accuracy of the discriminator, share of the real rows");
        WORDS.put(GameObjective.FAKE_ACCURACY, "Accuracy of the discriminator, share of the generated rows");
    }

    @Override
    public TableFacts facts() {
        return table.facts();
    }

    @Override
    public TableForm form() {
        return TableForm.of(rows.columns(), rows.scaling(), facts().width());
    }

    @Override
    public List<Map<String, Object>> rounds() {
        return NetworkMetrics.rounds(staged);
    }

    @Override
    public Result result() {
        NetworkSummary summary = new NetworkSummary(this);
        Result result = table.result(summary::head, model, this::metrics);
        lines(result);
        return result.sections(this::sections).technical(() -> technical(summary));
    }

    /** Returns the record of the training. */
    NetworkFit fit() {
        return model.fitRecord().orElseThrow();
    }

    TrainedNetwork network() {
        return model.network();
    }

    Kind kind() {
        return network().kind();
    }

    /** Returns whether rows were held out. */
    boolean isHeldOut() {
        return metrics.containsKey(true);
    }

    private void metrics(Result result) {
        NetworkFit fit = fit();
        Map<String, Object> train = comparison.get(false).beside(metrics.get(false));
        train.put("rounds", fit.rounds());
        train.put("epochs", fit.epochs());
        train.put("bestRound", fit.keptRound());
        train.put("movingAverage", staged.last().kept().movingAverage());
        train.put("stoppedEarly", fit.stoppedEarly());
        if (fit.stages().size() > 1) {
            train.put(
                    "stages",
                    fit.stages().stream()
                            .map(stage -> Json.object(
                                    "name", stage.name(),
                                    "rounds", stage.rounds(),
                                    "epochs", stage.epochs()))
                            .toList());
        }
        result.put("train", train)
                .put("holdout", isHeldOut() ? comparison.get(true).beside(metrics.get(true)) : null);
    }

    private void lines(Result result) {
        NetworkFit fit = fit();
        result.line("model", "%s", model.describe())
                .line(
                        "train",
                        "%s, %s, %s, %.2f epochs%s",
                        table.counted(facts().fitted()),
                        Lines.measures(metrics.get(false)),
                        Lines.count(fit.rounds(), "round"),
                        fit.epochs(),
                        fit.stoppedEarly() ? ", stopped early" : "");
        if (isHeldOut()) {
            result.line(
                    "holdout",
                    "%s, %s, %s round %d%s",
                    Lines.count(table.holdoutRows(), "row"),
                    Lines.measures(metrics.get(true)),
                    staged.last().isChosen() ? "best after" : "after",
                    fit.bestRound(),
                    fit.stages().size() > 1 ? " of stage " + fit.last().name() : "");
        }
        String space = comparison.get(isHeldOut()).space();
        if (!space.isEmpty()) {
            result.line("features", "%s", space);
        }
        result.notes("warning", table.warnings());
    }

    private Measures measures() {
        Measures measures = new Measures(facts().fitted(), table.holdoutRows());
        WORDS.forEach((name, words) -> add(measures, name, words));
        Agreement.add(agreement, measures);
        Comparison compared = comparison.get(false);
        compared.metrics().keySet().forEach(name -> add(measures, name, compared.words(name)));
        return measures;
    }

    private void add(Measures measures, String name, String words) {
        if (metrics.get(false).containsKey(name)) {
            measures.add(name, words, value(false, name), value(true, name));
        }
    }

    /** Returns a metric of the held-out or the training rows; null if it was not measured. */
    Double value(boolean heldOut, String name) {
        return metrics.getOrDefault(heldOut, Map.of()).get(name) instanceof Number number ? number.doubleValue() : null;
    }

    private List<Section> sections() {
        TrainedNetwork network = network();
        NetworkPictures pictures = new NetworkPictures(
                network,
                model.scoringOptions(),
                rows.scaling(),
                ShownRows.of(table.context().tables(), facts(), form(), isHeldOut()));
        List<String> names = pictures.names(facts().featureNames());
        Columns columns = new Columns(names, image(names, pictures.originals()));
        Reconstructions reconstructions = pictures.reconstructions();
        Anomalies anomalies = pictures.anomalies();
        Latents latents = pictures.latents();
        NetworkComponents components = pictures.components();
        DMatrixRMaj originals = reconstructions == null ? new DMatrixRMaj(0, 0) : reconstructions.originals();
        boolean drawn = network.kind().hasPrior();
        List<Section> sections = new ArrayList<>();
        if (reconstructions != null) {
            sections.add(ReconstructionSection.of(
                    reconstructions, columns, network.architecture().latent()));
        }
        if (drawn && columns.image() != null) {
            DMatrixRMaj samples = pictures.samples();
            sections.add(DrawnRowsSection.pictures(
                    samples,
                    originals.numRows > 0 ? originals : anomalies == null ? samples : anomalies.mostAnomalous(),
                    columns.image(),
                    network.kind().hasDensity()));
        }
        if (components != null) {
            sections.add(ComponentsSection.of(
                    components.sizes(),
                    facts().fitted(),
                    (latents == null ? "rows" : latents.rows()) + " of this report"));
            sections.add(MeansSection.decoded(components, columns, originals));
        }
        if (latents != null) {
            sections.add(LatentSection.of(latents, components));
            if (network.architecture().likelihood().conditions().isEmpty()) {
                DMatrixRMaj decoded = pictures.decoded(TraversalSection.codes(latents));
                sections.add(TraversalSection.of(latents, decoded, columns, originals));
            }
        }
        Confusion confusion = Agreement.confusion(agreement);
        if (components != null && confusion != null) {
            sections.add(ConfusionSection.of(confusion, components.count()));
        }
        if (drawn && columns.image() == null) {
            sections.add(DrawnRowsSection.of(pictures.marginals(names)));
        }
        if (anomalies != null) {
            sections.add(AnomaliesSection.of(anomalies, columns, originals));
        }
        return sections;
    }

    /** Returns the image shape of the rows from the schema of the table, or else as detected from the values. */
    private Image image(List<String> names, DMatrixRMaj originals) {
        return ImageColumns.size(table.context().tables().table().schema())
                .map(size -> new Image(size.get(0), size.get(1), size.get(2)))
                .orElseGet(() -> Image.detected(names, originals));
    }

    private List<Section> technical(NetworkSummary summary) {
        List<Table> tables = List.of(measures().table("Metrics of the kept model."), modelAndJob(summary), layers());
        List<Section> sections =
                new ArrayList<>(LearningSection.of(staged, fit().keptRound(), kind() == Kind.VARIATIONAL_ADVERSARIAL));
        sections.add(metrics(tables));
        sections.add(table.originSection());
        return sections;
    }

    private Section metrics(List<Table> tables) {
        Scale scale = table.scaling().kind();
        return kind().hasDensity()
                ? table.metrics(tables)
                : table.metrics(
                        tables,
                        scale == Scale.NONE
                                ? ""
                                : "The rows were scaled (%s): the discriminator works on the scaled rows."
                                        .formatted(scale));
    }

    private Table modelAndJob(NetworkSummary summary) {
        Architecture architecture = network().architecture();
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(Measures.of("Features", Numbers.count(architecture.inputs())));
        rows.add(Measures.of("Latent dimensions", Numbers.count(architecture.latent())));
        if (kind().hasDensity()) {
            rows.add(Measures.of("Likelihood", architecture.likelihood().toString()));
        }
        rows.add(Measures.of("Parameters", Numbers.count(architecture.parameterCount(kind()))));
        rows.add(Measures.of("Epochs", Numbers.chosen(fit().epochs())));
        rows.add(Measures.of("Rounds", Numbers.count(fit().rounds())));
        rows.add(Measures.of(
                "Kept parameters",
                (staged.last().kept().movingAverage() ? "moving average, round " : "round ")
                        + Numbers.count(fit().keptRound())
                        + summary.inStage()));
        return table.modelAndJob(rows, "words");
    }

    private Table layers() {
        Map<String, List<Parameter>> layers = new LinkedHashMap<>();
        for (Parameter parameter : network().architecture().parameters(kind())) {
            String layer = parameter.name().substring(0, parameter.name().lastIndexOf('.'));
            layers.computeIfAbsent(layer, name -> new ArrayList<>()).add(parameter);
        }
        return new Table(
                "metrics-layers",
                "Layers from the input to the output.",
                "layers",
                List.of("Part", "Layer", "Parameters"),
                layers.entrySet().stream()
                        .map(entry -> layer(entry.getKey(), entry.getValue()))
                        .toList(),
                true);
    }

    private static List<Cell> layer(String name, List<Parameter> parameters) {
        String shapes = parameters.stream()
                .map(parameter -> "%s %d x %d"
                        .formatted(
                                parameter.name().substring(name.length() + 1), parameter.rows(), parameter.columns()))
                .collect(Collectors.joining(", "));
        return List.of(
                Cell.of(name),
                Cell.of(shapes),
                Cell.of(Numbers.count(
                        parameters.stream().mapToLong(Parameter::length).sum())));
    }
}
