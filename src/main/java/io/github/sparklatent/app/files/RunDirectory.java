package io.github.sparklatent.app.files;

import io.github.sparklatent.app.console.ExitCodes;
import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.cluster.storage.Event;
import io.github.sparklatent.cluster.storage.State;
import io.github.sparklatent.cluster.storage.State.Version;
import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.config.OutputSection.OutputMode;
import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.learn.StateType;
import io.github.sparklatent.ml.core.BuildInfo;
import io.github.sparklatent.ml.core.SavedModels.ResultLocation;
import io.github.sparklatent.ml.io.ModelChecksums;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The attempt of one process to write a result in a {@link Place}. Its name is {@code ID.BEGUN.ATTEMPT}: the run of a
 * registry, or "result"; the number of the newest entry of the log when it began; and a name that no other process has.
 */
public final class RunDirectory {
    /** Name of the digest of all files of a version. */
    public static final String ALL = "all";

    /** Name of the digest of the model of a version. */
    public static final String MODEL = "model";

    private static final String RESULT = "result";

    private static final Logger LOG = LoggerFactory.getLogger(RunDirectory.class);

    private final Place place;
    private final Optional<Rows> rows;
    private final String work;
    private final Optional<String> run;
    private final boolean overwrite;
    private final String attempt;
    private State before;
    private String sealed;
    private String source;

    /**
     * Creates an attempt that has not begun. Changes nothing.
     *
     * @param run run of a registry; empty: the place is an output
     * @param mode handling of a result that is there
     */
    public RunDirectory(Place place, Optional<String> run, OutputMode mode) {
        this(place, Optional.empty(), run.orElse(RESULT), run, mode);
    }

    private RunDirectory(Place place, Optional<Rows> rows, String work, Optional<String> run, OutputMode mode) {
        this.place = place;
        this.rows = rows;
        this.work = work;
        this.run = run.map(RegistrySection::requireRunId);
        this.overwrite = mode == OutputMode.OVERWRITE;
        this.attempt = place.name();
    }

    /**
     * Creates an attempt to write rows. Changes nothing.
     *
     * @param work what the rows are of: rows of other work are not replaced
     */
    public static RunDirectory ofRows(Configuration hadoop, String path, String work, OutputMode mode) {
        return ofRows(Place.ofRows(hadoop, path), work, mode);
    }

    static RunDirectory ofRows(Place place, String work, OutputMode mode) {
        return new RunDirectory(place, Optional.of(new Rows(place, work)), work, Optional.empty(), mode);
    }

    /** Returns the place. */
    public Place place() {
        return place;
    }

    /**
     * Checks, before the work starts, that the result can be written. Changes nothing.
     *
     * @throws io.github.sparklatent.config.UsageException with the reason if it cannot
     */
    public void requireUsable() {
        place.requireUsable(run.isPresent(), overwrite || rows.isPresent());
        rows.ifPresent(there -> there.requireReplaceable(overwrite));
    }

    /** Reads the state that the result will follow. */
    public void begin() {
        before = place.requireUsable(run.isPresent());
        rows.ifPresent(there -> there.requireReplaceable(true));
    }

    /** Returns the name of this attempt, which has begun. */
    public String name() {
        return "%s.%d.%s".formatted(work, before.number(), attempt);
    }

    /** Returns whether another attempt writes the same result. */
    boolean isSameWork(String name) {
        String id = work + ".";
        return name.startsWith(id)
                && name.substring(id.length()).matches("[0-9]{1,18}\\.[^.]+")
                && !name.equals(name());
    }

    /** Returns the number of the entry that a run began after; the greatest number if the name is of no run. */
    static long begun(String name) {
        String[] parts = name.split("\\.");
        return parts.length >= 3 && parts[parts.length - 2].matches("[0-9]{1,18}")
                ? Long.parseLong(parts[parts.length - 2])
                : Long.MAX_VALUE;
    }

    /** Returns the directory in which nothing else may be. */
    public Path whole() {
        return rows.isPresent() ? place.path().getParent() : place.path();
    }

    /** Returns the directory that this attempt writes. */
    public Path directory() {
        return place.directory(name());
    }

    /**
     * Returns where the result is that the place has now: the output itself, if its links lead to a model; else the
     * directory of a run.
     */
    public String result() {
        State state;
        try {
            state = place.log().newest();
        } catch (UncheckedIOException e) {
            if (sealed == null) {
                throw e;
            }
            return directory().toString(); // it is committed, so a fault of the store must not be the end
        }
        return run.isPresent()
                ? state.version(run.get())
                        .map(version -> place.directory(version.directory()).toString())
                        .orElse(place.given())
                : rows.isPresent() ? place.given() : place.shownResult(state);
    }

    /**
     * Returns the checkpoints of a training that this attempt writes.
     *
     * @param every rounds between two checkpoints; 0: no checkpoints
     * @param position describes how far a state is, such as "12 rounds"
     */
    public <S> Checkpoints<S> checkpoints(String training, int every, StateType<S> type, Function<S, String> position) {
        Path directory = new Path(new Path(place.path(), Place.CHECKPOINTS), training);
        return new Checkpoints<>(place.store(), directory, name(), every, type, position) {
            @Override
            void requireInTime() {
                requireCurrent(place.log().newest());
            }
        };
    }

