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

/**
 * What makes a training the same one: the options that its result follows from, and the rows
 * themselves. Where the rows lie, and where results go, does not matter; nor how many rounds there
 * may be, so that a training goes on when it is given more.
 *
 * @param entries by name
 */
public record TrainingIdentity(SortedMap<String, String> entries) {
    private static final List<String> SECTIONS = List.of("model", "data", "train");
    private static final Set<String> OF_NO_MATTER =
            Set.of(
                    "model.path",
                    "model.image", // of convolutions it stands in the architecture
                    "data.path",
                    "data.format",
                    "data.header",
                    "data.separator",
                    "data.label",
                    "data.labels",
                    "data.holdout.path",
                    "data.holdout.labels",
                    "train.initialModel",
                    "train.maxRounds",
                    "model.importanceSamples",
                    "train.checkpoint.every",
                    "train.checkpoint.path");

    /**
     * The identity of a training.
     *
     * @param facts of the table trained on
     * @param holdout facts of a held-out table of its own, or null
     * @param initial fingerprint of the parameters to start from, or empty
     * @param partitions of rows that stay where they are, else 0
     */
    public static TrainingIdentity of(
            Settings settings,
            TableFacts facts,
            TableFacts holdout,
            String initial,
            int partitions) {
        SortedMap<String, String> entries = new TreeMap<>();
        Map<String, Object> sections = settings.asMap();
        SECTIONS.forEach(section -> flatten(section, sections.get(section), entries));
        entries.keySet().removeAll(OF_NO_MATTER);
        // With a schedule that looks at the end, how far that is changes every step.
        String schedule = entries.get("train.optimizer.schedule.type");
        if ("\"constant\"".equals(schedule) || "\"step\"".equals(schedule)) {
            entries.remove("train.maxEpochs");
        }
        entries.put("the version", BuildInfo.read().version());
        entries.put("the feature columns", facts.featureNames().toString());
        entries.put("the rows", facts.fingerprint());
        entries.put("the held-out rows", holdout == null ? "" : holdout.fingerprint());
        entries.put("the initial model", initial);
        entries.put("the partitions", String.valueOf(partitions));
        return new TrainingIdentity(entries);
    }

    /** The same with a further entry. */
    public TrainingIdentity with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(entries);
        more.put(name, value);
        return new TrainingIdentity(more);
    }

    private static void flatten(String path, Object value, Map<String, String> entries) {
        if (value instanceof Map<?, ?> section) {
            section.forEach((name, inner) -> flatten(path + "." + name, inner, entries));
        } else if (value != null) {
            entries.put(path, Json.line(value));
        }
    }

    /** The names of what differs. */
    public Set<String> differences(TrainingIdentity other) {
        Set<String> names = new TreeSet<>(entries.keySet());
        names.addAll(other.entries.keySet());
        names.removeIf(name -> Objects.equals(entries.get(name), other.entries.get(name)));
        return names;
    }
}
