package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.columns.Scale;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.stage.StageRecord;
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
import io.github.sparklatent.report.TrainingRounds;
import io.github.sparklatent.report.TraversalSection;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.ejml.data.DMatrixRMaj;

/** Builds the result of a network's training. */
final class NetworkResult {
    static final String LOSS = "loss";
    static final String RECONSTRUCTION = "reconstruction";

    /** Names of the metrics of objectives, in the order of the report, each with its words. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("elbo", "ELBO, nats per row (higher is better)");
        WORDS.put(LOSS, "Reconstruction loss, nats per row");
        WORDS.put(RECONSTRUCTION, WORDS.get(LOSS));
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

    private final NetworkOutcome<?> trained;
    private final TrainedTable table;
    private final TrainedNetwork network;
    private final AveragingResult last;
    private final NetworkSummary summary;
    private final Confusion confusion;

    NetworkResult(NetworkOutcome<?> trained) {
        this.trained = trained;
        this.network = trained.network();
        this.last = trained.staged().last();
        this.confusion = Agreement.confusion(trained.agreement());
        this.table = new TrainedTable(
                trained.context(),
                trained.rows().facts(),
                trained.rows().scaling(),
                trained.rows().partitions(),
                trained.holdoutRows(),
                trained.warnings(),
                trained.origin());
        this.summary = new NetworkSummary(trained, table);
    }

    Result result() {
        Result result = table.result(summary::head, trained.model(), this::metrics);
        lines(result);
        return result.sections(this::sections).technical(this::technical);
    }

    private void metrics(Result result) {
        Map<String, Object> train = trained.comparison(false).beside(trained.metrics(false));
        train.put("rounds", trained.roundCount());
        train.put("epochs", trained.epochs());
        train.put("bestRound", trained.keptRound());
        train.put("movingAverage", last.movingAverage());
        train.put("stoppedEarly", last.stoppedEarly());
        if (trained.isStaged()) {
            train.put(
                    "stages",
                    trained.staged().stages().stream().map(this::stage).toList());
        }
        result.put("train", train)
                .put(
                        "holdout",
                        trained.holdout().isEmpty()
                                ? null
                                : trained.comparison(true).beside(trained.metrics(true)));
    }

    private Map<String, Object> stage(StageRecord stage) {
        return Json.object(
                "name", stage.name(),
                "rounds", stage.rounds().size(),
                "epochs", stage.epochs());
    }

    private void lines(Result result) {
        result.line("model", "%s", NetworkMetrics.describe(network))
                .line(
                        "train",
                        "%s, %s, %s, %.2f epochs%s",
                        table.counted(trained.rows().facts().fitted()),
                        Lines.measures(trained.metrics(false)),
                        Lines.count(trained.roundCount(), "round"),
                        trained.epochs(),
                        last.stoppedEarly() ? ", stopped early" : "");
        if (trained.holdout().isPresent()) {
            result.line(
                    "holdout",
                    "%s, %s, %s",
                    Lines.count(trained.holdoutRows(), "row"),
                    Lines.measures(trained.metrics(true)),
                    kept());
        }
        String space = trained.comparison(trained.holdout().isPresent()).space();
        if (!space.isEmpty()) {
            result.line("features", "%s", space);
        }
        result.notes("warning", trained.warnings());
    }

    private String kept() {
        String stage = trained.isStaged()
                ? " of stage "
                        + trained.staged()
                                .stages()
                                .get(trained.staged().stages().size() - 1)
                                .name()
                : "";
        String which = last.isChosen() ? "best after" : "after";
        return "%s round %d%s".formatted(which, last.round(), stage);
    }

    private Measures measures() {
        Map<String, Object> train = trained.metrics(false);
        Map<String, Object> heldOut = trained.holdout().isEmpty() ? Map.of() : trained.metrics(true);
        Measures measures = new Measures(trained.rows().facts().fitted(), trained.holdoutRows());
        WORDS.forEach((name, words) -> {
            boolean asLoss = name.equals(RECONSTRUCTION) && train.containsKey(LOSS);
            if (train.containsKey(name) && !asLoss) {
                measures.add(name, words, value(train, name), value(heldOut, name));
            }
        });
        Agreement.add(trained.agreement(), measures);
        Comparison comparison = trained.comparison(false);
        for (String name : comparison.metrics().keySet()) {
            measures.add(name, comparison.words(name), value(train, name), value(heldOut, name));
        }
        return measures;
    }

    static Double value(Map<String, Object> metrics, String name) {
        return metrics.get(name) instanceof Number number ? number.doubleValue() : null;
    }

    private List<Section> sections() {
        List<String> all = trained.rows().facts().featureNames();
        NetworkPictures pictures = pictures();
        List<String> names = pictures.names(all);
        Columns columns = new Columns(names, image(names, pictures.originals()));
        Reconstructions reconstructions = pictures.reconstructions();
        Anomalies anomalies = pictures.anomalies();
        Latents latents = pictures.latents();
        NetworkComponents components = pictures.components();
        DMatrixRMaj rows = reconstructions == null ? new DMatrixRMaj(0, 0) : reconstructions.originals();
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
                    rows.numRows > 0 ? rows : anomalies == null ? samples : anomalies.mostAnomalous(),
                    columns.image(),
                    network.kind().hasDensity()));
        }
        if (components != null) {
            sections.add(ComponentsSection.of(
                    components.sizes(),
                    trained.rows().facts().fitted(),
                    (latents == null ? "rows" : latents.rows()) + " of this report"));
            sections.add(MeansSection.decoded(components, columns, rows));
        }
        if (latents != null) {
            sections.add(LatentSection.of(latents, components));
            if (network.architecture().likelihood().conditions().isEmpty()) {
                DMatrixRMaj decoded = pictures.decoded(TraversalSection.codes(latents));
                sections.add(TraversalSection.of(latents, decoded, columns, rows));
            }
        }
        if (components != null && confusion != null) {
            sections.add(ConfusionSection.of(confusion, components.count()));
        }
        if (drawn && columns.image() == null) {
            sections.add(DrawnRowsSection.of(pictures.marginals(names)));
        }
        if (anomalies != null) {
            sections.add(AnomaliesSection.of(anomalies, columns, rows));
        }
        return sections;
    }

    private NetworkPictures pictures() {
        Scaling scaling = trained.rows().scaling();
        return new NetworkPictures(
                network,
                trained.model().scoringOptions(),
                scaling,
                ShownRows.of(
                        trained.context().tables(), trained.rows().facts(), trained.form(), trained.holdoutRows() > 0));
    }

    /** Returns the image shape of the rows from the schema of the table, or else as detected from the values. */
    private Image image(List<String> names, DMatrixRMaj originals) {
        return ImageColumns.size(trained.context().tables().table().schema())
                .map(size -> new Image(size.get(0), size.get(1), size.get(2)))
                .orElseGet(() -> Image.detected(names, originals));
    }

