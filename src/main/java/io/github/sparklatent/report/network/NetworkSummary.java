package io.github.sparklatent.report.network;

import io.github.sparklatent.report.ConfusionSection;
import io.github.sparklatent.report.Page.Tile;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import io.github.sparklatent.report.network.GameRound.Verdicts;
import io.github.sparklatent.report.network.NetworkReport.Figures;
import io.github.sparklatent.report.network.NetworkReport.Network;
import io.github.sparklatent.report.network.NetworkReport.Round;
import io.github.sparklatent.report.network.NetworkReport.Training;
import java.util.ArrayList;
import java.util.List;

/** Builds the head of a network's page: the result in words, the notices and the key figures. */
final class NetworkSummary {

    private NetworkSummary() {}

    /** Returns the result in one or two sentences. */
    static String sentence(NetworkReport report) {
        Network network = report.network();
        Training training = report.training();
        return "%s of %s%s%s, trained on %s of %s in %s; %s. %s"
                .formatted(
                        Words.capitalised(network.modelType()),
                        Words.counted(network.latent(), "latent dimension"),
                        report.components() == null
                                ? ""
                                : " and " + Words.counted(report.components().count(), "component"),
                        network.likelihood().isEmpty()
                                ? ""
                                : " with " + network.likelihood() + " likelihood",
                        Words.counted(training.rows(), "row"),
                        Words.counted(network.features(), "column"),
                        epochs(training.epochs()),
                        training.stoppedEarly()
                                ? "stopped early because the held-out loss no longer improved"
                                : training.endedEarly()
                                        ? "ended early because its time was over"
                                        : "all epochs were run",
                        kept(report));
    }

    private static String kept(NetworkReport report) {
        Training training = report.training();
        return "%s %s of %s%s.%s"
                .formatted(
                        training.averaged()
                                ? "The kept parameters are the moving average after round"
                                : "The kept parameters are those of round",
                        Numbers.count(training.keptRound()),
                        Numbers.count(training.rounds()),
                        inStage(report),
                        training.kept().isEmpty() ? "" : " " + training.kept());
    }

    /**
     * Returns the number of the kept round within the last stage, or an empty text if there are no
     * stages.
     */
    static String inStage(NetworkReport report) {
        if (report.stages().size() < 2) {
            return "";
        }
        TrainingStage last = report.stages().get(report.stages().size() - 1);
        long before =
                report.rounds().stream().filter(round -> round.epochs() <= last.from()).count();
        return ", round %s of stage %s"
                .formatted(Numbers.count(report.training().keptRound() - before), last.name());
    }

    /** Returns the warnings that a reader should know before trusting the figures. */
    static List<String> notices(NetworkReport report) {
        Training training = report.training();
        List<String> notices = new ArrayList<>();
        if (stillImproving(report)) {
            notices.add(
                    "The last evaluation of the held-out rows was the best. More epochs may improve"
                            + " the model.");
        }
        notices.addAll(Words.first(report.warnings()));
        return notices;
    }

    /**
     * Returns whether the training ended at its best and its learning rate was still more than a
     * tenth of the largest one.
     */
    private static boolean stillImproving(NetworkReport report) {
        List<Round> evaluated =
                report.rounds().stream()
                        .filter(round -> Double.isFinite(round.holdout().loss()))
                        .toList();
        boolean game = !report.game().isEmpty(); // its distance to held-out rows goes up and down
        if (game || evaluated.size() < 2 || report.training().stoppedEarly()) {
            return false;
        }
        Round last = evaluated.get(evaluated.size() - 1);
        double largest = report.rounds().stream().mapToDouble(Round::greatestRate).max().orElse(0);
        return last.number() == report.training().keptRound()
                && last.greatestRate() > 0.1 * largest;
    }

    /** Returns the key figures, at most six. */
    static List<Tile> tiles(NetworkReport report) {
        Network network = report.network();
        Training training = report.training();
        boolean holdout = training.holdoutRows() > 0;
        Figures figures = holdout ? training.holdout() : training.train();
        String which = holdout ? "of the held-out rows" : "of the training rows";
        List<Tile> tiles = new ArrayList<>();
        tiles.add(size(report));
        tiles.add(
                new Tile(
                        Numbers.count(training.rows()),
                        training.rows() == 1 ? "row" : "rows",
                        holdout
                                ? Numbers.count(training.holdoutRows()) + " held out"
                                : "none held out"));
        List<Tile> measured = new ArrayList<>(matching(report));
        measured.addAll(game(report));
        add(measured, figures.elbo(), "ELBO", which);
        add(measured, figures.logLikelihood(), "log-likelihood", which);
        add(measured, figures.reconstruction(), "reconstruction loss", which);
        add(measured, figures.kl(), "KL divergence", which);
        add(measured, figures.squaredError(), "squared error", which);
        tiles.addAll(measured.subList(0, Math.min(3, measured.size())));
        tiles.add(
                new Tile(
                        Numbers.seconds(report.seconds().train()),
                        "training",
                        epochs(training.epochs())));
        return tiles;
    }

    private static Tile size(NetworkReport report) {
        String latent = Words.counted(report.network().latent(), "latent dimension");
        return report.components() == null
                ? new Tile(
                        Numbers.count(report.network().latent()),
                        report.network().latent() == 1 ? "latent dimension" : "latent dimensions",
                        Words.counted(report.network().parameters(), "parameter"))
                : new Tile(Numbers.count(report.components().count()), "components", latent);
    }

    /** Returns the agreement of components and labels, if there are both. */
    private static List<Tile> matching(NetworkReport report) {
        return report.components() == null || report.components().confusion() == null
                ? List.of()
                : List.of(ConfusionSection.tile(report.components().confusion()));
    }

    /**
     * Returns the final accuracy and coverage, or nothing if the last stage was not adversarial.
     */
    private static List<Tile> game(NetworkReport report) {
        if (report.game().isEmpty()) {
            return List.of();
        }
        GameRound last = report.game().get(report.game().size() - 1);
        double end = report.rounds().stream().mapToDouble(Round::epochs).max().orElse(0);
        if (last.epochs() < end) {
            return List.of(); // a later stage changed the generator
        }
        boolean heldOut = Double.isFinite(last.holdout().realAccuracy());
        Verdicts verdicts = heldOut ? last.holdout() : last.training();
        double right = (verdicts.realAccuracy() + verdicts.generatedAccuracy()) / 2;
        String which = heldOut ? "of the held-out rows" : "of the training rows";
        List<Tile> tiles = new ArrayList<>();
        if (Double.isFinite(right)) {
            tiles.add(
                    new Tile(
                            Numbers.percent(right),
                            "classified correctly",
                            "by the discriminator"));
        }
        add(tiles, verdicts.coverage(), "coverage", which);
        return tiles;
    }

    private static void add(List<Tile> tiles, double value, String name, String which) {
        if (!Double.isNaN(value)) {
            tiles.add(new Tile(Numbers.figure(value), name, which));
        }
    }

    static String epochs(double epochs) {
        return Numbers.chosen(epochs) + (epochs == 1 ? " epoch" : " epochs");
    }
}
