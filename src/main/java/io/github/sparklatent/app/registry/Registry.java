package io.github.sparklatent.app.registry;

import io.github.sparklatent.app.files.Place;
import io.github.sparklatent.app.files.RunDirectory;
import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.cluster.storage.Event;
import io.github.sparklatent.cluster.storage.Event.Kind;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.storage.State.Verdict;
import io.github.sparklatent.cluster.storage.State.Version;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.learn.DataException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Versions of a model, and the decisions about them. */
public final class Registry {
    private final Place place;

    /**
     * Opens a registry, which need not exist yet. Changes nothing.
     *
     * @throws UsageException if the file system of the path does not exist
     */
    public Registry(Configuration hadoop, String path) {
        this(new Place(hadoop, path, "registry.path"));
    }

    /** Opens the registry in a place. */
    public Registry(Place place) {
        this.place = place;
    }

    /** Returns the place. */
    public Place place() {
        return place;
    }

    /** Returns the state. */
    public State state() {
        return place.log().newest();
    }

    /**
     * Requires that something was recorded.
     *
     * @throws UsageException if the log is empty, because the path is wrong or nothing was trained
     */
    public State requireEntries() {
        State state = state();
        if (state.number() == 0) {
            throw new UsageException(
                    "%s holds no registry: no run was recorded there; check the path, restore its directory log from a backup, or train one with train --run-id"
                            .formatted(place.shown()));
        }
        return state;
    }

    /**
     * Returns the run whose version a command reads.
     *
     * @param state state of this registry
     * @param runId run asked for; absent: the champion
     * @throws UsageException if there is no such version
     * @throws DataException if there is no champion
     */
    public String resolve(State state, Optional<String> runId) {
        String run = runId.or(state::champion)
                .orElseThrow(
                        () -> new DataException("%s has no champion; publish a version first, or name one with --run-id"
                                .formatted(place.shown())));
        requireVersion(state, run);
        return run;
    }

    private Version requireVersion(State state, String runId) {
        return state.version(runId)
                .orElseThrow(() -> new UsageException("registry \"%s\" has no version \"%s\"; its runs: %s"
                        .formatted(place.given(), runId, state.versions().keySet())));
    }

    /** Returns the directory of a version of a state. */
    public Path directory(State state, String runId) {
        return place.directory(requireVersion(state, runId).directory());
    }

    /** Records that the table of a run was refused, unless the run has a version. */
    public void refused(String runId, String reason) {
        place.log()
                .append(state -> state.version(runId).isPresent()
                        ? Optional.empty()
                        : Optional.of(place.after(state, Kind.TRAIN, runId, false, List.of(reason), Map.of())));
    }

    /**
     * Records the decision about a run, unless it is recorded already.
     *
     * @throws ConflictException if there is another champion now
     */
    public State compared(String runId, Verdict verdict) {
        return place.log().append(state -> {
            if (state.champion().equals(Optional.of(runId))) { // by another attempt of this run
                return Optional.empty();
            }
            requireChampion(state, verdict, runId);
            if (verdict.isLike(requireVersion(state, runId).verdict())) { // a run that is repeated
                return Optional.empty();
            }
            return Optional.of(
                    place.after(state, Kind.COMPARE, runId, verdict.isAccepted(), verdict.reasons(), verdict.metrics())
                            .compared(runId, verdict));
        });
    }

    /**
     * Makes a version the champion. Does nothing if it is the champion.
     *
     * @param forced whether it is published without an accepted comparison, and although the champion is held
     * @param why reason that a person gives
     * @return whether the champion has changed
     * @throws UsageException if the version was not accepted, was rolled back, or if the champion is held
     * @throws ConflictException if another version was published since the comparison
     * @throws DataException if a file of the version is damaged
     */
    public boolean publish(String runId, boolean forced, Optional<String> why) {
        state().version(runId).ifPresent(this::verify);
        boolean[] isChanged = {false};
        place.log().append(state -> {
            isChanged[0] = !state.champion().equals(Optional.of(runId));
            if (!isChanged[0]) {
                return Optional.empty();
            }
            Version version = requireVersion(state, runId);
            if (!forced) {
                requireAccepted(state, runId, version);
                rolledBackTwin(state, runId).ifPresent(reason -> {
                    throw new UsageException("run \"%s\" %s; publish it with --force if you want it nevertheless"
                            .formatted(runId, reason));
                });
                requireReleased(state);
            }
            Stream<String> reasons = Stream.concat(forced ? Stream.of("forced") : Stream.empty(), why.stream());
            return Optional.of(decided(state, Kind.PUBLISH, runId, reasons).published(runId));
        });
        place.link();
        return isChanged[0];
    }

    private State decided(State state, Kind kind, String runId, Stream<String> reasons) {
        return place.after(state, kind, runId, true, reasons.toList(), Map.of());
    }

    /**
     * Reads every file of a version, and compares it with its digest.
     *
     * @return the number of files
     * @throws DataException if a file is missing or was changed; the message names the first
     * @throws ConflictException if another process has removed the version meanwhile
     */
    public int verify(Version version) {
        try {
            return Versions.verify(place, version);
        } catch (DataException | UncheckedIOException e) {
            if (state().versions().values().stream()
                    .anyMatch(other -> other.directory().equals(version.directory()))) {
                throw e;
            }
            throw new ConflictException("another process has removed version %s meanwhile; start the command again"
                    .formatted(version.directory()));
        }
    }

