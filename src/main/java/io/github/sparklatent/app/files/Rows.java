package io.github.sparklatent.app.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparklatent.cluster.storage.ConflictException;
import io.github.sparklatent.cluster.storage.Store;
import io.github.sparklatent.config.ResultExistsException;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.ml.core.SavedModels.ResultLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * A directory of rows that every tool reads: part files and {@code _SUCCESS}. A run writes its files in a {@link Place}
 * in {@code _spark-latent}, whose name the tools pass over, and moves them up once the log names it. Each file then has
 * the name of its run in its own, so that it is known which ones may be replaced.
 *
 * <p>A replacement is not atomic: {@code _SUCCESS} leaves first and comes last. Rows without it are written again.
 */
final class Rows {
    /** Name of the directory with what the program keeps. */
    static final String BOOKS = "_spark-latent";

    private static final Pattern NAME =
            Pattern.compile("[^.]+\\.(?<run>(?<work>[a-z]+)\\.(?<begun>[0-9]{1,18})\\.[^.]+)(\\..*)?");

    private final Place place;
    private final Store store;
    private final Path directory;
    private final Path success;
    private final String work;

    /** Runs that the log has. */
    private final Set<String> known = new HashSet<>();

    /**
     * Creates the access to rows, which need not exist yet.
     *
     * @param place what the program keeps of them
     * @param work first part of the names of the runs whose rows may be replaced
     */
    Rows(Place place, String work) {
        this.place = place;
        this.store = place.store();
        this.directory = place.path().getParent();
        this.success = new Path(directory, ResultLocation.SUCCESS);
        this.work = work;
    }

    /**
     * Checks that nothing but rows of such work is there. Changes nothing.
     *
     * @param overwrite whether all rows of a run may be replaced; a part of them always may
     * @throws UsageException with what is there
     */
    void requireReplaceable(boolean overwrite) {
        try {
            for (String name : visible(directory)) {
                Optional<Matcher> run = run(name);
                if (run.isEmpty()) {
                    throw new UsageException("%s has \"%s\", which is not of its rows; set another path, or remove it"
                            .formatted(place.shown(), name));
                }
                if (!run.get().group("work").equals(work)) {
                    throw new UsageException("%s has rows of %s, expected those of %s or none; set another path"
                            .formatted(place.shown(), run.get().group("work"), work));
                }
            }
            if (!overwrite && store.get(success).isPresent()) {
                throw new ResultExistsException(
                        place.shown() + " exists; set output.overwrite = true to replace it, or set another path");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(place.shown() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<String> visible(Path folder) throws IOException {
        return store.list(folder).stream()
                .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                .toList();
    }

    /** Returns the parts of the name of the run that wrote a file; empty if the log has no such run. */
    private Optional<Matcher> run(String file) {
        Matcher name = NAME.matcher(file);
        if (!name.matches()) {
            return Optional.empty();
        }
        String run = name.group("run");
        long newest = known.contains(run) ? 0 : place.log().newest().number();
        for (long number = Long.parseLong(name.group("begun")) + 1; number <= newest; number++) {
            known.add(place.log().at(number).event().runId());
        }
        return known.contains(run) ? Optional.of(name) : Optional.empty();
    }

    /**
     * Replaces the rows by those of a run, which the log names.
     *
     * @throws ConflictException if it names another one in the meantime
     */
    void show(String run) throws IOException {
        Path staged = place.directory(run);
        Path before = new Path(staged, "_BEFORE");
        try {
            List<String> old = visible(directory); // a later run's files are not among them
            requireNewest(run);
            if (store.get(success).isPresent()) {
                store.move(success, before);
            }
            for (String name : old) {
                if (run(name).isPresent()) {
                    store.delete(new Path(directory, name));
                }
            }
            for (String name : visible(staged)) {
                requireNewest(run);
                Path shown = new Path(directory, name.replaceFirst("(?=\\.|$)", "." + run));
                store.move(new Path(staged, name), shown);
                store.force(shown);
            }
            requireNewest(run);
            byte[] mark = store.get(new Path(staged, ResultLocation.SUCCESS)).orElseThrow();
            store.putIfAbsent(success, mark); // there is one only of a later run
            requireNewest(run);
        } catch (ConflictException e) { // this run slept for long
            restore(run, before);
            throw e;
        }
        place.remove(staged);
    }

    /** Leaves the directory to a later run. */
    private void restore(String run, Path before) throws IOException {
        if (areOf(run)) {
            store.delete(success);
        }
        for (String name : visible(directory)) {
            if (run(name).filter(parts -> parts.group("run").equals(run)).isPresent()) {
                store.delete(new Path(directory, name));
            }
        }
        Optional<byte[]> taken = store.get(before);
        if (taken.isPresent()
                && names(taken.get(), place.log().newest().current().orElse(""))) {
            store.putIfAbsent(success, taken.get());
        }
    }

    /** Returns whether {@code _SUCCESS} is of a run. */
    boolean areOf(String run) {
        try {
            return store.get(success).filter(mark -> names(mark, run)).isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(place.shown() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean names(byte[] mark, String run) {
        return new String(mark, UTF_8).lines().anyMatch(("run " + run)::equals);
    }

    private void requireNewest(String run) {
        if (!place.log().newest().current().equals(Optional.of(run))) {
            throw new ConflictException(
                    place.shown() + " has rows of a later run, so those of this run are not written");
        }
    }
}
