package io.github.sparklatent.cluster.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.learn.StateCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.hadoop.fs.Path;

/**
 * The states of a place, in files {@code log/00000042.json} that are created if absent and never changed. The newest
 * one is the state; no other is needed to know it. An entry is appended under the number that follows the state it was
 * decided on, so of two processes that decide at once one decides again on the new state.
 *
 * <p>A file has the state as a line of JSON, and a line with a checksum of the first one.
 */
public final class Log {
    /** Name of the directory in a place. */
    public static final String NAME = "log";

    /** Form of the entries; another number for each change that an earlier program cannot read. */
    private static final int FORM = 1;

    private static final Pattern FILE = Pattern.compile("[0-9]{8}\\.json");

    private final Store store;
    private final Path directory;

    /** Creates the log of a place, which need not exist yet. */
    public Log(Store store, Path place) {
        this.store = store;
        this.directory = new Path(place, NAME);
    }

    /**
     * Returns the newest state: one list and one file are read.
     *
     * @throws DataException if the entry is damaged
     */
    public State newest() {
        long newest = number();
        return newest == 0 ? State.NONE : at(newest);
    }

    private long number() {
        try {
            return store.list(directory).stream()
                    .filter(name -> FILE.matcher(name).matches())
                    .mapToLong(name -> Long.parseLong(name.substring(0, name.indexOf('.'))))
                    .max()
                    .orElse(0);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    /** Returns all states, oldest first. */
    public List<State> all() {
        List<State> all = new ArrayList<>();
        long newest = number();
        for (long number = 1; number <= newest; number++) {
            all.add(at(number));
        }
        return all;
    }

    /** Returns the state of an entry, which must exist. */
    public State at(long number) {
        Path file = file(number);
        byte[] content;
        try {
            content = store.get(file)
                    .orElseThrow(() ->
                            new DataException("the log has no entry %s; restore it from a backup".formatted(file)));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        String[] lines = new String(content, StandardCharsets.UTF_8).split("\n", -1);
        if (lines.length != 3 || !lines[1].equals(checksum(lines[0]))) {
            throw damaged(file, "its checksum is wrong");
        }
        try {
            ObjectNode tree = (ObjectNode) StateCodec.JSON.readTree(lines[0]);
            JsonNode form = tree.remove("form");
            if (form == null || form.asInt() != FORM) {
                throw new DataException(
                        "%s was written by another version of spark-latent (its form is %s, expected %d); use that version"
                                .formatted(file, form, FORM));
            }
            State state = StateCodec.JSON.treeToValue(tree, State.class);
            if (state.number() != number) {
                throw damaged(file, "it is entry " + state.number());
            }
            return state;
        } catch (JsonProcessingException | ClassCastException | NullPointerException e) {
            throw damaged(file, e.getMessage());
        }
    }

    /**
     * Appends the state that follows from the newest one.
     *
     * @param next returns the next state, or nothing if the newest one already says what it should say. It is called
     *     again if another process has appended a state in the meantime
     * @return the newest state, which this call has appended unless {@code next} has returned nothing
     */
    public State append(Function<State, Optional<State>> next) {
        while (true) {
            State newest = newest();
            Optional<State> state = next.apply(newest);
            if (state.isEmpty()) {
                return newest;
            }
            Path file = file(newest.number() + 1);
            try {
                if (store.putIfAbsent(file, content(state.get()))) {
                    return state.get();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
            }
        }
    }

    private static byte[] content(State state) {
        try {
            String line = StateCodec.JSON.writeValueAsString(
                    StateCodec.JSON.createObjectNode().put("form", FORM).setAll((ObjectNode)
                            StateCodec.JSON.valueToTree(state)));
            return (line + "\n" + checksum(line) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a state cannot be written as JSON", e);
        }
    }

    private static String checksum(String line) {
        CRC32C checksum = new CRC32C();
        checksum.update(line.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(checksum.getValue());
    }

    private Path file(long number) {
        return new Path(directory, "%08d.json".formatted(number));
    }

    private static DataException damaged(Path file, String reason) {
        return new DataException("%s is damaged (%s); restore it from a backup".formatted(file, reason));
    }

    private static UncheckedIOException unreadable(Path file, IOException cause) {
        return new UncheckedIOException("%s cannot be read: %s".formatted(file, cause.getMessage()), cause);
    }
}
