package io.github.sparklatent.app;

import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StagedResult;
import io.github.sparklatent.learn.StagedState;
import io.github.sparklatent.learn.StagedTraining;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rounds of a network's training, stage after stage. */
final class NetworkRounds extends Rounds<StagedState> {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkRounds.class);

    private final String name;
    private final List<Stage> stages;
    private boolean ails;

    /**
     * @param name of what is trained, as a person reads it
     */
    NetworkRounds(JobContext context, String name, List<Stage> stages) {
        super(context, new NetworkStates());
        this.name = name;
        this.stages = stages;
    }

    /**
     * Trains from the beginning, or goes on from the checkpoint of this very training.
     *
     * @param holdout the held-out rows, or null
     * @param start parameters to start from. Not modified.
     */
    StagedResult run(TrainingIdentity identity, Shards train, Shards holdout, float[] start) {
        StagedState from = begin(identity).orElseGet(() -> StagedState.start(start));
        return run(() -> StagedTraining.run(name, stages, train, holdout, from, this::told));
    }

    private void told(Stage stage, Stage.Begun begun, StagedState state) {
        List<NetworkRound> history = state.state().history();
        int last = history.size() - 1;
        progress()
                .round(
                        stages.size() == 1 ? name : name + ", " + stage.name(),
                        last > 0 ? history.get(last - 1) : null,
                        history.get(last),
                        begun.options().maxPasses());
        if (last == 0) {
            begun.events().forEach(LOG::warn);
        }
        warn(begun.objective().measures(), history.get(last));
        afterRound(state);
    }

    /** Once for each stretch of rounds in which a game goes wrong. */
    private void warn(List<String> measures, NetworkRound round) {
        if (round.heldOut().isEmpty()) {
            return;
        }
        List<String> sentences = AdversarialHealth.warnings(measures, round);
        if (!ails) {
            sentences.forEach(sentence -> LOG.warn("round {}: {}", round.number(), sentence));
        }
        ails = !sentences.isEmpty();
    }
}
