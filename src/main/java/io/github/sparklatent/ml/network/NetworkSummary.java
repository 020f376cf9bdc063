package io.github.sparklatent.ml.network;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.stage.StagedResult.Round;
import io.github.sparklatent.ml.evaluation.LabelMeasures.Agreement;
import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.ConfusionSection.Confusion;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.Words;
import io.github.sparklatent.scoring.NetworkFit;
import io.github.sparklatent.vae.TrainedNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The head of a network's page: the result in words, the notices and the key metrics. */
final class NetworkSummary {
    /** Names of the metrics among the key metrics, in their order, each with its words. */
    private static final Map<String, String> TILES = new LinkedHashMap<>();

    static {
        TILES.put("elbo", "ELBO");
        TILES.put("logLikelihood", "log-likelihood");
        TILES.put("loss", "reconstruction loss");
        TILES.put("reconstruction", "reconstruction loss");
        TILES.put("kl", "KL divergence");
        TILES.put("meanSquaredError", "squared error");
    }

    private final NetworkResult<?> result;
    private final List<Round> rounds;
    private final NetworkFit fit;
    private final TrainedNetwork network;
    private final Confusion confusion;

    NetworkSummary(NetworkResult<?> result) {
        this.result = result;
        this.rounds = result.staged().rounds();
        this.fit = result.fit();
        this.network = result.network();
        this.confusion = Agreement.confusion(result.agreement());
    }

    Page head() {
        return Page.head(
                Words.capitalised(network.kind().words()) + " report",
                result.table().context().title().orElseGet(() -> NetworkMetrics.describe(network)),
                summary(),
                fit.stoppedEarly() ? "stopped early" : result.endedEarly() ? "ended early" : "trained",
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
                        Words.counted(result.facts().fitted(), "row"),
                        Words.counted(network.architecture().inputs(), "column"),
                        Words.epochs(fit.epochs()),
                        fit.stoppedEarly()
                                ? "stopped early because the held-out loss no longer improved"
                                : result.endedEarly() ? "ended early because its time was over" : "all epochs were run",
                        keptParameters());
    }

    private String keptParameters() {
        return "%s %s of %s%s."
                .formatted(
                        result.staged().last().kept().movingAverage()
                                ? "The kept parameters are the moving average after round"
                                : "The kept parameters are those of round",
                        Numbers.count(fit.keptRound()),
                        Numbers.count(fit.rounds()),
                        inStage());
    }

    /** Returns the number of the kept round within the last stage, or an empty text if there is only one stage. */
    String inStage() {
        return fit.stages().size() > 1
                ? ", round %s of stage %s"
                        .formatted(Numbers.count(fit.bestRound()), fit.last().name())
                : "";
    }

    private List<String> notices() {
        List<String> notices = new ArrayList<>();
        if (stillImproving()) {
            notices.add("The last evaluation of the held-out rows was the best. More epochs may improve the model.");
        }
        notices.addAll(Words.first(result.table().warnings()));
        return notices;
    }

    /**
     * Returns whether the training ended at its best and its learning rate was still more than a tenth of the largest
     * one.
     */
    private boolean stillImproving() {
        List<Round> evaluated = rounds.stream()
                .filter(round -> Double.isFinite(round.heldOut("loss")))
                .toList();
        boolean game =
                rounds.stream().anyMatch(NetworkSummary::isGame); // its distance to held-out rows goes up and down
        if (game || evaluated.size() < 2 || fit.stoppedEarly()) {
            return false;
        }
        Round end = evaluated.get(evaluated.size() - 1);
        double largest = rounds.stream().mapToDouble(NetworkSummary::rate).max().orElse(0);
        return end.number() == fit.keptRound() && rate(end) > 0.1 * largest;
    }

    /** Returns the largest learning rate of all parameter groups; NaN if none is known. */
    private static double rate(Round round) {
        return round.record().learningRates().stream()
                .mapToDouble(LearningRate::value)
                .max()
                .orElse(Double.NaN);
    }

    /** Returns whether a round is adversarial. */
    private static boolean isGame(Round round) {
        return round.stage().measures().contains(GameObjective.DISCRIMINATOR_LOSS);
    }

    private List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        String latent = Words.counted(network.architecture().latent(), "latent dimension");
        tiles.add(
                components() == 0
                        ? new Tile(
                                Numbers.count(network.architecture().latent()),
                                network.architecture().latent() == 1 ? "latent dimension" : "latent dimensions",
                                Words.counted(network.architecture().parameterCount(network.kind()), "parameter"))
                        : new Tile(Numbers.count(components()), "components", latent));
        tiles.add(result.table().rowsTile(result.facts().fitted()));
        List<Tile> measured = new ArrayList<>();
        if (components() > 0 && confusion != null) {
            measured.add(ConfusionSection.tile(confusion));
        }
        measured.addAll(accuracy());
        String which = result.isHeldOut() ? "of the held-out rows" : "of the training rows";
        TILES.forEach((name, words) -> {
            Double value = result.value(result.isHeldOut(), name);
            if (value != null && !Double.isNaN(value)) {
                measured.add(new Tile(Numbers.figure(value), words, which));
            }
        });
        tiles.addAll(measured.subList(0, Math.min(3, measured.size())));
        tiles.add(result.table().trainingTile(Words.epochs(fit.epochs())));
        return tiles;
    }

    /** Returns the final accuracy, or nothing if the last stage was not adversarial. */
    private List<Tile> accuracy() {
        Round last = rounds.get(rounds.size() - 1);
        if (!isGame(last)) {
            return List.of(); // the last stage changed the generator
        }
        boolean heldOut = Double.isFinite(last.heldOut(GameObjective.REAL_ACCURACY));
        double right = Stream.of(GameObjective.REAL_ACCURACY, GameObjective.FAKE_ACCURACY)
                .mapToDouble(measure -> heldOut ? last.heldOut(measure) : last.training(measure))
                .average()
                .orElseThrow();
        return Double.isFinite(right)
                ? List.of(new Tile(Numbers.percent(right), "classified correctly", "by the discriminator"))
                : List.of();
    }
}
