package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.app.registry.Entry.Kind;
import io.github.sparklatent.cluster.storage.AtomicFiles;
import io.github.sparklatent.cluster.storage.CommitLog;
import io.github.sparklatent.cluster.storage.FileSystems;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;

/**
 * A directory of model versions, and the log of decisions about them.
 *
 * <pre>
 *   REGISTRY/versions/RUNID/       result directory of a training; never changed
 *   REGISTRY/log/00000042.json     one entry each; created if absent, never changed
 * </pre>
 *
 * <p>The champion is what the log says. An entry is appended under the number that follows the entries it was decided
 * on, so of two processes that decide at once one is refused and decides again on the new log.
 */
public final class Registry {
    private final String path;
    private final Versions versions;
    private final CommitLog log;
    private final Clock clock;

    /**
     * Opens a registry, which need not exist yet. Changes nothing.
     *
     * @throws UsageException if the file system of the path does not exist
     */
    public Registry(Configuration hadoop, String path) {
        this(hadoop, path, Clock.systemUTC());
    }

    Registry(Configuration hadoop, String path, Clock clock) {
        this.path = path;
        this.clock = clock;
        try {
            Path directory = new Path(path);
            FileSystem files = AtomicFiles.plain(FileSystems.of(directory, hadoop));
            if (files.exists(directory) && !files.getFileStatus(directory).isDirectory()) {
                throw new UsageException(
                        "registry.path \"%s\" is a file, expected a directory or nothing".formatted(path));
            }
            versions = new Versions(files, path);
            log = new CommitLog(hadoop, new Path(directory, "log"));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "registry.path \"%s\" cannot be reached: %s".formatted(path, ExitCodes.firstLine(e.getMessage())),
                    e);
        }
    }

    /** Returns the path as in the configuration. */
    public String path() {
        return path;
    }

    /** Returns the directories of the versions. */
    public Versions versions() {
        return versions;
    }

    /** Reads the log. */
    public History history() {
        return history(log.entries());
    }

    /** Returns what entries of a log say. */
    static History history(List<CommitLog.Entry> entries) {
        return new History(entries.stream()
                .map(entry -> Entry.parse(entry.number(), entry.text()))
                .toList());
    }

    /**
     * Requires that something was recorded.
     *
     * @throws UsageException if the log is empty, because the path is wrong or nothing was trained
     */
    public void requireEntries() {
        if (log.entries().isEmpty()) {
            throw new UsageException(
                    "registry.path \"%s\" holds no registry: no run was recorded there; check the path, or train one with train --run-id"
                            .formatted(path));
        }
    }

    /**
     * Returns the run whose version a command reads.
     *
     * @param runId run asked for; absent: the champion
     * @throws UsageException if there is no such version
     * @throws DataException if the version is gone
     */
    public String resolve(Optional<String> runId) {
        History history = history();
        String run = runId.or(history::champion)
                .orElseThrow(() -> new DataException(
                        "registry.path \"%s\" has no champion; publish a version first, or name one with --run-id"
                                .formatted(path)));
        requireVersion(history, run);
        return run;
    }

    private void requireVersion(History history, String runId) {
        if (history.pruned().contains(runId)) {
            throw new DataException("version \"%s\" of registry \"%s\" was pruned; train it again under another run id"
                    .formatted(runId, path));
        }
        if (!versions.holds(runId) && history.trained().contains(runId)) {
            throw new DataException("version \"%s\" of registry \"%s\" was trained, but its files are gone; restore %s"
                    .formatted(runId, path, versions.path(runId)));
        }
        if (!versions.holds(runId)) {
            throw new UsageException("registry \"%s\" has no version \"%s\"; its runs: %s"
                    .formatted(path, runId, String.join(", ", history.trained())));
        }
    }

    /**
     * Appends an entry that is decided on the whole log.
     *
     * @param decision returns the entry, or nothing if the log already says what it should say. It is called again if
     *     another process has appended an entry in the meantime
     */
    private Optional<Entry> append(Function<History, Optional<Entry>> decision) {
        return log.append(entries -> decision.apply(history(entries)).map(Entry::json))
                .map(entry -> Entry.parse(entry.number(), entry.text()));
    }

    /** Records a training, or that its table was refused; once for each run. */
    void trained(String runId, boolean accepted, List<String> reasons, Map<String, Object> metrics) {
        append(history -> accepted
                        && history.newest(Kind.TRAIN, runId)
                                .filter(Entry::accepted)
                                .isPresent()
                ? Optional.empty()
                : Optional.of(entry(history, Kind.TRAIN, runId, accepted, reasons, metrics)));
    }

    /**
     * Records the decision about a run.
     *
     * @param against champion that the run was compared with
     * @throws ConflictException if there is another champion now
     */
    Entry compared(
            String runId,
            Optional<String> against,
            boolean accepted,
            List<String> reasons,
            Map<String, Object> metrics) {
        return append(history -> {
                    history.requireChampion(against, runId);
                    return Optional.of(entry(history, Kind.COMPARE, runId, accepted, reasons, metrics));
                })
                .orElseThrow();
    }

    /**
     * Makes a version the champion. Does nothing if it is the champion.
     *
     * @param forced whether it is published without an accepted comparison, and although the champion is held
     * @param why reason that a person gives
     * @return whether the champion has changed
     * @throws UsageException if the version was not accepted, was rolled back, or if the champion is held
     * @throws ConflictException if another version was published since the comparison
     */
    public boolean publish(String runId, boolean forced, Optional<String> why) {
        return append(history -> {
                    if (history.champion().equals(Optional.of(runId))) {
                        return Optional.empty();
                    }
                    requireVersion(history, runId);
                    if (!forced) {
                        history.requireAccepted(runId);
                        rolledBackTwin(history, runId).ifPresent(reason -> {
                            throw new UsageException(
                                    "run \"%s\" %s; publish it with --force if you want it nevertheless"
                                            .formatted(runId, reason));
                        });
                        history.requireReleased();
                    }
                    return Optional.of(entry(
                            history,
                            Kind.PUBLISH,
                            runId,
                            true,
                            Stream.concat(forced ? Stream.of("forced") : Stream.empty(), why.stream())
                                    .toList(),
                            Map.of()));
                })
                .isPresent();
    }

    /** Returns which rolled-back version has the same model as a run, as the end of a sentence; absent: none has. */
    Optional<String> rolledBackTwin(History history, String runId) {
        Map<String, String> own = modelDigests(history, runId);
        return history.rolledBack().stream()
                .filter(run -> Versions.isSameModel(own, modelDigests(history, run)))
                .findFirst()
                .map("has the same model as version \"%s\", which was rolled back"::formatted);
    }

    /** Returns the digests of a model that the log has recorded, or of the files. */
    private Map<String, String> modelDigests(History history, String runId) {
        return history.entries().stream()
                .filter(entry -> entry.runId().equals(runId) && entry.digests().containsKey(Versions.MODEL))
                .reduce((earlier, later) -> later)
                .map(Entry::digests)
                .orElseGet(() -> versions.digests(runId));
    }

    /** Releases a champion that a rollback holds, and returns whether it was held. */
    public boolean release(Optional<String> why) {
        return append(history -> history.hold()
                        .map(held -> entry(
                                history,
                                Kind.RELEASE,
                                history.champion().orElse(""),
                                true,
                                why.stream().toList(),
                                Map.of())))
                .isPresent();
    }

    /**
     * Makes an earlier champion the champion again and holds it, so that no run publishes over it until
     * {@link #release}.
     *
     * @param to run of the version; absent: the champion before the champion
     * @param from run that must be the champion; does nothing if the champion is still the one that a rollback from
     *     this run has made; absent: any
     * @param why reason that a person gives
     * @return the new champion
     * @throws UsageException if there is no earlier champion, the version was never one, or another run than
     *     {@code from} is the champion
     */
    public String rollback(Optional<String> to, Optional<String> from, Optional<String> why) {
        History before = history();
        Optional<String> expected = before.champion();
        if (from.isPresent() && !expected.equals(from)) {
            Optional<String> done = before.rolledBackTo(from.get());
            if (done.isPresent() && to.or(() -> done).equals(done)) {
                return done.get();
            }
            throw new UsageException(
                    "the champion is %s, expected \"%s\" as --from-run says; nothing was rolled back, look at history"
                            .formatted(expected.map("\"%s\""::formatted).orElse("none"), from.get()));
        }
        String target = to.or(before::previous)
                .orElseThrow(() -> new UsageException(
                        "registry.path \"%s\" has no champion before the current one, so there is nothing to roll back to"
                                .formatted(path)));
        if (!before.champions().contains(target)) {
            throw new UsageException(
                    "run \"%s\" was never the champion, or was rolled back; publish it with --force".formatted(target));
        }
        if (expected.equals(Optional.of(target))) {
            return target;
        }
        append(history -> {
            if (!history.champion().equals(expected)) {
                throw new ConflictException(
                        "another process has changed the champion; look at history and roll" + " back again");
            }
            requireVersion(history, target);
            return Optional.of(
                    entry(history, Kind.ROLLBACK, target, true, why.stream().toList(), Map.of()));
        });
        return target;
    }

    /**
     * Removes old versions: first says so in the log, then deletes them. What a killed pruning left is deleted, too.
     *
     * @param keep number of newest versions to keep, besides the champion and the one before it
     * @return the runs whose versions were removed now
     */
    public List<String> prune(int keep) {
        Optional<Entry> entry = append(history -> {
            List<String> runs = history.removable(keep);
            return runs.isEmpty()
                    ? Optional.empty()
                    : Optional.of(entry(history, Kind.PRUNE, "", true, List.of(), Map.of("runs", runs)));
        });
        for (String run : history().pruned()) {
            versions.delete(run);
        }
        return entry.map(Entry::pruned).orElse(List.of());
    }

    private Entry entry(
            History history,
            Kind kind,
            String runId,
            boolean accepted,
            List<String> reasons,
            Map<String, Object> metrics) {
        return new Entry(
                history.next(),
                kind,
                runId,
                history.champion(),
                accepted,
                reasons,
                metrics,
                kind.isAboutRun() ? versions.digests(runId) : Map.of(),
                user(),
                clock.instant());
    }

    private static Optional<String> user() {
        try {
            return Optional.of(UserGroupInformation.getCurrentUser().getShortUserName());
        } catch (IOException e) {
            throw new UncheckedIOException("the user is unknown: " + e.getMessage(), e);
        }
    }
}
