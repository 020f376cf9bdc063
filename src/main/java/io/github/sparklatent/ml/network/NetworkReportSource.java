package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.table.ImageColumns;
import io.github.sparklatent.cluster.table.Scaling;
import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.ml.core.TrainingContext;
import io.github.sparklatent.ml.evaluation.ImageDetection;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.LogJacobian;
import io.github.sparklatent.ml.evaluation.ReportFrame;
import io.github.sparklatent.ml.evaluation.ShownRows;
import io.github.sparklatent.ml.network.measure.Comparison;
import io.github.sparklatent.ml.network.report.NetworkPictures;
import io.github.sparklatent.nn.Parameter;
import io.github.sparklatent.report.Measures;
import io.github.sparklatent.report.chart.Image;
import io.github.sparklatent.report.network.ChainRound;
import io.github.sparklatent.report.network.GameRound;
import io.github.sparklatent.report.network.NetworkReport;
import io.github.sparklatent.report.network.TrainingStage;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.model.Kind;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** Collects the content of the report on a network's training. */
final class NetworkReportSource {
    private static final String LOSS = "loss";
    private static final String RECONSTRUCTION = "reconstruction";

    /** Names of the figures of objectives, in the order of the report, each with its words. */
    private static final Map<String, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put("elbo", "ELBO, nats per row (higher is better)");
        WORDS.put(LOSS, "Reconstruction loss, nats per row");
        WORDS.put(RECONSTRUCTION, WORDS.get(LOSS));
        WORDS.put("kl", "KL divergence, nats per row");
        WORDS.put("logLikelihood", "Log-likelihood, nats per row");
        WORDS.put("meanSquaredError", "Squared error per feature");
        WORDS.put(
                AdversarialMeasures.DISCRIMINATOR_LOSS, "Loss of the discriminator, nats per row");
        WORDS.put(AdversarialMeasures.GENERATOR_LOSS, "Loss of the generator, nats per row");
        WORDS.put(
                AdversarialMeasures.REAL_ACCURACY,
                "Accuracy of the discriminator, share of the real rows");
        WORDS.put(
                AdversarialMeasures.FAKE_ACCURACY,
                "Accuracy of the discriminator, share of the generated rows");
        WORDS.put(
                AdversarialMeasures.COVERAGE,
                "Coverage of the real rows, 128 at a time (1: a perfect generator)");
    }

    private static final List<StageRecord> NO_STAGES = List.of();

    private final NetworkOutcome trained;
    private final TrainingContext context;
    private final TrainedNetwork network;

    NetworkReportSource(NetworkOutcome trained, TrainingContext context) {
        this.trained = trained;
        this.context = context;
        this.network = trained.network();
    }

    NetworkReport report() {
        Scaling scaling = trained.rows().scaling();
        List<String> names = trained.rows().facts().featureNames();
        NetworkPictures pictures =
                new NetworkPictures(
                        network,
                        trained.model().scoringOptions(),
                        scaling,
                        ShownRows.of(
                                trained.tables(),
                                trained.tables()
                                        .assembler(trained.rows().columns(), scaling, names.size()),
                                trained.holdoutRows() > 0));
        Image image = image(names, pictures.originals());
        boolean drawn = network.kind().hasPrior();
        return new NetworkReport(
                context.title().orElseGet(() -> NetworkFigures.describe(network)),
                network(),
                training(),
                trained.warnings(),
                rounds(),
                new NetworkReport.Columns(names, image),
                pictures.reconstructions(),
                drawn && image != null ? pictures.samples() : null,
                pictures.latents(),
                drawn && image == null ? pictures.marginals(names) : List.of(),
                pictures.anomalies(),
                pictures.components(trained.agreement()),
                stages(),
                game(),
                chains(),
                ReportFrame.seconds(context),
                ReportFrame.runOrigin(context, trained.origin()));
    }

    /**
     * Returns the image shape of the rows from the schema of the table, or else as detected from
     * the values.
     */
    private Image image(List<String> names, DMatrixRMaj originals) {
        return ImageColumns.size(trained.tables().table().schema())
                .map(size -> new Image(size.get(0), size.get(1), size.get(2)))
                .orElseGet(() -> ImageDetection.of(names, originals));
    }

    private NetworkReport.Network network() {
        Map<String, List<Parameter>> layers = new LinkedHashMap<>();
        for (Parameter parameter : network.architecture().parameters(network.kind())) {
            String layer = parameter.name().substring(0, parameter.name().lastIndexOf('.'));
            layers.computeIfAbsent(layer, name -> new ArrayList<>()).add(parameter);
        }
        return new NetworkReport.Network(
                network.kind().words(),
                network.architecture().inputs(),
                network.architecture().latent(),
                network.kind().hasDensity() ? network.architecture().likelihood().toString() : "",
                network.kind() == Kind.VARIATIONAL_ADVERSARIAL,
                network.architecture().parameterCount(network.kind()),
                layers.entrySet().stream()
                        .map(entry -> layer(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static NetworkReport.Layer layer(String name, List<Parameter> parameters) {
        String shapes =
                String.join(
                        ", ",
                        parameters.stream()
                                .map(
                                        parameter ->
                                                "%s %d x %d"
                                                        .formatted(
                                                                parameter
                                                                        .name()
                                                                        .substring(
                                                                                name.length() + 1),
                                                                parameter.rows(),
                                                                parameter.columns()))
                                .toList());
        return new NetworkReport.Layer(
                name, shapes, parameters.stream().mapToLong(Parameter::length).sum());
    }

    private NetworkReport.Training training() {
        AveragingResult last = trained.result().last();
        return new NetworkReport.Training(
                trained.rows().facts().rows(),
                trained.holdoutRows(),
                trained.rows().facts().skipped(),
                trained.rows().partitions().toString(),
                trained.rounds(),
                trained.epochs(),
                trained.rounds() - last.history().size() + last.round(),
                last.movingAverage(),
                trained.kept(),
                last.stoppedEarly(),
                trained.endedEarly(),
                figures(trained.train()),
                trained.holdout()
                        .map(NetworkReportSource::figures)
                        .orElse(NetworkReport.Figures.NONE),
                measures(),
                trained.rows().facts().missingByFeature(),
                trained.rows().scaling().kind().toString(),
                LogJacobian.of(
                        trained.rows().scaling(), trained.rows().facts(), trained.isWeighted()));
    }

    private static NetworkReport.Figures figures(Map<String, Object> measures) {
        double loss = number(measures, LOSS);
        return new NetworkReport.Figures(
                number(measures, "elbo"),
                Double.isNaN(loss) ? number(measures, RECONSTRUCTION) : loss,
                number(measures, "kl"),
                number(measures, "logLikelihood"),
                number(measures, "meanSquaredError"));
    }

    private Measures measures() {
        Map<String, Object> train = trained.figures(false);
        Map<String, Object> heldOut =
                trained.holdout().isEmpty() ? Map.of() : trained.figures(true);
        Measures measures = new Measures(trained.rows().facts().rows(), trained.holdoutRows());
        WORDS.forEach(
                (name, words) -> {
                    boolean asLoss = name.equals(RECONSTRUCTION) && train.containsKey(LOSS);
                    if (train.containsKey(name) && !asLoss) {
                        measures.add(name, words, value(train, name), value(heldOut, name));
                    }
                });
        Agreement.add(trained.agreement(), measures);
        Comparison comparison = trained.comparison(false);
        for (String name : comparison.figures().keySet()) {
            measures.add(name, comparison.words(name), value(train, name), value(heldOut, name));
        }
        return measures;
    }

    private static Double value(Map<String, Object> figures, String name) {
        return figures.get(name) instanceof Number number ? number.doubleValue() : null;
    }

    private static double number(Map<String, Object> measures, String name) {
        return measures.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /** Returns the rounds of all stages, numbered consecutively. */
    private List<NetworkReport.Round> rounds() {
        List<NetworkReport.Round> rounds = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : trained.result().stages()) {
            int before = rounds.size();
            for (NetworkRound round : stage.rounds()) {
                rounds.add(round(stage, before, epochs, round));
            }
            epochs += stage.epochs();
        }
        return rounds;
    }

    /**
     * Returns a round for the report.
     *
     * @param stage the stage of the round
     * @param before number of rounds of the earlier stages
     * @param epochs epochs of the earlier stages
     */
    private static NetworkReport.Round round(
            StageRecord stage, int before, double epochs, NetworkRound round) {
        return new NetworkReport.Round(
                before + round.number(),
                epochs + round.epochs(),
                losses(stage, round.measures()),
                losses(stage, round.heldOut()),
                measure(stage, round.averageHeldOut(), LOSS),
                round.learningRates(),
                round.rows(),
                round.broadcast(),
                round.compute(),
                round.reduce(),
                round.update(),
                round.evaluate());
    }

    /**
     * Returns the loss and its parts from the measures of an objective. An adversarial objective
     * has no single loss.
     */
    private static NetworkReport.Losses losses(StageRecord stage, List<Double> measures) {
        double reconstruction = measure(stage, measures, RECONSTRUCTION);
        return new NetworkReport.Losses(
                measure(stage, measures, LOSS),
                Double.isNaN(reconstruction)
                        ? measure(
                                stage,
                                measures,
                                VariationalAdversarialObjective.FEATURE_RECONSTRUCTION)
                        : reconstruction,
                measure(stage, measures, "kl"));
    }

    /** Returns the measure of that name, or NaN if there is none. */
    private static double measure(StageRecord stage, List<Double> measures, String name) {
        int place = stage.measures().indexOf(name);
        return place < 0 || measures.isEmpty() ? Double.NaN : measures.get(place);
    }

    private List<TrainingStage> stages() {
        List<TrainingStage> stages = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : trained.isStaged() ? trained.result().stages() : NO_STAGES) {
            double end = epochs + stage.epochs();
            stages.add(new TrainingStage(stage.name(), epochs, end));
            epochs = end;
        }
        return stages;
    }

    /** Returns the rounds of the stages with chains. */
    private List<ChainRound> chains() {
        List<ChainRound> rounds = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : trained.result().stages()) {
            if (stage.measures().contains(HamiltonianObjective.ACCEPTANCE)) {
                for (NetworkRound round : stage.rounds()) {
                    rounds.add(
                            new ChainRound(
                                    epochs + round.epochs(),
                                    ofChains(stage, round.measures()),
                                    ofChains(stage, round.heldOut())));
                }
            }
            epochs += stage.epochs();
        }
        return rounds;
    }

    private static ChainRound.Measures ofChains(StageRecord stage, List<Double> measures) {
        return new ChainRound.Measures(
                measure(stage, measures, HamiltonianObjective.ACCEPTANCE),
                measure(stage, measures, HamiltonianObjective.STEP_SIZE),
                measure(stage, measures, HamiltonianObjective.DIVERGENT),
                measure(stage, measures, HamiltonianObjective.EFFECTIVE_SIZE));
    }

    /** Returns the rounds of the adversarial stages. */
    private List<GameRound> game() {
        List<GameRound> rounds = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : trained.result().stages()) {
            if (stage.measures().contains(AdversarialMeasures.DISCRIMINATOR_LOSS)) {
                for (NetworkRound round : stage.rounds()) {
                    rounds.add(
                            new GameRound(
                                    epochs + round.epochs(),
                                    verdicts(stage, round.measures()),
                                    verdicts(stage, round.heldOut())));
                }
            }
            epochs += stage.epochs();
        }
        return rounds;
    }

    private static GameRound.Verdicts verdicts(StageRecord stage, List<Double> measures) {
        return new GameRound.Verdicts(
                measure(stage, measures, AdversarialMeasures.DISCRIMINATOR_LOSS),
                measure(stage, measures, AdversarialMeasures.GENERATOR_LOSS),
                measure(stage, measures, AdversarialMeasures.REAL_ACCURACY),
                measure(stage, measures, AdversarialMeasures.FAKE_ACCURACY),
                measure(stage, measures, AdversarialMeasures.COVERAGE));
    }
}
