package io.github.sparklatent.report;

import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.TrainingRounds.Round;
import io.github.sparklatent.report.TrainingRounds.Stage;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The section that shows the progress of the training: losses, their parts and the learning rate against epochs. */
public final class LearningSection {

    private static final String LOSS = "loss";
    private static final String DIVERGENCE = "kl";
    private static final String LIKELIHOOD =
            "Reconstruction: −log p(x | z), the negative log-likelihood of the rows given their latent codes.";
    private static final String LEARNT_SIMILARITY =
            "Reconstruction on the discriminator's features (featureReconstruction): ½ |f(x) − f(x̃)|², half the squared distance between a row and its reconstruction on the"
                    + " discriminator's last hidden layer. This layer changes during training. The value is not part of the rows' own reconstruction loss.";

    private final TrainingRounds training;
    private final List<Round> rounds;
    private final boolean learntSimilarity;
    private final ParameterGroupRates rates;

    private LearningSection(TrainingRounds training, boolean learntSimilarity) {
        this.training = training;
        this.rounds = training.all();
        this.learntSimilarity = learntSimilarity;
        rates = new ParameterGroupRates(rounds);
    }

    /**
     * Returns the section; without rounds, it has no blocks.
     *
     * @param kept number of the round after which the parameters were kept
     * @param averaged whether the kept parameters are the moving average
     * @param learntSimilarity whether training compares rows and reconstructions on the features of the discriminator
     *     and not by their likelihood
     */
    public static Section of(TrainingRounds training, int kept, boolean averaged, boolean learntSimilarity) {
        LearningSection section = new LearningSection(training, learntSimilarity);
        String unit = learntSimilarity
                ? "Losses per row, not in nats: they compare a row with its reconstruction on the features of the discriminator. These change while it learns, so a curve may rise although the model improves. "
                : "Losses in nats per row; lower is better. ";
        return new Section(
                "progress",
                "Progress of the training",
                (training.haveLoss() ? unit : "") + "An epoch uses every training row once." + text(training.named()),
                section.rounds.isEmpty() ? List.of() : section.blocks(kept, averaged));
    }

    private static String text(List<Stage> stages) {
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

    private List<Block> blocks(int kept, boolean averaged) {
        boolean scheduled = rates.change();
        List<Block> blocks = new ArrayList<>();
        if (training.haveLoss()) {
            blocks.add(loss(!scheduled, kept, averaged));
        }
        if (scheduled) {
            blocks.add(learningRate());
        }
        if (rounds.stream().anyMatch(round -> Double.isFinite(round.training(DIVERGENCE)))) {
            blocks.add(part(
                    "reconstruction",
                    learntSimilarity ? "loss on the discriminator's features" : "reconstruction loss",
                    learntSimilarity ? LEARNT_SIMILARITY : LIKELIHOOD,
                    learntSimilarity ? VariationalAdversarialObjective.FEATURE_RECONSTRUCTION : "reconstruction"));
            blocks.add(part(
                    "divergence",
                    "KL divergence",
                    "Divergence KL(q(z | x) || p(z)): the information that the latent codes carry about a row.",
                    DIVERGENCE));
        }
        return blocks;
    }

    private Chart loss(boolean wide, int kept, boolean averaged) {
        boolean heldOut = rounds.stream().anyMatch(round -> Double.isFinite(round.heldOut(LOSS)));
        String caption = "Loss of the training rows during a round"
                + (heldOut ? " and of the held-out rows after a round" : "")
                + (rates.change() || rates.text().isEmpty() ? "." : ", " + rates.text() + ".");
        LearningFigure figure = figure("loss", "loss", caption, wide);
        figure.add(rounds, LOSS);
        figure.add("held out, moving average", rounds, round -> round.averaged(LOSS), Palette.series(2), false);
        rounds.stream().filter(round -> round.number() == kept).findFirst().ifPresent(round -> {
            double after = averaged ? round.averaged(LOSS) : round.heldOut(LOSS);
            figure.mark(
                    "kept: round " + Numbers.count(kept),
                    round.epochs(),
                    Double.isFinite(after) ? after : round.training(LOSS));
        });
        return figure.chart();
    }

    private LearningFigure figure(String id, String name, String caption, boolean wide) {
        LearningFigure figure = new LearningFigure(id, name, caption, wide);
        figure.stages(training.named());
        return figure;
    }

    private Chart part(String id, String name, String caption, String measure) {
        LearningFigure figure = figure(id, name, caption, false);
        figure.add(rounds, measure);
        return figure.chart();
    }

    private Chart learningRate() {
        LearningFigure figure = figure(
                "learning-rate",
                "learning rate",
                "Learning rate of the local optimiser at the beginning of a round.",
                false);
        rates.addTo(figure, rounds.stream().mapToDouble(Round::epochs).toArray());
        figure.fromZero();
        return figure.chart();
    }

    /** The learning rates of all rounds, by parameter group. */
    static final class ParameterGroupRates {
        /** The number of pixels by which a curve is thinner than the one below it. */
        private static final double THINNER = 0.8;

        private static final double MIN_THICKNESS = 0.8;

        /** The learning rate of each group in every round; NaN if the group was not trained in the round. */
        private final Map<String, double[]> byGroup = new LinkedHashMap<>();

        ParameterGroupRates(List<Round> rounds) {
            for (int i = 0; i < rounds.size(); i++) {
                for (LearningRate rate : rounds.get(i).record().learningRates()) {
                    byGroup.computeIfAbsent(
                                            rate.group(),
                                            group -> DoubleStream.generate(() -> Double.NaN)
                                                    .limit(rounds.size())
                                                    .toArray())[i] =
                            rate.value();
                }
            }
        }

        /** Returns whether the learning rate of a group changes. */
        boolean change() {
            return byGroup.values().stream().anyMatch(rates -> known(rates).count() > 1);
        }

        /** Returns the rates in words if they do not change, or an empty text if none is known. */
        String text() {
            List<Double> values = byGroup.values().stream()
                    .flatMap(rates -> known(rates).boxed())
                    .toList();
            if (values.isEmpty()) {
                return "";
            }
            if (values.stream().distinct().count() == 1) {
                return "learning rate " + Numbers.chosen(values.get(0)) + " throughout";
            }
            return byGroup.entrySet().stream()
                    .map(ParameterGroupRates::text)
                    .collect(Collectors.joining(", ", "learning rates ", " throughout"));
        }

        private static String text(Map.Entry<String, double[]> group) {
            double rate = known(group.getValue()).findFirst().orElse(Double.NaN);
            return Numbers.chosen(rate) + " for the " + group.getKey();
        }

        /** Adds a curve for each group. Each curve is thinner than the ones below it, so that it does not hide them. */
        void addTo(LearningFigure figure, double[] epochs) {
            int group = 0;
            for (Map.Entry<String, double[]> rates : byGroup.entrySet()) {
                String name = byGroup.size() == 1 ? "rate" : rates.getKey();
                figure.add(
                        name,
                        epochs,
                        rates.getValue(),
                        Palette.series(group),
                        Math.max(MIN_THICKNESS, LearningFigure.THICK - THINNER * group));
                group++;
            }
        }

        private static DoubleStream known(double[] rates) {
            return DoubleStream.of(rates).filter(Double::isFinite).distinct();
        }
    }
}
