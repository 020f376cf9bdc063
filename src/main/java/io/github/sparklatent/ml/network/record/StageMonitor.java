package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.gan.AdversarialHealth.GameProblem;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StagedListener;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the rounds of a network's training to its monitor. */
public final class StageMonitor implements StagedListener {
    private static final Logger LOG = LoggerFactory.getLogger(StageMonitor.class);

    private final TrainingMonitor monitor;
    private final String name;
    private final int stages;
    private String step = "";
    private Set<GameProblem> problems = Set.of();

    /**
     * Creates a monitor.
     *
     * @param name name of the model for messages
     * @param stages number of stages of the training
     */
    public StageMonitor(TrainingMonitor monitor, String name, int stages) {
        this.monitor = monitor;
        this.name = name;
        this.stages = stages;
    }

    @Override
    public void afterRound(Stage stage, Stage.Begun begun, StagedState state) {
        List<NetworkRound> history = state.state().history();
        if (history.size() == 1) {
            begun.events().forEach(LOG::warn);
        }
        warn(begun, history);
        monitor.afterRound(progress(stage, begun.options().maxEpochs(), history), state);
    }

    @Override
    public void whileBeginning(Stage stage, String doing) {
        boolean isNew = !doing.equals(step);
        step = doing;
        monitor.working(named(stage) + ": " + doing, isNew);
    }

    private String named(Stage stage) {
        return stages == 1 ? name : name + ", " + stage.name();
    }

    private RoundProgress progress(Stage stage, double maxEpochs, List<NetworkRound> history) {
        NetworkRound round = history.get(history.size() - 1);
        NetworkRound before = history.size() > 1 ? history.get(history.size() - 2) : null;
        double epochs = round.epochs() - (before == null ? 0 : before.epochs());
        double left = Math.max(0, maxEpochs - round.epochs()) / Math.max(epochs, 1e-9);
        return new RoundProgress(
                named(stage),
                String.format(
                        Locale.ROOT,
                        "round %d, epoch %.2f of %s",
                        round.number(),
                        round.epochs(),
                        number(maxEpochs)),
                round.loss(),
                before == null ? Double.NaN : round.loss() - before.loss(),
                round.heldOut().isEmpty() ? Double.NaN : round.heldOut().get(0),
                round.rows() / Math.max(round.seconds(), 1e-9),
                round.seconds() * left);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    /** Warns once for each sequence of rounds in which the adversarial training has a problem. */
    private void warn(Stage.Begun begun, List<NetworkRound> history) {
        int round = history.get(history.size() - 1).number();
        Map<GameProblem, String> found =
                AdversarialHealth.warnings(
                        begun.objective().measures(), history, begun.options().maxEpochs());
        found.forEach(
                (problem, sentence) -> {
                    if (!problems.contains(problem)) {
                        LOG.warn("round {}: {}", round, sentence);
                    }
                });
        problems = found.keySet();
    }
}
