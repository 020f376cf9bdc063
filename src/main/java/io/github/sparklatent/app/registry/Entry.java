package io.github.sparklatent.app.registry;

import io.github.sparklatent.config.RegistrySection;
import io.github.sparklatent.learn.DataException;
import io.github.sparklatent.ml.io.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An entry of a registry's log.
 *
 * @param number number of the entry in the log, from 1
 * @param kind what was done
 * @param runId run that the entry is about; the new champion of a publication or a rollback; the champion that is or
 *     released, empty if there is none; empty for a pruning
 * @param champion champion at that time, before a publication or a rollback; absent: there was none
 * @param accepted whether the run passed; true for entries that decide nothing
 * @param reasons reasons of the decision as sentences
 * @param metrics metrics of the decision by name
 * @param digests SHA-256 of the version's model, Params and metrics
 * @param user user who made the entry
 * @param time time of the entry
 */
public record Entry(
        long number,
        Kind kind,
        String runId,
        Optional<String> champion,
        boolean accepted,
        List<String> reasons,
        Map<String, Object> metrics,
        Map<String, String> digests,
        Optional<String> user,
        Instant time) {
    /** The kinds of entries. */
    public enum Kind {
        /** A version was trained, or its table was refused. */
        TRAIN,
        /** A version was compared with the champion. */
        COMPARE,
        /** A version became the champion. */
        PUBLISH,
        /** An earlier champion became the champion again. */
        ROLLBACK,
        /** Runs publish over the champion again. */
        RELEASE,
        /** Versions were removed. */
        PRUNE;

        /** Returns whether each entry of this kind names a run. */
        boolean isAboutRun() {
            return this != RELEASE && this != PRUNE;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Entry {
        reasons = List.copyOf(reasons);
        Objects.requireNonNull(metrics);
        digests = Map.copyOf(digests);
    }

    /** Returns the entry as text of a log file. */
    public String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", kind.toString());
        object.put("runId", runId);
        champion.ifPresent(name -> object.put("champion", name));
        object.put("accepted", accepted);
        object.put("reasons", reasons);
        object.put("metrics", metrics);
        if (!digests.isEmpty()) {
            object.put("digests", new TreeMap<>(digests));
        }
        user.ifPresent(name -> object.put("user", name));
        object.put("time", time.toString());
        return Json.text(object);
    }

    /**
     * Reads an entry. Each run id that it names becomes a path, so all of them are checked here.
     *
     * @throws DataException if the text is not an entry
     */
    @SuppressWarnings("unchecked") // checked by the casts of the parts and by the catch
    static Entry parse(long number, String text) {
        try {
            Map<String, Object> object = Json.parse(text);
            Entry entry = new Entry(
                    number,
                    Kind.valueOf(((String) object.get("kind")).toUpperCase(Locale.ROOT)),
                    (String) Objects.requireNonNull(object.get("runId")),
                    Optional.ofNullable((String) object.get("champion")),
                    (Boolean) object.get("accepted"),
                    (List<String>) object.get("reasons"),
                    (Map<String, Object>) object.get("metrics"),
                    (Map<String, String>) object.getOrDefault("digests", Map.of()),
                    Optional.ofNullable((String) object.get("user")),
                    Instant.parse((String) object.get("time")));
            entry.champion.ifPresent(RegistrySection::requireRunId);
            entry.pruned().forEach(RegistrySection::requireRunId);
            if (!entry.runId.isEmpty() || entry.kind.isAboutRun()) {
                RegistrySection.requireRunId(entry.runId);
            }
            return entry;
        } catch (ClassCastException | NullPointerException | IllegalArgumentException | DateTimeException e) {
            throw new DataException(
                    "entry %d of the registry's log is damaged: %s".formatted(number, e.getMessage()), e);
        }
    }

    /** Returns the runs that a pruning has removed. */
    @SuppressWarnings("unchecked") // written by Registry.prune only
    List<String> pruned() {
        return kind == Kind.PRUNE ? (List<String>) metrics.get("runs") : List.of();
    }

    /** Returns what the entry is about: a run, or the runs that were removed. */
    public String subject() {
        return kind == Kind.PRUNE ? String.join(", ", pruned()) : runId;
    }

    /** Returns the decision as a word that begins with a space; empty if there was none. */
    public String outcome() {
        return switch (kind) {
            case TRAIN -> accepted ? "" : " refused";
            case COMPARE -> accepted ? " accepted" : " rejected";
            case PUBLISH, ROLLBACK, RELEASE, PRUNE -> "";
        };
    }
}
