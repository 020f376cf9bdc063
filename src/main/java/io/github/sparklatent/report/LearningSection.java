package io.github.sparklatent.report;

import io.github.sparklatent.gan.GameObjective;
import io.github.sparklatent.learn.optimizer.LearningRate;
import io.github.sparklatent.learn.stage.StagedResult;
import io.github.sparklatent.learn.stage.StagedResult.Round;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
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

    private final List<Round> rounds;

    private LearningSection(List<Round> rounds) {
        this.rounds = rounds;
    }

    /**
     * Returns the sections of losses and learning rates, of discriminator and generator, and of chains. A section
     * without data has no blocks.
     *
     * @param kept number of the round after which the parameters were kept, counted over all stages
     * @param learntSimilarity whether training compares rows and reconstructions on the features of the discriminator
     *     and not by their likelihood
     */
    public static List<Section> of(StagedResult staged, int kept, boolean learntSimilarity) {
        List<Round> rounds = staged.rounds();
        Section losses = losses(rounds, kept, staged.last().kept().movingAverage(), learntSimilarity);
        Section game = game(rounds);
        return haveLoss(rounds) ? List.of(losses, game, chains(rounds)) : List.of(game, losses, chains(rounds));
    }

    private static Section losses(List<Round> rounds, int kept, boolean averaged, boolean learntSimilarity) {
        String unit = learntSimilarity
                ? "Losses per row, not in nats: they compare a row with its reconstruction on the features of the discriminator. These change while it learns, so a curve may rise although the model improves. "
                : "Losses in nats per row; lower is better. ";
        return new Section(
                "progress",
                "Progress of the training",
                (haveLoss(rounds) ? unit : "") + "An epoch uses every training row once." + stages(begins(rounds)),
                rounds.isEmpty() ? List.of() : new LearningSection(rounds).losses(kept, averaged, learntSimilarity));
    }

    /** Returns whether rounds have a loss. Purely adversarial training has only the losses of its two players. */
    private static boolean haveLoss(List<Round> rounds) {
        return rounds.stream()
                .anyMatch(round -> Double.isFinite(round.training(LOSS)) || Double.isFinite(round.heldOut(LOSS)));
    }

    /** Returns the first round of each stage. */
    private static List<Round> begins(List<Round> rounds) {
        return rounds.stream().filter(Round::isFirst).toList();
    }

    private static String stages(List<Round> begins) {
        return begins.size() < 2
                ? ""
                : begins.stream()
                        .map(Round::stage)
                        .map(stage -> "%s (%s)".formatted(stage.name(), Words.epochs(stage.epochs())))
                        .collect(
                                Collectors.joining(
                                        ", ",
                                        " Its stages: ",
                                        ". A curve is interrupted where a stage ends, because the next stage has another objective."));
    }

    private List<Block> losses(int kept, boolean averaged, boolean learntSimilarity) {
        List<String> groups = rounds.stream()
                .flatMap(round -> round.record().learningRates().stream())
                .map(LearningRate::group)
                .distinct()
                .toList();
        boolean scheduled = groups.stream().anyMatch(group -> rates(group).count() > 1);
        List<Block> blocks = new ArrayList<>();
        if (haveLoss(rounds)) {
            blocks.add(loss(scheduled ? "" : constant(groups), !scheduled, kept, averaged));
        }
        if (scheduled) {
            blocks.add(learningRate(groups));
        }
        if (rounds.stream().anyMatch(round -> Double.isFinite(round.training(DIVERGENCE)))) {
            blocks.add(figure(
                            "reconstruction",
                            learntSimilarity ? "loss on the discriminator's features" : "reconstruction loss",
                            learntSimilarity ? LEARNT_SIMILARITY : LIKELIHOOD)
                    .add(learntSimilarity ? VariationalAdversarialObjective.FEATURE_RECONSTRUCTION : "reconstruction")
                    .chart());
            blocks.add(figure(
                            "divergence",
                            "KL divergence",
                            "Divergence KL(q(z | x) || p(z)): the information that the latent codes carry about a row.")
                    .add(DIVERGENCE)
                    .chart());
        }
        return blocks;
    }

    private LearningFigure figure(String id, String name, String caption) {
        return new LearningFigure(rounds, id, name, caption, false);
    }

    private Chart loss(String rates, boolean wide, int kept, boolean averaged) {
        boolean heldOut = rounds.stream().anyMatch(round -> Double.isFinite(round.heldOut(LOSS)));
        String caption = "Loss of the training rows during a round"
                + (heldOut ? " and of the held-out rows after a round" : "")
                + (rates.isEmpty() ? "." : ", " + rates + ".");
        LearningFigure figure = new LearningFigure(rounds, "loss", "loss", caption, wide)
                .add(LOSS)
                .add(
                        "held out, moving average",
                        round -> round.averaged(LOSS),
                        Palette.series(2),
                        LearningFigure.THICK);
        rounds.stream().filter(round -> round.number() == kept).findFirst().ifPresent(round -> {
            double after = averaged ? round.averaged(LOSS) : round.heldOut(LOSS);
            figure.mark(
                    "kept: round " + Numbers.count(kept),
                    round.epochs(),
                    Double.isFinite(after) ? after : round.training(LOSS));
        });
        return figure.chart();
    }

    /** Returns the different learning rates of a parameter group. */
    private DoubleStream rates(String group) {
        return rounds.stream()
                .mapToDouble(round -> round.rate(group))
                .filter(Double::isFinite)
                .distinct();
    }

    /** Returns rates that do not change in words, or an empty text if none is known. */
    private String constant(List<String> groups) {
        double[] values =
                groups.stream().flatMapToDouble(this::rates).distinct().toArray();
        return switch (values.length) {
            case 0 -> "";
            case 1 -> "learning rate " + Numbers.chosen(values[0]) + " throughout";
            default ->
                groups.stream()
                        .map(group -> Numbers.chosen(rates(group).findFirst().orElse(Double.NaN)) + " for the " + group)
                        .collect(Collectors.joining(", ", "learning rates ", " throughout"));
        };
    }

    /** Shows a curve for each group. Each curve is thinner than the ones below it, so that it does not hide them. */
    private Chart learningRate(List<String> groups) {
        LearningFigure figure = figure(
                        "learning-rate",
                        "learning rate",
                        "Learning rate of the local optimiser at the beginning of a round.")
                .fromZero();
        for (int i = 0; i < groups.size(); i++) {
            String group = groups.get(i);
            double thickness = Math.max(MIN_THICKNESS, LearningFigure.THICK - THINNER * i);
            figure.add(groups.size() == 1 ? "rate" : group, round -> round.rate(group), Palette.series(i), thickness);
        }
        return figure.chart();
    }

    private static Section game(List<Round> all) {
        List<Round> rounds = with(all, GameObjective.DISCRIMINATOR_LOSS);
        List<Round> played = begins(rounds);
        String where = played.stream()
                .map(round -> "stage %s, epochs %s to %s"
                        .formatted(
                                round.stage().name(),
                                Numbers.chosen(round.start()),
                                Numbers.chosen(round.start() + round.stage().epochs())))
                .collect(Collectors.joining(
                        ", ", " Adversarial training took place in ", "; the charts show only these epochs."));
        return new Section(
                "game",
                "Discriminator and generator",
                "The discriminator classifies rows as real or generated, and the generator makes rows that it classifies as real. The gain of one is the loss of the other,"
                        + " so neither curve has to fall. A discriminator that is right in half of the cases cannot separate them; one that is always right gives the generator little to learn from."
                        + (played.size() == begins(all).size() ? "" : where),
                rounds.isEmpty() ? List.of() : new LearningSection(rounds).players());
    }

    /** Returns the rounds of the stages that have a measure. */
    private static List<Round> with(List<Round> rounds, String measure) {
        return rounds.stream()
                .filter(round -> round.stage().measures().contains(measure))
                .toList();
    }

    private List<Block> players() {
        LearningFigure losses =
                new LearningFigure(rounds, "game-losses", "loss", "Losses of the two players in nats per row.", true);
        LearningFigure accuracies = figure(
                        "game-accuracy",
                        "share classified correctly",
                        "Share of the real and of the generated rows that the discriminator classifies correctly.")
                .fromZero();
        for (boolean held : new boolean[] {false, true}) {
            String of = held ? ", held out" : ", training";
            Color first = Palette.series(held ? 0 : 5);
            Color second = Palette.series(held ? 4 : 1);
            losses.add("discriminator" + of, GameObjective.DISCRIMINATOR_LOSS, held, first)
                    .add("generator" + of, GameObjective.GENERATOR_LOSS, held, second);
            accuracies
                    .add("real rows" + of, GameObjective.REAL_ACCURACY, held, first)
                    .add("generated rows" + of, GameObjective.FAKE_ACCURACY, held, second);
        }
        return List.of(losses.chart(), accuracies.chart());
    }

    private static Section chains(List<Round> all) {
        List<Round> rounds = with(all, HamiltonianObjective.ACCEPTANCE);
        return new Section(
                "chains",
                "Hamiltonian chains",
                "A chain for each row starts at a draw of the encoder and moves towards the posterior of the row. Its end trains the decoder.",
                rounds.isEmpty() ? List.of() : new LearningSection(rounds).chains());
    }

    private List<Block> chains() {
        boolean adapted = rounds.stream()
                        .map(round -> round.training(HamiltonianObjective.STEP_SIZE))
                        .distinct()
                        .count()
                > 1;
        List<Block> blocks = new ArrayList<>();
        blocks.add(chain(
                "acceptance",
                "Mean acceptance probability of a transition." + (adapted ? " The step size is adapted to it." : ""),
                HamiltonianObjective.ACCEPTANCE));
        blocks.add(chain(
                "step size",
                "Step size, in standard deviations of the encoder's posterior."
                        + (adapted
                                ? " A falling step size means that the posteriors of rows become narrower than the encoder's."
                                : ""),
                HamiltonianObjective.STEP_SIZE));
        blocks.add(chain(
                "effective sample size",
                "Effective sample size of one transition: 1 means that transitions are as good as independent draws. If it is below 0.2, the chains are too short and stay near the encoder's draw.",
                HamiltonianObjective.EFFECTIVE_SIZE));
        if (rounds.stream().anyMatch(round -> round.training(HamiltonianObjective.DIVERGENT) > 0)) {
            blocks.add(chain(
                    "divergent",
                    "Share of the transitions that were divergent and were rejected.",
                    HamiltonianObjective.DIVERGENT));
        }
        return blocks;
    }

    private Chart chain(String name, String caption, String measure) {
        String id = "chain-" + name.replace(" sample", "").replace(' ', '-');
        return figure(id, name, caption).fromZero().add(measure).chart();
    }
}
