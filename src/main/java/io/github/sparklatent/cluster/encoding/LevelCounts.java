package io.github.sparklatent.cluster.encoding;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts of different texts, up to a limit. Beyond it only the fact is kept that there are more, so the result does not
 * depend on the order of the texts.
 */
final class LevelCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Largest number of levels that are counted. */
    static final int MOST = 4096;

    /** Number of characters of the longest level. */
    private static final int LONGEST = 200;

    private final int most;
    private Map<String, Long> counts = new HashMap<>();

    LevelCounts(int most) {
        this.most = most;
    }

    void add(String text) {
        add(text, 1);
    }

    private void add(String text, long count) {
        if (counts != null) {
            counts.merge(text, count, Long::sum);
            if (counts.size() > most || text.length() > LONGEST) {
                counts = null;
            }
        }
    }

    void merge(LevelCounts other) {
        if (other.counts == null) {
            counts = null;
        } else {
            other.counts.forEach(this::add);
        }
    }

    /** Returns whether there are more texts than the limit, or a very long one. */
    boolean areMany() {
        return counts == null;
    }

    /** Returns the number of different texts; 0 if there are too many. */
    int size() {
        return counts == null ? 0 : counts.size();
    }

    /** Returns the number of values; 0 if there are too many texts. */
    long total() {
        return counts == null
                ? 0
                : counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the texts with their counts, the most frequent first; empty if there are too many. */
    List<Map.Entry<String, Long>> sorted() {
        List<Map.Entry<String, Long>> entries = new ArrayList<>(counts == null ? List.of() : counts.entrySet());
        entries.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return entries;
    }

    /** Returns the texts, the most frequent first; empty if there are too many. */
    List<String> names() {
        return sorted().stream().map(Map.Entry::getKey).toList();
    }
}
