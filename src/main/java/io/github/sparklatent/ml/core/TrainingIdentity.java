package io.github.sparklatent.ml.core;

import io.github.sparklatent.cluster.table.TableFacts;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.ml.io.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The identity of a training: the options that determine its result, and the rows. The paths of rows and results do not
 * matter. The number of rounds does not matter either, so that a training can be continued with more rounds.
 *
 * @param entries entries by name
 */
public record TrainingIdentity(SortedMap<String, String> entries) {
    private static final int NAME_LENGTH = 16;
    private static final List<String> SECTIONS = List.of("model", "data", "train");
    private static final String GATE = "gate.fraction";
    private static final Set<String> IGNORED = Set.of(
            GATE, // it chooses rows, whose fingerprint counts
            "model.path",
            "model.image", // for convolutions, the architecture contains it
            "data.path",
            "data.table",
            "data.format",
            "data.header",
            "data.separator",
            "data.options",
            "data.missing",
            "data.decimal",
            "data.label",
            "data.labels",
            "data.holdout.path",
            "data.holdout.labels",
            "train.initialModel",
            "train.maxRounds",
            "train.maxSeconds",
            "model.importanceSamples",
            "model.cluster", // found after the training
            "train.checkpoint.every");

    /**
     * Returns the identity of a training.
     *
     * @param facts facts about the training table
     * @param holdout facts about a separate held-out table, or null
     * @param initial fingerprint of the initial parameters, or empty
     */
    public static TrainingIdentity of(Settings settings, TableFacts facts, TableFacts holdout, String initial) {
        SortedMap<String, String> entries = ofOptions(settings.asMap()).entries();
        entries.keySet().removeAll(IGNORED);
        // Other schedules depend on the end of the training, so its length changes every step.
        String schedule = entries.get("train.optimizer.schedule.type");
        if ("\"constant\"".equals(schedule) || "\"step\"".equals(schedule)) {
            entries.remove("train.maxEpochs");
        }
        entries.put("the version", BuildInfo.read().version());
        entries.put("the build's commit", BuildInfo.read().commit());
        entries.put("the feature columns", facts.featureNames().toString());
        entries.put("the rows", facts.fingerprint());
        entries.put("the held-out rows", holdout == null ? "" : holdout.fingerprint());
        entries.put("the initial model", initial);
        return new TrainingIdentity(entries);
    }

    /**
     * Returns the options of a training as they were set, without the rows.
     *
     * @param sections sections of a configuration, as {@link Settings#asMap} returns them
     */
    public static TrainingIdentity ofOptions(Map<?, ?> sections) {
        SortedMap<String, String> entries = new TreeMap<>();
        SECTIONS.forEach(section -> flatten(section, sections.get(section), entries));
        if (sections.get("gate") instanceof Map<?, ?> gate) {
            flatten(GATE, gate.get("fraction"), entries);
        }
        entries.remove("data.maxMissing"); // a limit of what is scored
        return new TrainingIdentity(entries);
    }

    /** Returns a copy with one more entry. */
    public TrainingIdentity with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(entries);
        more.put(name, value);
        return new TrainingIdentity(more);
    }

    /** Returns a name for files of this training: the first hexadecimal digits of a hash of all entries. */
    public String name() {
        return DigestUtils.sha256Hex(Json.line(entries)).substring(0, NAME_LENGTH);
    }

    private static void flatten(String path, Object value, Map<String, String> entries) {
        if (value instanceof Map<?, ?> section) {
            section.forEach((name, inner) -> flatten(path + "." + name, inner, entries));
        } else if (value != null) {
            entries.put(path, Json.line(value));
        }
    }

    /** Returns the names of the entries that differ. */
    public Set<String> differences(TrainingIdentity other) {
        Set<String> names = new TreeSet<>(entries.keySet());
        names.addAll(other.entries.keySet());
        names.removeIf(name -> Objects.equals(entries.get(name), other.entries.get(name)));
        return names;
    }
}
