package io.github.sparklatent.app.job;

import io.github.sparklatent.app.console.Console;
import io.github.sparklatent.app.console.Observed;
import io.github.sparklatent.app.console.Observed.RoundMetrics;
import io.github.sparklatent.app.console.Progress;
import io.github.sparklatent.app.console.RunningJobs;
import io.github.sparklatent.app.files.Checkpoints;
import io.github.sparklatent.learn.DivergedException;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.ml.core.RoundProgress;
import io.github.sparklatent.ml.core.TrainingIdentity;
import io.github.sparklatent.ml.core.TrainingMonitor;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monitors the training of a job: progress on the console, checkpoints, an early end on a signal or at the time limit,
 * and the duration of each phase.
 */
public final class JobMonitor implements TrainingMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(JobMonitor.class);

    private final JobContext context;
    private final Progress progress;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final TimeLimit limit;
    private final RunningJobs jobs = new RunningJobs(System::nanoTime);
    private final RoundMetrics metrics = new RoundMetrics(jobs, System::nanoTime);
    private Checkpoints<?> checkpoints;

    /** Creates a monitor that prints to the console of the job. */
    public JobMonitor(JobContext context) {
        this.context = context;
        Console console = context.console();
        this.progress = new Progress(console.terminal() ? console.err() : null, LOG::info, System::nanoTime);
        this.limit = new TimeLimit(context.configuration().train().maxSeconds(), System::nanoTime);
    }

    /**
     * Does work of Spark that others can observe: a line of progress in long jobs, the rounds in Spark's metric system,
     * and a tag of the jobs.
     */
    <T> T observed(Supplier<T> work) {
        String run = context.configuration().registry().runId().orElseGet(context::destination);
        Observed observed = new Observed(context.spark().sparkContext(), jobs, metrics, progress, run);
        try {
            return work.get();
        } finally {
            observed.close();
            progress.end();
        }
    }

    @Override
    public <S> Optional<S> begin(TrainingIdentity identity, StateType<S> type, Function<S, String> position) {
        limit.start();
        int every = context.configuration().train().checkpointEvery();
        Checkpoints<S> opened = context.output().checkpoints(identity.name(), every, type, position);
        checkpoints = opened;
        Optional<S> from = opened.resume();
        context.stop().setStatus(opened.status());
        return from;
    }

    @Override
    @SuppressWarnings("unchecked") // begin() fixed the type of the states
    public void afterRound(RoundProgress round, Object state) {
        metrics.round(round);
        progress.round(round);
        ((Checkpoints<Object>) checkpoints).afterRound(state);
        context.stop().check();
    }

    @Override
    public void working(String description, boolean isLong) {
        if (isLong) {
            progress.step(description);
        } else {
            progress.traversal(description);
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
                    : new DivergedException(e.getMessage() + "; " + checkpoints.statusAfterFailure());
        } catch (Exception e) { // a cancelled round throws Spark's undeclared checked exception
            writeNewest();
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
        } catch (Exception e) { // includes Spark's undeclared checked exceptions
            writeNewest();
            throw e;
        }
        if (!context.configuration().registry().isRun()) { // whose version is not in the log yet
            committed();
        }
        return result;
    }

    /** Deletes the checkpoints of a training whose result the log has. A closed-form solution has none. */
    void committed() {
        if (checkpoints != null) {
            checkpoints.delete();
        }
    }

    /** Writes the newest state of a training that was stopped or has failed. */
    private void writeNewest() {
        if (checkpoints == null) {
            return;
        }
        String status = checkpoints.writeLatest();
        if (context.stop().isRequested()) {
            context.stop().setStatus(status);
        } else {
            LOG.warn("the training has failed; {}", status);
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

    /** Returns the seconds of each phase, rounded to milliseconds, in the order in which the phases began. */
    @Override
    public Map<String, Double> seconds() {
        Map<String, Double> rounded = new LinkedHashMap<>();
        seconds.forEach((phase, s) -> rounded.put(phase, Math.round(s * 1e3) / 1e3));
        return rounded;
    }

    @Override
    public boolean isOver(double share) {
        return limit.isOver(share);
    }

    @Override
    public Optional<String> endedEarly(String position) {
        Optional<String> sentence = limit.sentence(position);
        sentence.ifPresent(LOG::warn);
        return sentence;
    }

    @Override
    public void check() {
        context.stop().check();
    }

    /** The time that a training may take. A training that resumes has the whole time again. */
    static final class TimeLimit {
        private static final double NANOSECONDS = 1e9;

        private final double seconds;
        private final LongSupplier clock;
        private long start;
        private boolean over;

        /**
         * Creates a limit.
         *
         * @param seconds the time; 0: no limit
         * @param clock current time in nanoseconds
         */
        TimeLimit(double seconds, LongSupplier clock) {
            this.seconds = seconds;
            this.clock = clock;
        }

        /** Starts the time. */
        void start() {
            start = clock.getAsLong();
        }

        /** Returns whether a share of the time is over. */
        boolean isOver(double share) {
            boolean isOver = seconds > 0 && clock.getAsLong() - start >= share * seconds * NANOSECONDS;
            over |= isOver;
            return isOver;
        }

        /** Returns a sentence about the end of the training; empty if the limit has not ended it. */
        Optional<String> sentence(String position) {
            return over
                    ? Optional.of("train.maxSeconds = %s is over after %s"
                            .formatted(
                                    BigDecimal.valueOf(seconds)
                                            .stripTrailingZeros()
                                            .toPlainString(),
                                    position))
                    : Optional.empty();
        }
    }
}
