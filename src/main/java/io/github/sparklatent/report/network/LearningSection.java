package io.github.sparklatent.report.network;

import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.Chart;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.RoundSeconds;
import io.github.sparklatent.report.SecondsFigure;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The section that shows the progress of the training: losses, their parts and the learning rate against epochs. */
public final class LearningSection {

    /**
     * The parameters that a training kept.
     *
     * @param round round after which they were kept
     * @param averaged whether they are the moving average of the parameters
     */
    public record Kept(int round, boolean averaged) {}

    /**
     * One round of the training.
     *
     * @param number number of the round, from 1
     * @param epochs epochs completed at the end of the round, a fraction
     * @param training losses of the batches during the round
     * @param holdout losses of the held-out rows after the round; {@link Losses#NONE}: not evaluated
     * @param averagedLoss loss of the held-out rows under the moving average of the parameters; NaN: not evaluated
     * @param learningRates learning rate of each parameter group at the beginning of the round
     * @param rows number of rows used in the round
     * @param broadcast seconds to send the parameters to the workers
     * @param compute seconds that the workers took to compute
     * @param reduce seconds to average the workers' parameters
     * @param update seconds that the driver took to update the parameters
     * @param evaluate seconds to evaluate the held-out rows; 0: no evaluation
     */
    public record Round(
            int number,
            double epochs,
            Losses training,
            Losses holdout,
            double averagedLoss,
            List<LearningRate> learningRates,
            long rows,
            double broadcast,
            double compute,
            double reduce,
            double update,
            double evaluate) {
        public Round {
            learningRates = List.copyOf(learningRates);
        }

        /** Returns the duration of each phase of the round. */
        public RoundSeconds seconds() {
            return new RoundSeconds(number, broadcast, compute, reduce, update, evaluate);
        }

        /** Returns the largest learning rate of all parameter groups; NaN if none is known. */
        public double greatestRate() {
            return learningRates.stream().mapToDouble(LearningRate::value).max().orElse(Double.NaN);
        }
    }

    /**
     * Mean losses over rows, in nats per row.
     *
     * @param loss loss that training lowers; for a variational autoencoder the reconstruction loss plus β times the
     *     divergence
     * @param reconstruction the part −log p(x | z), or the loss on the discriminator's features under a learnt
     *     similarity; NaN: the loss has no parts
     * @param kl the part KL(q(z | x) || p(z)); NaN: the loss has no parts
     */
    public record Losses(double loss, double reconstruction, double kl) {
        /** The value if nothing was measured. */
        public static final Losses NONE = new Losses(Double.NaN, Double.NaN, Double.NaN);
    }

    private static final String LIKELIHOOD =
            "Reconstruction: −log p(x | z), the negative log-likelihood of the rows given their latent codes.";
    private static final String LEARNT_SIMILARITY =
            "Reconstruction on the discriminator's features (featureReconstruction): ½ |f(x) − f(x̃)|², half the squared distance between a row and its reconstruction on the"
                    + " discriminator's last hidden layer. This layer changes during training. The value is not part of the rows' own reconstruction loss.";

    private final List<Round> rounds;
    private final Kept kept;
    private final List<TrainingStage> stages;
    private final boolean measured;
    private final boolean learntSimilarity;
    private final ParameterGroupRates rates;

    private LearningSection(List<Round> rounds, List<TrainingStage> stages, Kept kept, boolean learntSimilarity) {
        this.rounds = rounds;
        this.stages = stages;
        this.kept = kept;
        this.learntSimilarity = learntSimilarity;
        rates = new ParameterGroupRates(rounds);
        measured = isMeasured(rounds);
    }

    /** Returns whether rounds have a loss. Purely adversarial training has only the losses of its two players. */
    public static boolean isMeasured(List<Round> rounds) {
        return rounds.stream()
                .anyMatch(round -> Double.isFinite(round.training().loss())
                        || Double.isFinite(round.holdout().loss()));
    }

