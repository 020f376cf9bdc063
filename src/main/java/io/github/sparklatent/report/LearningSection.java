package io.github.sparklatent.report;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.TrainingRounds.Round;
import io.github.sparklatent.report.TrainingRounds.Stage;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The sections that show the progress of a network's training against epochs. */
public final class LearningSection {
    private static final String LOSS = "loss";
    private static final String DIVERGENCE = "kl";
    private static final String LIKELIHOOD =
            "Reconstruction: −log p(x | z), the negative log-likelihood of the rows given their latent codes.";
    private static final String LEARNT_SIMILARITY =
            "Reconstruction on the discriminator's features (featureReconstruction): ½ |f(x) − f(x̃)|², half the squared distance between a row and its reconstruction on the"
                    + " discriminator's last hidden layer. This layer changes during training. The value is not part of the rows' own reconstruction loss.";

    /** The number of pixels by which the curve of a learning rate is thinner than the one below it. */
    private static final double THINNER = 0.8;

    private static final double MIN_THICKNESS = 0.8;

    /** Colours of the thin curves of discriminator and generator, for the training rows. */
    private static final List<Color> PLAYERS_TRAINING = List.of(Palette.series(5), Palette.series(1));

    /** Colours of their thick curves, for the held-out rows. */
    private static final List<Color> PLAYERS = List.of(Palette.series(0), Palette.series(4));

    private final TrainingRounds training;
    private final List<Round> rounds;

    private LearningSection(TrainingRounds training, List<Round> rounds) {
        this.training = training;
        this.rounds = rounds;
    }

    /**
     * Returns the section of losses, their parts and the learning rate; without rounds, it has no blocks.
     *
     * @param kept number of the round after which the parameters were kept
     * @param averaged whether the kept parameters are the moving average
     * @param learntSimilarity whether training compares rows and reconstructions on the features of the discriminator
     *     and not by their likelihood
     */
    public static Section of(TrainingRounds training, int kept, boolean averaged, boolean learntSimilarity) {
        LearningSection section = new LearningSection(training, training.all());
        String unit = learntSimilarity
                ? "Losses per row, not in nats: they compare a row with its reconstruction on the features of the discriminator. These change while it learns, so a curve may rise although the model improves. "
                : "Losses in nats per row; lower is better. ";
        return new Section(
                "progress",
                "Progress of the training",
                (training.haveLoss() ? unit : "") + "An epoch uses every training row once." + text(training.named()),
                section.rounds.isEmpty() ? List.of() : section.losses(kept, averaged, learntSimilarity));
    }

