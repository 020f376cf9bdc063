package io.github.sparklatent.report.network;

import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.RoundSeconds;
import io.github.sparklatent.report.SecondsFigure;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.network.NetworkReport.Losses;
import io.github.sparklatent.report.network.NetworkReport.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The section that shows the progress of the training: losses, their parts and the learning rate
 * against epochs.
 */
final class LearningSection {

    private static final String LIKELIHOOD =
            "Reconstruction: −log p(x | z), the negative log-likelihood of the rows given their"
                    + " latent codes.";
    private static final String LEARNT_SIMILARITY =
            "Reconstruction on the discriminator's features (featureReconstruction): ½ |f(x) −"
                + " f(x̃)|², half the squared distance between a row and its reconstruction on the"
                + " discriminator's last hidden layer. This layer changes during training. The"
                + " value is not part of the rows' own reconstruction loss.";

    private final List<Round> rounds;
    private final int kept;
    private final boolean averaged;
    private final List<TrainingStage> stages;
    private final boolean measured;
    private final boolean learntSimilarity;
    private final ParameterGroupRates rates;

    private LearningSection(NetworkReport report) {
        rounds = report.rounds();
        rates = new ParameterGroupRates(rounds);
        kept = report.training().keptRound();
        averaged = report.training().averaged();
        stages = report.stages();
        measured = isMeasured(report);
        learntSimilarity = report.network().learntSimilarity();
    }

    /**
     * Returns whether rounds have a loss. Purely adversarial training has only the losses of its
     * two players.
     */
    static boolean isMeasured(NetworkReport report) {
        return report.rounds().stream()
                .anyMatch(
                        round ->
                                Double.isFinite(round.training().loss())
                                        || Double.isFinite(round.holdout().loss()));
    }

    static Section of(NetworkReport report) {
        List<Block> blocks =
                report.rounds().isEmpty() ? List.of() : new LearningSection(report).blocks();
        return new Section(
                "progress",
                "Progress of the training",
                (isMeasured(report) ? unit(report) : "")
                        + "An epoch uses every training row once."
                        + text(report.stages()),
                blocks);
    }

    private static String unit(NetworkReport report) {
        return report.network().learntSimilarity()
                ? "Losses per row, not in nats: they compare a row with its reconstruction on the"
                        + " features of the discriminator. These change while it learns, so a curve"
                        + " may rise although the model improves. "
                : "Losses in nats per row; lower is better. ";
    }

    private static String text(List<TrainingStage> stages) {
        if (stages.size() < 2) {
            return "";
        }
        List<String> each =
                stages.stream()
                        .map(
                                stage ->
                                        "%s (%s)"
                                                .formatted(
                                                        stage.name(),
                                                        NetworkSummary.epochs(
                                                                stage.to() - stage.from())))
                        .toList();
        return " Its stages: "
                + String.join(", ", each)
                + ". A curve is interrupted where a stage ends, because the next stage has another"
                + " objective.";
    }

    private List<Block> blocks() {
        boolean scheduled = rates.change();
        List<Block> blocks = new ArrayList<>();
        if (measured) {
            blocks.add(loss(!scheduled));
        }
        if (scheduled) {
            blocks.add(learningRate());
        }
        if (rounds.stream().anyMatch(round -> Double.isFinite(round.training().kl()))) {
            blocks.add(
                    part(
                            "reconstruction",
                            learntSimilarity
                                    ? "loss on the discriminator's features"
                                    : "reconstruction loss",
                            learntSimilarity ? LEARNT_SIMILARITY : LIKELIHOOD,
                            Losses::reconstruction));
            blocks.add(
                    part(
                            "divergence",
                            "KL divergence",
                            "Divergence KL(q(z | x) || p(z)): the information that the latent codes"
                                    + " carry about a row.",
                            Losses::kl));
        }
        List<RoundSeconds> seconds = rounds.stream().map(Round::seconds).toList();
        if (seconds.stream().anyMatch(round -> round.seconds() > 0)) {
            blocks.add(SecondsFigure.of(seconds));
        }
        return blocks;
    }

    private Chart loss(boolean wide) {
        boolean heldOut = rounds.stream().anyMatch(r -> Double.isFinite(r.holdout().loss()));
        String caption =
                "Loss of the training rows during a round"
                        + (heldOut ? " and of the held-out rows after a round" : "")
                        + (rates.change() || rates.text().isEmpty()
                                ? "."
                                : ", " + rates.text() + ".");
        LearningFigure figure = new LearningFigure("loss", "loss", caption, wide);
        figure.stages(stages);
        figure.add("training", epochs(), values(r -> r.training().loss()), LearningFigure.TRAINING);
        figure.add("held out", epochs(), values(r -> r.holdout().loss()), LearningFigure.HELD_OUT);
        figure.add(
                "held out, moving average",
                epochs(),
                values(Round::averagedLoss),
                LearningFigure.AVERAGED);
        rounds.stream()
                .filter(round -> round.number() == kept)
                .findFirst()
                .ifPresent(
                        round ->
                                figure.mark(
                                        "kept: round " + Numbers.count(kept),
                                        round.epochs(),
                                        keptLoss(round)));
        return figure.chart();
    }

    private double keptLoss(Round round) {
        double heldOut = averaged ? round.averagedLoss() : round.holdout().loss();
        return Double.isFinite(heldOut) ? heldOut : round.training().loss();
    }

    private Chart part(String id, String name, String caption, ToDoubleFunction<Losses> part) {
        LearningFigure figure = new LearningFigure(id, name, caption, false);
        figure.stages(stages);
        figure.add(
                "training",
                epochs(),
                values(round -> part.applyAsDouble(round.training())),
                LearningFigure.TRAINING);
        figure.add(
                "held out",
                epochs(),
                values(round -> part.applyAsDouble(round.holdout())),
                LearningFigure.HELD_OUT);
        return figure.chart();
    }

    private Chart learningRate() {
        LearningFigure figure =
                new LearningFigure(
                        "learning-rate",
                        "learning rate",
                        "Learning rate of the local optimiser at the beginning of a round.",
                        false);
        figure.stages(stages);
        rates.addTo(figure, epochs());
        figure.fromZero();
        return figure.chart();
    }

    private double[] epochs() {
        return values(Round::epochs);
    }

    private double[] values(ToDoubleFunction<Round> value) {
        return rounds.stream().mapToDouble(value).toArray();
    }
}