    /**
     * Writes a complete result, or none if an error occurs. In an output it is the result then; in a registry it
     * becomes a version by {@link #commit}.
     *
     * @param isChecked whether {@code _SUCCESS} has the digests of all files, for which they are read again
     * @param writer fills the directory
     */
    public void write(boolean isChecked, Consumer<Path> writer) {
        boolean isWhole = false;
        try {
            writer.accept(directory());
            sealed = seal(isChecked);
            isWhole = true; // from here on an entry may name the directory, also after an error
            if (run.isEmpty()) {
                replace();
            }
            if (rows.isPresent()) {
                rows.get().show(name());
            }
        } catch (ConflictException e) {
            isWhole = false;
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    place.shown() + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        } finally {
            if (!isWhole) {
                place.remove(directory());
            }
        }
    }

    /**
     * Writes rows; see {@link #write}.
     *
     * @param from what they are computed from, which {@link #isFrom} recognises; null if that is not known
     */
    void writeRows(String from, Consumer<Path> writer) {
        source = from;
        write(false, writer);
    }

    /** Returns whether the rows that are there were computed from this. */
    boolean isFrom(String from) {
        State state = place.log().newest();
        return state.champion()
                .flatMap(state::version)
                .filter(version -> from != null && from.equals(version.rows()))
                .filter(version -> rows.orElseThrow().areOf(version.directory()))
                .isPresent();
    }

    /** Makes the files durable, then writes {@code _SUCCESS}, and returns its digest. */
    private String seal(boolean isChecked) throws IOException {
        Store store = place.store();
        Path directory = directory();
        store.delete(new Path(directory, "." + ResultLocation.SUCCESS + ".crc")); // of Spark's empty file
        store.delete(new Path(directory, ResultLocation.SUCCESS));
        store.force(directory);
        String text = "spark-latent %s\nrun %s\n%s"
                .formatted(
                        BuildInfo.read().version(),
                        name(),
                        isChecked ? ModelChecksums.lines(store, directory, ResultLocation.SUCCESS) : "");
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        store.put(new Path(directory, ResultLocation.SUCCESS), content);
        store.force(directory);
        return DigestUtils.sha256Hex(content);
    }

    /** Writes a file of the result in UTF-8. */
    public void text(Path file, String content) {
        bytes(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of the result. */
    public void bytes(Path file, byte[] content) {
        try {
            place.store().put(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /** Writes the checksums of a saved model. */
    public void checksums(Path model) {
        try {
            ModelChecksums.write(place.store(), model);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the checksums of " + model + " cannot be written: " + ExitCodes.firstLine(e.getMessage()), e);
        }
    }

    /** Makes the result that of the output. */
    private void replace() {
        rows.ifPresent(there -> there.requireReplaceable(true));
        Version version = new Version(name(), Map.of(ALL, sealed), source, null, true);
        place.log().append(state -> {
            requireCurrent(state);
            if (!state.champion().equals(before.champion())) {
                throw new ConflictException(
                        "%s has a new result, of run %s, since this run began, so this run replaces nothing; start it again to replace that one"
                                .formatted(place.shown(), state.current().orElse("none")));
            }
            return Optional.of(place.after(state, Event.Kind.RESULT, name(), true, List.of(), Map.of())
                    .replaced(name(), version));
        });
        if (rows.isEmpty()) {
            place.link();
        }
    }

    /**
     * Makes the result a version of the registry, unless another attempt of the run has done so. An attempt that was
     * not the first removes its files.
     *
     * @param digests digests of the model
     * @param rows fingerprint of the rows that versions are compared on
     * @param metrics metrics for the log
     */
    public void commit(Map<String, String> digests, String rows, Map<String, Object> metrics) {
        String id = run.orElseThrow();
        State after = place.log().append(state -> {
            Version there = state.versions().get(id);
            if (there != null) {
                if (!Objects.equals(there.digests().get(MODEL), digests.get(MODEL))) {
                    throw new ConflictException(
                            "run \"%s\" has a version with another model, of attempt %s, since this one began; choose another --run-id"
                                    .formatted(id, there.directory()));
                }
                return Optional.empty();
            }
            requireCurrent(state);
            Map<String, String> all = new TreeMap<>(digests);
            all.put(ALL, sealed);
            Version version = new Version(name(), all, rows, null, false);
            return Optional.of(place.after(state, Event.Kind.TRAIN, id, true, List.of(), metrics)
                    .trained(id, version));
        });
        if (after.version(id)
                .filter(version -> version.directory().equals(name()))
                .isEmpty()) {
            LOG.info("another attempt of run \"{}\" has written its version", id);
            place.remove(directory());
        }
    }

    /** A run that slept for days must not make a directory current that may be deleted. */
    private void requireCurrent(State state) {
        if (state.floor() > before.number()) {
            throw new ConflictException(
                    "%s: this run began before entry %d of the log, which is older than %d days, so it is over; start it again"
                            .formatted(place.shown(), state.floor(), Place.AGE.toDays()));
        }
    }
}