    private static String text(List<Stage> stages) {
        return stages.isEmpty()
                ? ""
                : stages.stream()
                        .map(stage -> "%s (%s)".formatted(stage.name(), Words.epochs(stage.to() - stage.from())))
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        " Its stages: ",
                                        ". A curve is interrupted where a stage ends, because the next stage has another objective."));
    }

    private List<Block> losses(int kept, boolean averaged, boolean learntSimilarity) {
        Map<String, double[]> rates = rates();
        boolean scheduled = rates.values().stream().anyMatch(own -> known(own).count() > 1);
        List<Block> blocks = new ArrayList<>();
        if (training.haveLoss()) {
            blocks.add(loss(scheduled ? "" : text(rates), !scheduled, kept, averaged));
        }
        if (scheduled) {
            blocks.add(learningRate(rates));
        }
        if (rounds.stream().anyMatch(round -> Double.isFinite(round.training(DIVERGENCE)))) {
            blocks.add(figure(
                            "reconstruction",
                            learntSimilarity ? "loss on the discriminator's features" : "reconstruction loss",
                            learntSimilarity ? LEARNT_SIMILARITY : LIKELIHOOD,
                            false)
                    .add(
                            rounds,
                            learntSimilarity
                                    ? VariationalAdversarialObjective.FEATURE_RECONSTRUCTION
                                    : "reconstruction")
                    .chart());
            blocks.add(figure(
                            "divergence",
                            "KL divergence",
                            "Divergence KL(q(z | x) || p(z)): the information that the latent codes carry about a row.",
                            false)
                    .add(rounds, DIVERGENCE)
                    .chart());
        }
        return blocks;
    }

    private LearningFigure figure(String id, String name, String caption, boolean wide) {
        return new LearningFigure(id, name, caption, wide).stages(training.named());
    }

    private Chart loss(String rates, boolean wide, int kept, boolean averaged) {
        boolean heldOut = rounds.stream().anyMatch(round -> Double.isFinite(round.heldOut(LOSS)));
        String caption = "Loss of the training rows during a round"
                + (heldOut ? " and of the held-out rows after a round" : "")
                + (rates.isEmpty() ? "." : ", " + rates + ".");
        LearningFigure figure = figure("loss", "loss", caption, wide)
                .add(rounds, LOSS)
                .add("held out, moving average", rounds, round -> round.averaged(LOSS), Palette.series(2), false);
        rounds.stream().filter(round -> round.number() == kept).findFirst().ifPresent(round -> {
            double after = averaged ? round.averaged(LOSS) : round.heldOut(LOSS);
            figure.mark(
                    "kept: round " + Numbers.count(kept),
                    round.epochs(),
                    Double.isFinite(after) ? after : round.training(LOSS));
        });
        return figure.chart();
    }

    /** Returns the learning rate of each parameter group in every round; NaN if the group was not trained in it. */
    private Map<String, double[]> rates() {
        Map<String, double[]> rates = new LinkedHashMap<>();
        for (int i = 0; i < rounds.size(); i++) {
            for (LearningRate rate : rounds.get(i).record().learningRates()) {
                double[] unknown = new double[rounds.size()];
                Arrays.fill(unknown, Double.NaN);
                rates.putIfAbsent(rate.group(), unknown);
                rates.get(rate.group())[i] = rate.value();
            }
        }
        return rates;
    }

    private static DoubleStream known(double[] rates) {
        return DoubleStream.of(rates).filter(Double::isFinite).distinct();
    }

    /** Returns rates that do not change in words, or an empty text if none is known. */
    private static String text(Map<String, double[]> byGroup) {
        double[] values = byGroup.values().stream()
                .flatMapToDouble(LearningSection::known)
                .toArray();
        return switch ((int) DoubleStream.of(values).distinct().count()) {
            case 0 -> "";
            case 1 -> "learning rate " + Numbers.chosen(values[0]) + " throughout";
            default ->
                byGroup.entrySet().stream()
                        .map(group -> Numbers.chosen(
                                        known(group.getValue()).findFirst().orElse(Double.NaN))
                                + " for the "
                                + group.getKey())
                        .collect(Collectors.joining(", ", "learning rates ", " throughout"));
        };
    }

    /** Shows a curve for each group. Each curve is thinner than the ones below it, so that it does not hide them. */
    private Chart learningRate(Map<String, double[]> rates) {
        LearningFigure figure = figure(
                        "learning-rate",
                        "learning rate",
                        "Learning rate of the local optimiser at the beginning of a round.",
                        false)
                .fromZero();
        double[] epochs = rounds.stream().mapToDouble(Round::epochs).toArray();
        int group = 0;
        for (Map.Entry<String, double[]> own : rates.entrySet()) {
            double thickness = Math.max(MIN_THICKNESS, LearningFigure.THICK - THINNER * group);
            String name = rates.size() == 1 ? "rate" : own.getKey();
            figure.add(name, epochs, own.getValue(), Palette.series(group++), thickness);
        }
        return figure.chart();
    }

    /** Returns the section of discriminator and generator; without adversarial stages, it has no blocks. */
    public static Section game(TrainingRounds training) {
        List<Round> rounds = training.with(GameObjective.DISCRIMINATOR_LOSS);
        List<Stage> stages = training.named();
        List<Stage> played = stages.stream()
                .filter(stage -> rounds.stream()
                        .anyMatch(round -> round.epochs() > stage.from() && round.epochs() <= stage.to()))
                .toList();
        String where = played.stream()
                .map(stage -> "stage %s, epochs %s to %s"
                        .formatted(stage.name(), Numbers.chosen(stage.from()), Numbers.chosen(stage.to())))
                .collect(Collectors.joining(
                        ", ", " Adversarial training took place in ", "; the charts show only these epochs."));
        return new Section(
                "game",
                "Discriminator and generator",
                "The discriminator classifies rows as real or generated, and the generator makes rows that it classifies as real. The gain of one is the loss of the other,"
                        + " so neither curve has to fall. A discriminator that is right in half of the cases cannot separate them; one that is always right gives the generator little to learn from."
                        + (played.size() == stages.size() ? "" : where),
                rounds.isEmpty() ? List.of() : new LearningSection(training, rounds).players(played));
    }

    private List<Block> players(List<Stage> played) {
        double from = played.isEmpty() ? 0 : played.get(0).from();
        LearningFigure losses = new LearningFigure(
                        "game-losses", "loss", "Losses of the two players in nats per row.", true)
                .stages(played)
                .from(from);
        LearningFigure accuracies = new LearningFigure(
                        "game-accuracy",
                        "share classified correctly",
                        "Share of the real and of the generated rows that the discriminator classifies correctly.",
                        false)
                .fromZero()
                .from(from);
        for (boolean held : new boolean[] {false, true}) {
            add(losses, "discriminator", GameObjective.DISCRIMINATOR_LOSS, 0, held);
            add(losses, "generator", GameObjective.GENERATOR_LOSS, 1, held);
            add(accuracies, "real rows", GameObjective.REAL_ACCURACY, 0, held);
            add(accuracies, "generated rows", GameObjective.FAKE_ACCURACY, 1, held);
        }
        return List.of(losses.chart(), accuracies.chart());
    }

    private void add(LearningFigure figure, String what, String measure, int player, boolean held) {
        if (held) {
            figure.add(what + ", held out", rounds, round -> round.heldOut(measure), PLAYERS.get(player), false);
        } else {
            Color colour = PLAYERS_TRAINING.get(player);
            figure.add(what + ", training", rounds, round -> round.training(measure), colour, true);
        }
    }

    /** Returns the section of the chains of latent codes; without stages with chains, it has no blocks. */
    public static Section chains(TrainingRounds training) {
        List<Round> rounds = training.with(HamiltonianObjective.ACCEPTANCE);
        return new Section(
                "chains",
                "Hamiltonian chains",
                "A chain for each row starts at a draw of the encoder and moves towards the posterior of the row. Its end trains the decoder.",
                rounds.isEmpty() ? List.of() : chains(rounds));
    }

    private static List<Block> chains(List<Round> rounds) {
        boolean adapted = rounds.stream()
                        .map(round -> round.training(HamiltonianObjective.STEP_SIZE))
                        .distinct()
                        .count()
                > 1;
        List<Block> blocks = new ArrayList<>();
        blocks.add(chain(
                rounds,
                "acceptance",
                "Mean acceptance probability of a transition." + (adapted ? " The step size is adapted to it." : ""),
                HamiltonianObjective.ACCEPTANCE));
        blocks.add(chain(
                rounds,
                "step size",
                "Step size, in standard deviations of the encoder's posterior."
                        + (adapted
                                ? " A falling step size means that the posteriors of rows become narrower than the encoder's."
                                : ""),
                HamiltonianObjective.STEP_SIZE));
        blocks.add(chain(
                rounds,
                "effective sample size",
                "Effective sample size of one transition: 1 means that transitions are as good as independent draws. If it is below 0.2, the chains are too short and stay near the encoder's draw.",
                HamiltonianObjective.EFFECTIVE_SIZE));
        if (rounds.stream().anyMatch(round -> round.training(HamiltonianObjective.DIVERGENT) > 0)) {
            blocks.add(chain(
                    rounds,
                    "divergent",
                    "Share of the transitions that were divergent and were rejected.",
                    HamiltonianObjective.DIVERGENT));
        }
        return blocks;
    }

    private static Chart chain(List<Round> rounds, String name, String caption, String measure) {
        String id = "chain-" + name.replace(" sample", "").replace(' ', '-');
        return new LearningFigure(id, name, caption, false)
                .fromZero()
                .add(rounds, measure)
                .chart();
    }
}
