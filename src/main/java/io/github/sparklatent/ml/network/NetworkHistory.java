package io.github.sparklatent.ml.network;

import io.github.sparklatent.gan.AdversarialMeasures;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.report.network.ChainRound;
import io.github.sparklatent.report.network.GameRound;
import io.github.sparklatent.report.network.LearningSection.Losses;
import io.github.sparklatent.report.network.LearningSection.Round;
import io.github.sparklatent.report.network.TrainingStage;
import io.github.sparklatent.vae.adversarial.VariationalAdversarialObjective;
import io.github.sparklatent.vae.objective.HamiltonianObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The rounds of a training's stages, one after the other, as the report shows them. */
final class NetworkHistory {
    private final List<StageRecord> stages;
    private final boolean staged;

    NetworkHistory(NetworkOutcome trained) {
        this.stages = trained.result().stages();
        this.staged = trained.isStaged();
    }

    /** Returns the rounds of all stages, numbered consecutively. */
    List<Round> rounds() {
        List<Round> rounds = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : stages) {
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
    private static Round round(StageRecord stage, int before, double epochs, NetworkRound round) {
        return new Round(
                before + round.number(),
                epochs + round.epochs(),
                losses(stage, round.measures()),
                losses(stage, round.heldOut()),
                measure(stage, round.averageHeldOut(), "loss"),
                round.learningRates(),
                round.rows(),
                round.broadcast(),
                round.compute(),
                round.reduce(),
                round.update(),
                round.evaluate());
    }

    /**
     * Returns the loss and its parts from the measures of an objective. An adversarial objective has no single loss.
     */
    private static Losses losses(StageRecord stage, List<Double> measures) {
        double reconstruction = measure(stage, measures, "reconstruction");
        return new Losses(
                measure(stage, measures, "loss"),
                Double.isNaN(reconstruction)
                        ? measure(stage, measures, VariationalAdversarialObjective.FEATURE_RECONSTRUCTION)
                        : reconstruction,
                measure(stage, measures, "kl"));
    }

    /** Returns the measure of that name, or NaN if there is none. */
    private static double measure(StageRecord stage, List<Double> measures, String name) {
        int place = stage.measures().indexOf(name);
        return place < 0 || measures.isEmpty() ? Double.NaN : measures.get(place);
    }

    /** Returns the stages with the epochs at their beginning and end; empty if there are none. */
    List<TrainingStage> stages() {
        List<TrainingStage> named = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : staged ? stages : List.<StageRecord>of()) {
            double end = epochs + stage.epochs();
            named.add(new TrainingStage(stage.name(), epochs, end));
            epochs = end;
        }
        return named;
    }

    /** Returns the rounds of the stages with chains. */
    List<ChainRound> chains() {
        return rounds(HamiltonianObjective.ACCEPTANCE, NetworkHistory::ofChains, ChainRound::new);
    }

    /** A round of a report, after some epochs, with measures of training and held-out rows. */
    private interface Shown<M, R> {
        R of(double epochs, M train, M heldOut);
    }

    /** Returns the rounds of the stages with a measure. */
    private <M, R> List<R> rounds(String measure, BiFunction<StageRecord, List<Double>, M> read, Shown<M, R> shown) {
        List<R> rounds = new ArrayList<>();
        double epochs = 0;
        for (StageRecord stage : stages) {
            if (stage.measures().contains(measure)) {
                for (NetworkRound round : stage.rounds()) {
                    rounds.add(shown.of(
                            epochs + round.epochs(),
                            read.apply(stage, round.measures()),
                            read.apply(stage, round.heldOut())));
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
    List<GameRound> game() {
        return rounds(AdversarialMeasures.DISCRIMINATOR_LOSS, NetworkHistory::verdicts, GameRound::new);
    }

    private static GameRound.Verdicts verdicts(StageRecord stage, List<Double> measures) {
        return new GameRound.Verdicts(
                measure(stage, measures, AdversarialMeasures.DISCRIMINATOR_LOSS),
                measure(stage, measures, AdversarialMeasures.GENERATOR_LOSS),
                measure(stage, measures, AdversarialMeasures.REAL_ACCURACY),
                measure(stage, measures, AdversarialMeasures.FAKE_ACCURACY));
    }
}
