package io.github.sparklatent.report;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.TrainingRounds.Round;
import io.github.sparklatent.report.TrainingRounds.Stage;
import java.awt.Color;
import java.util.List;
import java.util.stream.Collectors;

/** The section that shows the losses and accuracies of discriminator and generator. */
public final class GameSection {

    /** Colours of the thick curves, for the held-out rows. The thin curves are for the training rows. */
    private static final Color DISCRIMINATOR = Palette.series(0);

    private static final Color GENERATOR = Palette.series(4);
    private static final Color DISCRIMINATOR_TRAINING = Palette.series(5);
    private static final Color GENERATOR_TRAINING = Palette.series(1);

    private final List<Round> rounds;
    private final List<Stage> stages;

    private GameSection(List<Round> rounds, List<Stage> played) {
        this.rounds = rounds;
        this.stages = played;
    }

    /** Returns the stages with adversarial training. The charts show only the epochs of these stages. */
    private static List<Stage> played(List<Round> rounds, List<Stage> stages) {
        return stages.stream()
                .filter(stage -> rounds.stream()
                        .anyMatch(round -> round.epochs() > stage.from() && round.epochs() <= stage.to()))
                .toList();
    }

    private static String text(List<Stage> played, List<Stage> stages) {
        if (played.size() == stages.size()) {
            return "";
        }
        return played.stream()
                .map(stage -> "stage %s, epochs %s to %s"
                        .formatted(stage.name(), Numbers.chosen(stage.from()), Numbers.chosen(stage.to())))
                .collect(Collectors.joining(
                        ", ", " Adversarial training took place in ", "; the charts show only these epochs."));
    }

    private LearningFigure figure(String id, String name, String caption, boolean wide) {
        LearningFigure figure = new LearningFigure(id, name, caption, wide);
        if (!stages.isEmpty()) {
            figure.from(stages.get(0).from());
        }
        return figure;
    }

    /** Returns the section; without adversarial stages, it has no blocks. */
    public static Section of(TrainingRounds training) {
        List<Round> rounds = training.with(GameObjective.DISCRIMINATOR_LOSS);
        List<Stage> stages = training.named();
        List<Stage> played = played(rounds, stages);
        List<Block> blocks = rounds.isEmpty() ? List.of() : new GameSection(rounds, played).blocks();
        return new Section(
                "game",
                "Discriminator and generator",
                "The discriminator classifies rows as real or generated, and the generator makes rows that it classifies as real. The gain of one is the loss of the other,"
                        + " so neither curve has to fall. A discriminator that is right in half of the cases cannot separate them; one that is always right gives the generator little to learn from."
                        + text(played, stages),
                blocks);
    }

    private List<Block> blocks() {
        return List.of(losses(), accuracies());
    }

    private Chart losses() {
        LearningFigure figure = figure("game-losses", "loss", "Losses of the two players in nats per row.", true);
        figure.stages(stages);
        add(figure, "discriminator", GameObjective.DISCRIMINATOR_LOSS, DISCRIMINATOR_TRAINING, true);
        add(figure, "generator", GameObjective.GENERATOR_LOSS, GENERATOR_TRAINING, true);
        add(figure, "discriminator", GameObjective.DISCRIMINATOR_LOSS, DISCRIMINATOR, false);
        add(figure, "generator", GameObjective.GENERATOR_LOSS, GENERATOR, false);
        return figure.chart();
    }

    private Chart accuracies() {
        LearningFigure figure = figure(
                "game-accuracy",
                "share classified correctly",
                "Share of the real and of the generated rows that the discriminator classifies correctly.",
                false);
        figure.fromZero();
        add(figure, "real rows", GameObjective.REAL_ACCURACY, DISCRIMINATOR_TRAINING, true);
        add(figure, "generated rows", GameObjective.FAKE_ACCURACY, GENERATOR_TRAINING, true);
        add(figure, "real rows", GameObjective.REAL_ACCURACY, DISCRIMINATOR, false);
        add(figure, "generated rows", GameObjective.FAKE_ACCURACY, GENERATOR, false);
        return figure.chart();
    }

    private void add(LearningFigure figure, String what, String measure, Color colour, boolean training) {
        if (training) {
            figure.add(what + ", training", rounds, round -> round.training(measure), colour, true);
        } else {
            figure.add(what + ", held out", rounds, round -> round.heldOut(measure), colour, false);
        }
    }
}
