package io.github.sparklatent.app;

import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.gan.AdversarialHealth.GameProblem;
import io.github.sparklatent.learn.NetworkRound;
import io.github.sparklatent.learn.Shards;
import io.github.sparklatent.learn.Stage;
import io.github.sparklatent.learn.StagedListener;
import io.github.sparklatent.learn.StagedResult;
import io.github.sparklatent.learn.StagedState;
import io.github.sparklatent.learn.StagedTraining;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rounds of a network's training, stage after stage. */
final class NetworkRounds extends Rounds<StagedState> {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkRounds.class);

    private final String name;
    private final List<Stage> stages;
    private Set<GameProblem> ailments = Set.of();

    /**
     * @param name of what is trained, as a person reads it
     */
    NetworkRounds(JobContext context, String name, List<Stage> stages) {
        super(context, new NetworkStates(stages.stream().map(Stage::name).toList()));
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
        return run(() -> StagedTraining.run(name, stages, train, holdout, from, new Told()));
    }

    private final class Told implements StagedListener {
        private String step = "";

        @Override
        public void afterRound(Stage stage, Stage.Begun begun, StagedState state) {
            told(stage, begun, state);
        }

        @Override
        public void whileBeginning(Stage stage, String doing) {
            if (!doing.equals(step)) {
                step = doing;
                progress().step(named(stage) + ": " + doing);
            }
            context().stop().check();
        }
    }

    private String named(Stage stage) {
        return stages.size() == 1 ? name : name + ", " + stage.name();
    }

    private void told(Stage stage, Stage.Begun begun, StagedState state) {
        List<NetworkRound> history = state.state().history();
        int last = history.size() - 1;
        progress()
                .round(
                        named(stage),
                        last > 0 ? history.get(last - 1) : null,
                        history.get(last),
                        begun.options().maxPasses());
        if (last == 0) {
            begun.events().forEach(LOG::warn);
        }
        warn(begun, history);
        afterRound(state);
    }

    /** Once for each stretch of rounds in which something ails a game. */
    private void warn(Stage.Begun begun, List<NetworkRound> history) {
        int round = history.get(history.size() - 1).number();
        Map<GameProblem, String> found =
                AdversarialHealth.warnings(
                        begun.objective().measures(), history, begun.options().maxPasses());
        found.forEach(
                (ailment, sentence) -> {
                    if (!ailments.contains(ailment)) {
                        LOG.warn("round {}: {}", round, sentence);
                    }
                });
        ailments = found.keySet();
    }
}