    /** Returns which rolled-back version has the same model as a run, as the end of a sentence; absent: none has. */
    Optional<String> rolledBackTwin(State state, String runId) {
        String model = requireVersion(state, runId).digests().get(RunDirectory.MODEL);
        return state.rolledBack().entrySet().stream()
                .filter(entry -> model != null && entry.getValue().equals(model))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .map("has the same model as version \"%s\", which was rolled back"::formatted);
    }

    /** Requires that the champion is still the one that a run was compared with. */
    private static void requireChampion(State state, Verdict verdict, String runId) {
        String now = state.champion().orElse(null);
        if (!Objects.equals(now, verdict.against())) {
            throw new ConflictException("run \"%s\" was compared with %s, but the champion is now %s; compare it again"
                    .formatted(
                            runId,
                            verdict.against() == null ? "no champion" : "\"" + verdict.against() + "\"",
                            now == null ? "none" : "\"" + now + "\""));
        }
    }

    /** Requires that the files of a version were accepted against the champion, and that it was never published. */
    private static void requireAccepted(State state, String runId, Version version) {
        if (version.isPublished()) {
            throw new UsageException(
                    "run \"%s\" was published before and replaced; publish it with --force if you want it again"
                            .formatted(runId));
        }
        Verdict verdict = version.verdict();
        if (verdict == null || !verdict.digest().equals(version.digests().get(RunDirectory.ALL))) {
            throw new UsageException(
                    "run \"%s\" was not compared with the champion; run registry compare first, or publish with --force"
                            .formatted(runId));
        }
        if (!verdict.isAccepted()) {
            throw new UsageException("run \"%s\" was rejected (%s); publish it with --force if you want it nevertheless"
                    .formatted(runId, String.join("; ", verdict.reasons())));
        }
        requireChampion(state, verdict, runId);
    }

    private static void requireReleased(State state) {
        if (state.hold() != null) {
            throw new ChampionHeldException("the champion %s; run registry release first, or publish with --force"
                    .formatted(held(state.hold())));
        }
    }

    /** Returns since when, by whom and why the champion is held, as the end of a sentence. */
    public static String held(Event hold) {
        return "is held since the %s of %s by %s%s"
                .formatted(
                        hold.kind(),
                        hold.instant().truncatedTo(ChronoUnit.SECONDS),
                        hold.user(),
                        hold.reasons().isEmpty() ? "" : " (" + String.join("; ", hold.reasons()) + ")");
    }

    /** Releases a champion that a rollback holds, and returns whether it was held. */
    public boolean release(Optional<String> why) {
        boolean[] isHeld = {false};
        place.log().append(state -> {
            isHeld[0] = state.hold() != null;
            return isHeld[0]
                    ? Optional.of(decided(state, Kind.RELEASE, state.champion().orElse(""), why.stream())
                            .released())
                    : Optional.empty();
        });
        return isHeld[0];
    }

    /**
     * Makes an earlier champion the champion again and holds it, so that no run publishes over it until
     * {@link #release} or {@link #publish}.
     *
     * @param to run of the version; absent: the champion before the champion
     * @param from run that must be the champion; does nothing if it was rolled back before; absent: any
     * @param why reason that a person gives
     * @return the state with the new champion
     * @throws UsageException if there is no earlier champion, the version was never one, or another run than
     *     {@code from} is the champion
     */
    public State rollback(Optional<String> to, Optional<String> from, Optional<String> why) {
        State before = state();
        to.or(before::previous).flatMap(before::version).ifPresent(this::verify);
        Optional<String> expected = before.champion();
        State newest = place.log().append(state -> {
            if (from.isPresent() && state.rolledBack().containsKey(from.get())) {
                return Optional.empty();
            }
            if (from.isPresent() && !state.champion().equals(from)) {
                throw new UsageException(
                        "the champion is %s, expected \"%s\" as --from-run says; nothing was rolled back, look at history"
                                .formatted(
                                        state.champion()
                                                .map("\"%s\""::formatted)
                                                .orElse("none"),
                                        from.get()));
            }
            if (!state.champion().equals(expected)) {
                throw new ConflictException(
                        "another process has changed the champion; look at history and roll back again");
            }
            String target = to.or(state::previous)
                    .orElseThrow(() -> new UsageException(
                            "%s has no champion before the current one, so there is nothing to roll back to"
                                    .formatted(place.shown())));
            requireVersion(state, target);
            if (!state.champions().contains(target)) {
                throw new UsageException(
                        "run \"%s\" was never the champion, or was rolled back; publish it with --force"
                                .formatted(target));
            }
            return state.champion().equals(Optional.of(target))
                    ? Optional.empty()
                    : Optional.of(
                            decided(state, Kind.ROLLBACK, target, why.stream()).rolledBackTo(target));
        });
        place.link();
        return newest;
    }

    /**
     * Removes all versions but the newest ones, the champion and the one before it from the state, and deletes what no
     * run uses.
     *
     * @param keep number of newest versions to keep
     * @return the runs whose versions were removed now
     */
    public Set<String> prune(int keep) {
        return place.collect(state -> {
            List<String> runs = new ArrayList<>(state.versions().keySet());
            Set<String> kept = new HashSet<>(runs.subList(Math.max(0, runs.size() - keep), runs.size()));
            state.champion().ifPresent(kept::add);
            state.previous().ifPresent(kept::add);
            Set<String> removed = new LinkedHashSet<>(runs);
            removed.removeAll(kept);
            return removed;
        });
    }

    /** Thrown if a version cannot be published because the champion is held. */
    static final class ChampionHeldException extends UsageException {
        private static final long serialVersionUID = 1L;

        ChampionHeldException(String message) {
            super(message);
        }
    }
}