    /**
     * Returns the section; without rounds, it has no blocks.
     *
     * @param stages stages of the training; empty: it had none
     * @param kept the parameters that were kept
     * @param learntSimilarity whether training compares rows and reconstructions on the features of the discriminator
     *     and not by their likelihood
     */
    public static Section of(List<Round> rounds, List<TrainingStage> stages, Kept kept, boolean learntSimilarity) {
        String unit = learntSimilarity
                ? "Losses per row, not in nats: they compare a row with its reconstruction on the features of the discriminator. These change while it learns, so a curve may rise although the model improves. "
                : "Losses in nats per row; lower is better. ";
        return new Section(
                "progress",
                "Progress of the training",
                (isMeasured(rounds) ? unit : "") + "An epoch uses every training row once." + text(stages),
                rounds.isEmpty() ? List.of() : new LearningSection(rounds, stages, kept, learntSimilarity).blocks());
    }

    private static String text(List<TrainingStage> stages) {
        if (stages.size() < 2) {
            return "";
        }
        List<String> each = stages.stream()
                .map(stage -> "%s (%s)".formatted(stage.name(), Words.epochs(stage.to() - stage.from())))
                .toList();
        return " Its stages: "
                + String.join(", ", each)
                + ". A curve is interrupted where a stage ends, because the next stage has another objective.";
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
            blocks.add(part(
                    "reconstruction",
                    learntSimilarity ? "loss on the discriminator's features" : "reconstruction loss",
                    learntSimilarity ? LEARNT_SIMILARITY : LIKELIHOOD,
                    Losses::reconstruction));
            blocks.add(part(
                    "divergence",
                    "KL divergence",
                    "Divergence KL(q(z | x) || p(z)): the information that the latent codes carry about a row.",
                    Losses::kl));
        }
        List<RoundSeconds> seconds = rounds.stream().map(Round::seconds).toList();
        if (seconds.stream().anyMatch(round -> round.seconds() > 0)) {
            blocks.add(SecondsFigure.of(seconds));
        }
        return blocks;
    }

    private Chart loss(boolean wide) {
        boolean heldOut =
                rounds.stream().anyMatch(r -> Double.isFinite(r.holdout().loss()));
        String caption = "Loss of the training rows during a round"
                + (heldOut ? " and of the held-out rows after a round" : "")
                + (rates.change() || rates.text().isEmpty() ? "." : ", " + rates.text() + ".");
        LearningFigure figure = new LearningFigure("loss", "loss", caption, wide);
        figure.stages(stages);
        figure.add("training", epochs(), values(r -> r.training().loss()), LearningFigure.TRAINING);
        figure.add("held out", epochs(), values(r -> r.holdout().loss()), LearningFigure.HELD_OUT);
        figure.add("held out, moving average", epochs(), values(Round::averagedLoss), LearningFigure.AVERAGED);
        rounds.stream()
                .filter(round -> round.number() == kept.round())
                .findFirst()
                .ifPresent(round ->
                        figure.mark("kept: round " + Numbers.count(kept.round()), round.epochs(), keptLoss(round)));
        return figure.chart();
    }

    private double keptLoss(Round round) {
        double heldOut =
                kept.averaged() ? round.averagedLoss() : round.holdout().loss();
        return Double.isFinite(heldOut) ? heldOut : round.training().loss();
    }

    private Chart part(String id, String name, String caption, ToDoubleFunction<Losses> part) {
        LearningFigure figure = new LearningFigure(id, name, caption, false);
        figure.stages(stages);
        figure.add(
                "training", epochs(), values(round -> part.applyAsDouble(round.training())), LearningFigure.TRAINING);
        figure.add("held out", epochs(), values(round -> part.applyAsDouble(round.holdout())), LearningFigure.HELD_OUT);
        return figure.chart();
    }

    private Chart learningRate() {
        LearningFigure figure = new LearningFigure(
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
