package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.cluster.storage.UnsuitableStoreException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.function.FailableConsumer;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code status/RUN.json} of one process, because cluster managers lose exit codes: it says that the process
 * lives, which it repeats every {@link #BEAT}, and how it has ended. Nobody else writes it.
 */
public final class Status {
    private static final Duration BEAT = Duration.ofSeconds(10);

    /** Time in which the file of a living process changes. */
    private static final Duration WATCH = BEAT.multipliedBy(5).dividedBy(2);

    private static final Logger LOG = LoggerFactory.getLogger(Status.class);

    private final RunDirectory run;
    private final String command;
    private final Map<String, Object> known = new LinkedHashMap<>();
    private ScheduledExecutorService beats;
    private long count;
    private boolean hasEnded;

    /** Creates the status of an attempt that has not begun. Changes nothing. */
    public Status(RunDirectory run, String command) {
        this.run = run;
        this.command = command;
    }

    /**
     * Begins the attempt, and writes every few seconds that it lives. If another process writes the same result, this
     * one ends here, which only saves time: the log would refuse its result.
     *
     * @throws ConflictException if another one lives
     * @throws UsageException if nothing can be written there
     */
    public void begin() {
        begin(time -> Thread.sleep(time.toMillis()));
    }

    void begin(FailableConsumer<Duration, InterruptedException> pause) {
        run.begin();
        requireAlone(pause);
        try { // before hours of work
            byte[] first = content(beating());
            if (!run.place().store().putIfAbsent(file(run.name()), first)
                    || run.place().store().putIfAbsent(file(run.name()), content(beating()))) {
                throw new UnsuitableStoreException(
                        "the store overwrites a file that was to be created only if it is absent; use another one");
            }
        } catch (IOException | FSError e) {
            throw new UsageException(
                    run.place().shown() + " cannot be written: "
                            + ExitCodes.firstLine((e instanceof FSError ? e.getCause() : e).getMessage()),
                    e);
        }
        beats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "status of " + run.name());
            thread.setDaemon(true);
            return thread;
        });
        beats.scheduleWithFixedDelay(this::beat, BEAT.toSeconds(), BEAT.toSeconds(), TimeUnit.SECONDS);
    }

    private void requireAlone(FailableConsumer<Duration, InterruptedException> pause) {
        try {
            Map<String, String> running = running();
            if (running.isEmpty()) {
                return;
            }
            LOG.info("looking for {} s whether {} lives", WATCH.toSeconds(), String.join(", ", running.keySet()));
            pause.accept(WATCH);
            running().forEach((name, content) -> {
                if (!content.equals(running.getOrDefault(name, content))) {
                    throw new ConflictException(
                            "%s is in use: run %s lives; wait for its end, stop it, or set another path"
                                    .formatted(run.place().shown(), name));
                }
                run.place().remove(file(name)); // so that no later run waits for it
            });
        } catch (IOException e) {
            LOG.warn(
                    "it is not known whether another run writes {}: {}",
                    run.place().shown(),
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the files of other attempts at the same result that have not ended, by their names. */
    private Map<String, String> running() throws IOException {
        Map<String, String> running = new LinkedHashMap<>();
        for (String file : run.place().store().list(folder())) {
            String name = file.replaceAll("\\.json$", "");
            if (run.isSameWork(name)) {
                run.place()
                        .store()
                        .get(new Path(folder(), file))
                        .map(String::new)
                        .filter(content -> content.contains("\"running\""))
                        .ifPresent(content -> running.put(name, content));
            }
        }
        return running;
    }

    private Path folder() {
        return new Path(run.place().path(), Place.STATUS);
    }

    private Path file(String name) {
        return new Path(folder(), name + ".json");
    }

    /** Sets what the file says from now on: {@code message}, {@code decision} or {@code dataVersions}. */
    public synchronized void set(String name, Object value) {
        known.put(name, value);
    }

    private synchronized void beat() {
        if (!hasEnded) {
            write(beating());
        }
    }

    private Map<String, Object> beating() {
        return Json.object("state", "running", "beat", ++count);
    }

    /** Writes how the command has ended, if it had begun. */
    public void ended(int code) {
        if (beats == null) {
            return;
        }
        beats.shutdown(); // without an interrupt, which would leave it open what the store has
        synchronized (this) {
            hasEnded = true;
            write(Json.object("state", "ended", "exitCode", code, "retryable", ExitCodes.isRetryable(code)));
        }
    }

    /** Writes the file. A failure is only logged, because the work does not depend on it. */
    private void write(Map<String, Object> state) {
        try {
            run.place().store().put(file(run.name()), content(state));
        } catch (IOException | RuntimeException | FSError e) {
            LOG.warn("the status of {} cannot be written: {}", run.name(), ExitCodes.firstLine(e.getMessage()));
        }
    }

    private byte[] content(Map<String, Object> state) {
        Map<String, Object> content = Json.object("command", command, "run", run.name());
        content.putAll(state);
        content.putAll(known);
        content.put("time", Instant.now().toString());
        return Json.text(content).getBytes(StandardCharsets.UTF_8);
    }
}
