package io.github.sparklatent.app.job;

import io.github.sparklatent.app.config.CheckpointSection;
import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Progress;
import io.github.sparklatent.app.files.Checkpoints;
import io.github.sparklatent.cluster.storage.CheckpointFile;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.TrainingIdentity;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the training of a job: progress on the console, checkpoints, an early end on a signal,
 * the time that each phase takes.
 */
public final class JobMonitor implements TrainingMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(JobMonitor.class);

    private final JobContext context;
    private final Progress progress;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private Checkpoints<?> checkpoints;

    public JobMonitor(JobContext context) {
        this.context = context;
        Console console = context.console();
        this.progress = console.terminal() ? Progress.on(console.err()) : Progress.to(LOG::info);
    }

    @Override
    public <S> Optional<S> begin(
            TrainingIdentity identity, Class<S> type, Function<S, String> position) {
        CheckpointSection section = context.configuration().train().checkpoint();
        String path =
                section.path()
                        .orElseThrow(() -> new IllegalStateException("training without an output"));
        Checkpoints<S> opened =
                new Checkpoints<>(
                        new CheckpointFile(context.hadoop(), path),
                        path,
                        section.every(),
                        identity,
                        type,
                        position);
        checkpoints = opened;
        Optional<S> from = opened.resume();
        context.stop().leaves(opened.standing());
        return from;
    }

    @Override
    @SuppressWarnings("unchecked") // the training began with the type of its states
    public void afterRound(RoundProgress round, Object state) {
        progress.round(round);
        ((Checkpoints<Object>) checkpoints).afterRound(state);
        context.stop().check();
    }

    @Override
    public void working(String description, boolean isLong) {
        if (isLong) {
            progress.step(description);
        } else {
            progress.pass(description);
        }
        context.stop().check();
    }

    @Override
    public <T> T rounds(Supplier<T> rounds) {
        try {
            return rounds.get();
        } catch (DivergedException e) {
            throw checkpoints == null
                    ? e
                    : new DivergedException(e.getMessage() + "; " + checkpoints.kept());
        } catch (Exception e) { // of a cancelled round; Spark's is checked and not declared
            leaveIfStopped();
            throw e;
        } finally {
            progress.end();
        }
    }

    @Override
    public <T> T keep(Supplier<T> work) {
        T result;
        try {
            context.stop().check();
            result = work.get();
        } catch (Exception e) { // Spark's checked ones too
            leaveIfStopped();
            throw e;
        }
        if (checkpoints != null) { // a closed form has no rounds to go on from
            checkpoints.delete();
        }
        return result;
    }

    private void leaveIfStopped() {
        if (context.stop().isRequested() && checkpoints != null) {
            context.stop().leaves(checkpoints.leave());
        }
    }

    @Override
    public <T> T time(String phase, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.merge(phase, (System.nanoTime() - start) / 1e9, Double::sum);
        }
    }

    /** Returns the seconds of each phase, in the order in which they began, to milliseconds. */
    @Override
    public Map<String, Double> seconds() {
        Map<String, Double> rounded = new LinkedHashMap<>();
        seconds.forEach((phase, s) -> rounded.put(phase, Math.round(s * 1e3) / 1e3));
        return rounded;
    }

    @Override
    public void check() {
        context.stop().check();
    }
}
