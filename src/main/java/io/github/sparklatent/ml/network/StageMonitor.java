package io.github.sparklatent.ml.network;

import io.github.sparklatent.gan.AdversarialHealth;
import io.github.sparklatent.gan.AdversarialHealth.GameProblem;
import io.github.sparklatent.learn.averaging.AveragingOptions;
import io.github.sparklatent.learn.averaging.NetworkRound;
import io.github.sparklatent.learn.stage.Stage;
import io.github.sparklatent.learn.stage.StageRecord;
import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedTraining.StagedListener;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the rounds of a network's training to its monitor. */
final class StageMonitor implements StagedListener {
    private static final Logger LOG = LoggerFactory.getLogger(StageMonitor.class);

    private final TrainingMonitor monitor;
    private final String name;
    private final int stages;
    private String step = "";
    private Set<GameProblem> problems = Set.of();
    private boolean over;
    private final List<String> ends = new ArrayList<>();

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
            begun.warnings().forEach(LOG::warn);
        }
        warn(new StageRecord(stage.name(), List.of(), begun.objective().measures(), history), begun.options());
        RoundProgress progress = progress(stage, begun.options(), state);
        if (over) {
            ends.add(progress.position() + (stages == 1 ? "" : " of stage " + stage.name()));
        }
        monitor.afterRound(progress, state);
    }

    @Override
    public boolean isOver(Stage stage, double share) {
        over = monitor.isOver(share);
        return over;
    }

    /** Returns a sentence that says why stages ended early; empty if none did. */
    public Optional<String> endedEarly() {
        return monitor.endedEarly(String.join(" and ", ends));
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

    private RoundProgress progress(Stage stage, AveragingOptions options, StagedState state) {
        List<NetworkRound> history = state.state().history();
        double maxEpochs = options.maxEpochs();
        NetworkRound round = history.get(history.size() - 1);
        NetworkRound before = history.size() > 1 ? history.get(history.size() - 2) : null;
        double epochs = round.epochs() - (before == null ? 0 : before.epochs());
        double left = Math.max(0, maxEpochs - round.epochs()) / Math.max(epochs, 1e-9);
        return new RoundProgress(
                named(stage),
                String.format(
                        Locale.ROOT, "round %d, epoch %.2f of %s", round.number(), round.epochs(), number(maxEpochs)),
                round.loss(),
                before == null ? Double.NaN : round.loss() - before.loss(),
                round.heldOut().isEmpty() ? Double.NaN : round.heldOut().get(0),
                round.rows(),
                round.traffic(),
                round.rows() / Math.max(round.seconds(), 1e-9),
                state.stage() + 1 == stages // the rounds of other stages take other times
                        ? RoundProgress.secondsLeft(
                                history.stream()
                                        .mapToDouble(NetworkRound::seconds)
                                        .toArray(),
                                (int) Math.ceil(1 / epochs),
                                left)
                        : Double.NaN);
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.format(Locale.ROOT, "%.2f", value);
    }

    /** Warns once for each sequence of rounds in which the adversarial training has a problem. */
    private void warn(StageRecord stage, AveragingOptions options) {
        int round = stage.rounds().size();
        Map<GameProblem, String> found = AdversarialHealth.warnings(stage, options.maxEpochs());
        found.forEach((problem, sentence) -> {
            if (!problems.contains(problem)) {
                LOG.warn("round {}: {}", round, sentence);
            }
        });
        problems = found.keySet();
    }
}
