package io.github.sparklatent.ml.network;

import io.github.sparklatent.cluster.ShardTable;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.learn.averaging.AveragingResult;
import io.github.sparklatent.learn.averaging.HeldOutMeasure;
import io.github.sparklatent.metrics.FeatureSpace;
import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.network.measure.DrawnDistance;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.vae.TrainedNetwork;
import io.github.sparklatent.vae.model.Architecture;
import io.github.sparklatent.vae.model.Kind;

/**
 * The choice of the round of an adversarial game whose parameters are kept. The losses of a game choose none, because
 * each player is measured against the other. The Fréchet distance between held-out rows and rows drawn after a round
 * does, in the feature space of the configuration.
 *
 * @param why reason why no round is chosen; empty if one is chosen or the model plays no game
 * @param space space of the distances; null if no round is chosen
 * @param name name of the space
 * @param identity what determines the choice; empty if there is none
 * @param rows maximum of rows that are drawn
 * @param seed seed of the draws
 */
record RoundChoice(String why, FeatureSpace space, String name, String identity, long rows, long seed) {
    /**
     * Finds the choice of a training.
     *
     * @param table table whose training rows give principal components
     * @param heldOut whether there are held-out rows
     * @param reference name of the training rows
     */
    static RoundChoice of(Settings settings, ComparisonPlan plan, ShardTable table, boolean heldOut, String reference) {
        String why = "";
        if (settings.value("train.keep").isEmpty()) {
            return none(why);
        }
        if (settings.is("train.keep", "last")) {
            why = "train.keep is last";
        } else if (plan.space().isEmpty()) {
            why = "evaluate.features.type is none, so no distance chooses a round";
        } else if (!heldOut) {
            why = "no rows are held out, so no distance chooses a round";
        }
        if (!why.isEmpty()) {
            return none(why);
        }
        ConfiguredSpace space = plan.space().orElseThrow();
        int width = table.train().width();
        return new RoundChoice(
                "",
                space.space(table.train(), table.scaling()),
                space.describe(width, reference),
                "%s, at most %d drawn rows"
                        .formatted(Json.line(space.json(width, reference)), ComparisonPlan.MAX_DRAWN),
                ComparisonPlan.MAX_DRAWN,
                settings.get("train.seed", Long.class));
    }

    private static RoundChoice none(String why) {
        return new RoundChoice(why, null, "", "", 0, 0);
    }

    /** Returns the measure of a round; null if no round is chosen. */
    HeldOutMeasure measure(Kind kind, Architecture architecture) {
        return space == null
                ? null
                : (parameters, heldOut, description) -> new DrawnDistance(
                                new TrainedNetwork(kind, architecture, parameters), space, rows, seed, false)
                        .of(heldOut, description);
    }

    /** Returns the sentence that says why the round is kept; empty if there was no game. */
    String sentence(AveragingResult result) {
        if (!why.isEmpty()) {
            return "It is the last round: %s.".formatted(why);
        }
        if (space == null) {
            return "";
        }
        return result.isChosen()
                ? "Its drawn rows have the smallest Fréchet distance to the held-out rows, in %s: %s."
                        .formatted(name, Numbers.figure(result.state().best().loss()))
                : "It is the last round: no round has drawn rows that are finite.";
    }
}
