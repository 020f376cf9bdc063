package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.Event;
import io.github.sparklatent.cluster.storage.HadoopStore;
import io.github.sparklatent.cluster.storage.Log;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.cluster.storage.UniqueName;
import io.github.sparklatent.config.Redaction;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModels;
import io.github.sparklatent.ml.core.SavedModels.ResultLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.security.UserGroupInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of results: an output, or a registry.
 *
 * <pre>
 *   PLACE/log/00000042.json      the state; see {@link Log}
 *   PLACE/runs/RUN/              a result, written by one process
 *   PLACE/status/RUN.json        how this process has ended, or that it lives
 *   PLACE/state/TRAINING/        checkpoints
 *   PLACE/current                local files only: a link to the current result, for people
 * </pre>
 *
 * <p>There is no lock. A run writes under names of its own, and one entry of the log makes its result the current one.
 * A run that began more than {@link #AGE} ago commits nothing, so what it wrote can be deleted. Thus no order of the
 * steps of any number of processes, and no kill between two of them, loses a result or shows a part of one.
 */
public final class Place {
    /** Time after which what a run left, and what no state names, is deleted. */
    static final Duration AGE = Duration.ofDays(7);

    static final String STATUS = "status";
    static final String CHECKPOINTS = "state";

    private static final Set<String> NAMES = Set.of("log/", "runs/", "status/", "state/", "current", "current/");

    private static final Logger LOG = LoggerFactory.getLogger(Place.class);

    private final Store store;
    private final Path path;
    private final String given;
    private final String shown;
    private final Log log;
    private final Clock clock;
    private final Supplier<String> names;

    /**
     * Creates the access to a place, which need not exist yet. Changes nothing.
     *
     * @param path path of the directory, as in the configuration
     * @param key key of the path, for messages
     * @throws UsageException if the file system does not exist or the path cannot be a directory
     */
    public Place(Configuration hadoop, String path, String key) {
        this(store(hadoop, path, key), path, key, Clock.systemUTC(), UniqueName::next);
    }

    /** Creates the access to what the program keeps in a directory of rows, as for other places. */
    static Place ofRows(Configuration hadoop, String path) {
        Store store = store(hadoop, path, "output.path");
        return new Place(store, path, path + "/" + Rows.BOOKS, "output.path", Clock.systemUTC(), UniqueName::next);
    }

    /**
     * Creates the access to a place in a store.
     *
     * @param names returns names that no other process and no other call gets
     */
    public Place(Store store, String path, String key, Clock clock, Supplier<String> names) {
        this(store, path, path, key, clock, names);
    }

    private Place(Store store, String given, String path, String key, Clock clock, Supplier<String> names) {
        this.names = names;
        this.store = store;
        this.given = given;
        this.shown = "%s \"%s\"".formatted(key, given);
        this.path = store instanceof HadoopStore files ? files.qualified(new Path(path)) : new Path(path);
        this.clock = clock;
        this.log = new Log(store, this.path);
        if ((given.equals(path) ? this.path : this.path.getParent()).getParent() == null) {
            throw new UsageException(shown + " is the root of a file system, expected a directory in it");
        }
    }

    private static Store store(Configuration hadoop, String path, String key) {
        try {
            return new HadoopStore(hadoop, new Path(path));
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException(
                    "%s \"%s\" cannot be reached: %s".formatted(key, path, ExitCodes.firstLine(e.getMessage())), e);
        }
    }

    public Store store() {
        return store;
    }

    /** Returns the path as in the configuration. */
    public String given() {
        return given;
    }

    /** Returns the path and its key, for messages. */
    public String shown() {
        return shown;
    }

    /** Returns the path qualified with its file system. */
    public Path path() {
        return path;
    }

    /** Returns a name that no other process and no other call gets. */
    String name() {
        return names.get();
    }

    /** Returns the log. */
    public Log log() {
        return log;
    }

    /**
     * Returns where people find the result of an output: in the output itself, if links lead to a model there; else in
     * the directory of the run.
     */
    String shownResult(State state) {
        String directory =
                state.current().map(current -> directory(current).toString()).orElse(given);
        return local().filter(folder -> Files.exists(folder.resolve("current")))
                .map(folder -> Files.exists(folder.resolve(SavedModels.DIRECTORY)) ? given : given + "/current")
                .orElse(directory);
    }

    private Optional<java.nio.file.Path> local() {
        return store instanceof HadoopStore files ? files.local(path) : Optional.empty();
    }

    /** Removes a path. A failure is only logged, because no result depends on it. */
    void remove(Path file) {
        try {
            store.delete(file);
        } catch (IOException | FSError e) {
            LOG.warn("{} cannot be removed: {}", file, ExitCodes.firstLine(e.getMessage()));
        }
    }

    /** Returns the directory of a run. */
    public Path directory(String run) {
        return new Path(new Path(path, ResultLocation.RUNS), run);
    }

    /**
     * Checks that a run may write here. Changes nothing.
     *
     * @param isRegistry whether the place is to be a registry
     * @throws UsageException with the reason if it may not
     */
    public State requireUsable(boolean isRegistry) {
        try {
            if (store instanceof HadoopStore files) {
                files.requireSuitable(path);
            }
            State state = log.newest();
            if (state.number() == 0 && !NAMES.containsAll(store.list(path))) {
                throw new UsageException(shown + " exists, and spark-latent did not write it; set another path");
            }
            if (state.number() > 0 && state.isRegistry() != isRegistry) {
                throw new UsageException(shown
                        + (isRegistry ? " is an output, expected a registry" : " is a registry, expected an output")
                        + " or nothing; set another path");
            }
            return state;
        } catch (IOException e) {
            throw new UsageException(shown + " cannot be reached: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /**
     * Checks that a result may be written here. Changes nothing.
     *
     * @throws ResultExistsException if there is one that may not be replaced
     * @throws UsageException with the reason if none can be written
     */
    void requireUsable(boolean isRegistry, boolean overwrite) {
        if (requireUsable(isRegistry).champion().isPresent() && !isRegistry && !overwrite) {
            throw new ResultExistsException(
                    shown + " exists; set output.overwrite = true to replace it, or set another path");
        }
    }

    /**
     * Returns the state after an event of this moment, by this user, in which nothing else is different.
     *
     * @param run run that the event is about; empty if it is about none
     */
    public State after(
            State before,
            Event.Kind kind,
            String run,
            boolean isAccepted,
            List<String> reasons,
            Map<String, Object> metrics) {
        String user;
        try {
            user = UserGroupInformation.getCurrentUser().getShortUserName();
        } catch (IOException e) {
            throw new UncheckedIOException("the user is unknown: " + e.getMessage(), e);
        }
        Event event = new Event(
                kind,
                run,
                before.champion().orElse(null),
                isAccepted,
                reasons.stream().map(Redaction::of).toList(),
                metrics,
                user,
                clock.instant().toString());
        boolean isRegistry = before.number() == 0 ? kind != Event.Kind.RESULT : before.isRegistry();
        if (!isRegistry && kind != Event.Kind.RESULT && kind != Event.Kind.PRUNE) {
            throw new UsageException(shown + " is an output, expected a registry; set another path");
        }
        return before.after(event, isRegistry, names.get());
    }

    /**
     * Removes versions from the state, and deletes what nobody uses: directories, checkpoints and status files that the
     * state does not name, of runs that began before an entry that is older than {@link #AGE}.
     *
     * @param leaving returns the runs whose versions leave, unless they began after that entry; a set to change
     * @return the runs whose versions have left
     */
    public Set<String> collect(Function<State, Set<String>> leaving) {
        Set<String> left = new HashSet<>();
        State newest = log.append(state -> {
            left.clear();
            long floor = floor(state);
            Set<String> removed = leaving.apply(state);
            removed.removeIf(
                    run -> // its run may be about to publish it
                    RunDirectory.begun(state.versions().get(run).directory()) >= floor);
            if (removed.isEmpty() && floor == state.floor()) {
                return Optional.empty();
            }
            left.addAll(removed);
            Map<String, Object> runs = Map.of("runs", List.copyOf(removed));
            return Optional.of(
                    after(state, Event.Kind.PRUNE, "", true, List.of(), runs).collected(removed, floor));
        });
        Set<String> named = newest.versions().values().stream()
                .map(State.Version::directory)
                .collect(Collectors.toSet());
        try {
            deleteBelow(new Path(path, ResultLocation.RUNS), named, newest.floor());
            deleteBelow(new Path(path, STATUS), named, newest.floor());
            deleteBelow(new Path(path, Log.NAME), Set.of(), newest.floor()); // of appends that were killed
            for (String training : store.list(new Path(path, CHECKPOINTS))) {
                Path checkpoints = new Path(new Path(path, CHECKPOINTS), training);
                if (store.list(checkpoints).isEmpty()) {
                    store.delete(checkpoints);
                }
                deleteBelow(checkpoints, Set.of(), newest.floor());
            }
            if (local().isPresent()) {
                try (Stream<java.nio.file.Path> entries = Files.list(local().get())) {
                    for (java.nio.file.Path link :
                            entries.filter(Files::isSymbolicLink).toList()) {
                        String name = link.getFileName().toString();
                        if (name.startsWith(".") && RunDirectory.begun(name) < newest.floor()) { // of a killed one
                            Files.deleteIfExists(link);
                        }
                    }
                }
            }
        } catch (IOException e) {
            LOG.warn("what runs have left in {} stays: {}", shown, ExitCodes.firstLine(e.getMessage()));
        }
        return left;
    }

    /** Deletes what nobody uses. A failure is only logged, because a result was committed before. */
    public void collect() {
        try {
            collect(state -> new HashSet<>());
        } catch (RuntimeException | FSError e) {
            LOG.warn("what runs have left in {} stays: {}", shown, ExitCodes.firstLine(e.getMessage()));
        }
    }

    /** Returns the runs that a pruning has removed. */
    @SuppressWarnings("unchecked") // written by collect only
    public static List<String> runs(Event prune) {
        return (List<String>) prune.metrics().getOrDefault("runs", List.of());
    }

    /** Returns the number of the newest entry that is older than {@link #AGE}. */
    private long floor(State state) {
        Instant limit = clock.instant().minus(AGE);
        long floor = state.floor();
        while (floor < state.number() && log.at(floor + 1).event().instant().isBefore(limit)) {
            floor++;
        }
        return floor;
    }

    /** Deletes the entries of a directory that runs wrote that began before the floor. */
    private void deleteBelow(Path directory, Set<String> named, long floor) throws IOException {
        for (String entry : store.list(directory)) {
            String name = entry.replaceAll("/$|\\.json$", "");
            if (RunDirectory.begun(name) < floor && !named.contains(name)) {
                store.delete(new Path(directory, entry.replaceAll("/$", "")));
            }
        }
    }

    /**
     * Points the links of local files at the current result, for people: {@code current}, and in an output what the
     * result has. The program does not read them. A failure is only logged.
     */
    public void link() {
        try {
            State state = State.NONE;
            while (local().isPresent() && state.number() != log.newest().number()) { // another one may append meanwhile
                state = log.newest();
                link(local().get(), state);
            }
        } catch (IOException | RuntimeException | FSError e) {
            LOG.warn("the links in {} are not those of the current result: {}", shown, e.getMessage());
        }
    }

    private static void link(java.nio.file.Path folder, State state) throws IOException {
        String current = ResultLocation.RUNS + "/" + state.current().orElseThrow();
        link(folder, "current", state.number(), current);
        if (state.isRegistry()) {
            return;
        }
        for (java.nio.file.Path entry : entries(folder.resolve(current))) {
            String name = entry.getFileName().toString();
            link(folder, name, state.number(), "current/" + name);
        }
        for (java.nio.file.Path entry : entries(folder)) {
            if (Files.isSymbolicLink(entry) && Files.notExists(entry)) {
                Files.delete(entry); // of a result before
            }
        }
    }

    /** Returns the entries of a directory but hidden ones. */
    private static List<java.nio.file.Path> entries(java.nio.file.Path folder) throws IOException {
        try (Stream<java.nio.file.Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !entry.getFileName().toString().matches("[._].*"))
                    .toList();
        }
    }

    /** Creates or replaces a link; by the number of an entry the place collects what a killed process leaves of it. */
    private static void link(java.nio.file.Path folder, String name, long number, String to) throws IOException {
        if (Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS)
                && !Files.isSymbolicLink(folder.resolve(name))) {
            throw new IOException(name + " is no link, so it is not replaced");
        }
        java.nio.file.Path temporary = folder.resolve(".%s.%d.%s".formatted(name, number, UniqueName.next()));
        Files.createSymbolicLink(temporary, java.nio.file.Path.of(to));
        Files.move(
                temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
