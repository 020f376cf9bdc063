package io.github.sparklatent.vae.objective;

import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.StageRecord;
import java.util.List;

/** Finds chains that do not move. */
public final class ChainHealth {
    /** The mean acceptance probability below which a chain stays near the encoder's draw. */
    private static final double MIN_ACCEPTANCE = 0.05;

    private ChainHealth() {}

    /** Returns warnings about the last round of a stage; empty for a stage without chains. */
    public static List<String> warnings(StageRecord stage) {
        int at = stage.measures().indexOf(HamiltonianObjective.ACCEPTANCE);
        if (at < 0 || stage.rounds().isEmpty()) {
            return List.of();
        }
        NetworkRound last = stage.rounds().get(stage.rounds().size() - 1);
        double acceptance = last.measures().get(at);
        return acceptance >= MIN_ACCEPTANCE
                ? List.of()
                : List.of(
                        "the chains of the last round have hardly moved: a transition was accepted with a probability of %.2g, expected at least %s; the size of a step is adapted in each training step: use more epochs, or scale the columns"
                                .formatted(acceptance, MIN_ACCEPTANCE));
    }
}
