package io.github.sparklatent.ml.network;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.ml.evaluation.TrainedTable;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.ConfusionSection.Confusion;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.TrainingRounds.Round;
import io.github.sparklatent.report.Words;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The head of a network's page: the result in words, the notices and the key metrics. */
final class NetworkSummary {
    /** The words of a tile for rows that were held out, and for the others. */
    private static final String HELD_OUT = "of the held-out rows";

    private static final String TRAINING = "of the training rows";

    private final NetworkOutcome<?> trained;
    private final TrainedTable table;
    private final List<Round> rounds;
    private final TrainedNetwork network;
    private final AveragingResult last;
    private final Confusion confusion;

    NetworkSummary(NetworkOutcome<?> trained, TrainedTable table) {
        this.trained = trained;
        this.table = table;
        this.rounds = trained.history().all();
        this.network = trained.network();
        this.last = trained.staged().last();
        this.confusion = Agreement.confusion(trained.agreement());
    }

    Page head() {
        return Page.head(
                Words.capitalised(network.kind().words()) + " report",
                table.context().title().orElseGet(() -> NetworkMetrics.describe(network)),
                summary(),
                last.stoppedEarly() ? "stopped early" : trained.endedEarly() ? "ended early" : "trained",
                true,
                notices(),
                tiles());
    }

    /** Returns the number of components of the latent space; 0 if it has none. */
    private int components() {
        return network.components();
    }

    private String summary() {
        return "%s of %s%s%s, trained on %s of %s in %s; %s. %s"
                .formatted(
                        Words.capitalised(network.kind().words()),
                        Words.counted(network.architecture().latent(), "latent dimension"),
                        components() == 0 ? "" : " and " + Words.counted(components(), "component"),
                        network.kind().hasDensity()
                                ? " with " + network.architecture().likelihood() + " likelihood"
                                : "",
                        Words.counted(trained.rows().facts().fitted(), "row"),
                        Words.counted(network.architecture().inputs(), "column"),
                        Words.epochs(trained.epochs()),
                        last.stoppedEarly()
                                ? "stopped early because the held-out loss no longer improved"
                                : trained.endedEarly()
                                        ? "ended early because its time was over"
                                        : "all epochs were run",
                        keptParameters());
    }

    private String keptParameters() {
        return "%s %s of %s%s."
                .formatted(
                        last.movingAverage()
                                ? "The kept parameters are the moving average after round"
                                : "The kept parameters are those of round",
                        Numbers.count(trained.keptRound()),
                        Numbers.count(trained.roundCount()),
                        inStage());
    }

    /** Returns the number of the kept round within the last stage, or an empty text if there is only one stage. */
    String inStage() {
        List<StageRecord> stages = trained.staged().stages();
        return trained.isStaged()
                ? ", round %s of stage %s"
                        .formatted(
                                Numbers.count(last.round()),
                                stages.get(stages.size() - 1).name())
                : "";
    }

    private List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (stillImproving()) {
            notices.add("The last evaluation of the held-out rows was the best. More epochs may improve the model.");
        }
        notices.addAll(Words.first(trained.warnings()));
        return notices;
    }

    /**
     * Returns whether the training ended at its best and its learning rate was still more than a tenth of the largest
     * one.
     */
    private boolean stillImproving() {
        List<Round> evaluated = rounds.stream()
                .filter(round -> Double.isFinite(round.heldOut(NetworkResult.LOSS)))
                .toList();
        boolean game = !game().isEmpty(); // its distance to held-out rows goes up and down
        if (game || evaluated.size() < 2 || last.stoppedEarly()) {
            return false;
        }
        Round end = evaluated.get(evaluated.size() - 1);
        double largest = rounds.stream().mapToDouble(Round::greatestRate).max().orElse(0);
        return end.number() == trained.keptRound() && end.greatestRate() > 0.1 * largest;
    }

    private List<Tile> tiles() {
        boolean holdout = table.holdoutRows() > 0;
        List<Tile> tiles = new ArrayList<>();
        String latent = Words.counted(network.architecture().latent(), "latent dimension");
        tiles.add(
                components() == 0
                        ? new Tile(
                                Numbers.count(network.architecture().latent()),
                                network.architecture().latent() == 1 ? "latent dimension" : "latent dimensions",
                                Words.counted(network.architecture().parameterCount(network.kind()), "parameter"))
                        : new Tile(Numbers.count(components()), "components", latent));
        tiles.add(table.rowsTile(table.facts().fitted()));
        List<Tile> measured = new ArrayList<>();
        if (components() > 0 && confusion != null) {
            measured.add(ConfusionSection.tile(confusion));
        }
        measured.addAll(accuracy());
        Map<String, Object> metrics = trained.holdout().orElse(trained.train());
        String which = holdout ? HELD_OUT : TRAINING;
        add(measured, NetworkResult.value(metrics, "elbo"), "ELBO", which);
        add(measured, NetworkResult.value(metrics, "logLikelihood"), "log-likelihood", which);
        add(
                measured,
                NetworkResult.value(
                        metrics,
                        metrics.containsKey(NetworkResult.LOSS) ? NetworkResult.LOSS : NetworkResult.RECONSTRUCTION),
                "reconstruction loss",
                which);
        add(measured, NetworkResult.value(metrics, "kl"), "KL divergence", which);
        add(measured, NetworkResult.value(metrics, "meanSquaredError"), "squared error", which);
        tiles.addAll(measured.subList(0, Math.min(3, measured.size())));
        tiles.add(table.trainingTile(Words.epochs(trained.epochs())));
        return tiles;
    }

    /** Returns the rounds of adversarial stages. */
    private List<Round> game() {
        return trained.history().with(GameObjective.DISCRIMINATOR_LOSS);
    }

    /** Returns the final accuracy, or nothing if the last stage was not adversarial. */
    private List<Tile> accuracy() {
        List<Round> game = game();
        double end = rounds.stream().mapToDouble(Round::epochs).max().orElse(0);
        if (game.isEmpty() || game.get(game.size() - 1).epochs() < end) {
            return List.of(); // a later stage changed the generator
        }
        Round round = game.get(game.size() - 1);
        boolean heldOut = Double.isFinite(round.heldOut(GameObjective.REAL_ACCURACY));
        double right = Stream.of(GameObjective.REAL_ACCURACY, GameObjective.FAKE_ACCURACY)
                .mapToDouble(measure -> heldOut ? round.heldOut(measure) : round.training(measure))
                .average()
                .orElseThrow();
        return Double.isFinite(right)
                ? List.of(new Tile(Numbers.percent(right), "classified correctly", "by the discriminator"))
                : List.of();
    }

    private static void add(List<Tile> tiles, Double value, String name, String which) {
        if (value != null && !Double.isNaN(value)) {
            tiles.add(new Tile(Numbers.figure(value), name, which));
        }
    }
}