    private List<Section> technical() {
        TrainingRounds history = trained.history();
        Section learning = LearningSection.of(
                history, trained.keptRound(), last.movingAverage(), network.kind() == Kind.VARIATIONAL_ADVERSARIAL);
        Section game = LearningSection.game(history);
        boolean onlyGame = !history.haveLoss();
        List<Table> tables = List.of(measures().table("Metrics of the kept model."), modelAndJob(), layers());
        return List.of(
                onlyGame ? game : learning,
                onlyGame ? learning : game,
                LearningSection.chains(history),
                metrics(tables),
                table.originSection());
    }

    private Section metrics(List<Table> tables) {
        Scale scale = table.scaling().kind();
        return network.kind().hasDensity()
                ? table.metrics(tables)
                : table.metrics(
                        tables,
                        scale == Scale.NONE
                                ? ""
                                : "The rows were scaled (%s): the discriminator works on the scaled rows."
                                        .formatted(scale));
    }

    private Table modelAndJob() {
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(Measures.of("Features", Numbers.count(network.architecture().inputs())));
        rows.add(Measures.of(
                "Latent dimensions", Numbers.count(network.architecture().latent())));
        if (network.kind().hasDensity()) {
            rows.add(Measures.of(
                    "Likelihood", network.architecture().likelihood().toString()));
        }
        rows.add(Measures.of("Parameters", Numbers.count(network.architecture().parameterCount(network.kind()))));
        rows.add(Measures.of("Epochs", Numbers.chosen(trained.epochs())));
        rows.add(Measures.of("Rounds", Numbers.count(trained.roundCount())));
        rows.add(Measures.of(
                "Kept parameters",
                (last.movingAverage() ? "moving average, round " : "round ")
                        + Numbers.count(trained.keptRound())
                        + summary.inStage()));
        return table.modelAndJob(rows, "words");
    }

    private Table layers() {
        Map<String, List<Parameter>> layers = new LinkedHashMap<>();
        for (Parameter parameter : network.architecture().parameters(network.kind())) {
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
