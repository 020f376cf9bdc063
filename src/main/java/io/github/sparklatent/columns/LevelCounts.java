package io.github.sparklatent.columns;

import io.github.sparklatent.learn.RandomStreams;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Counts of different texts, up to limits of their number and of their bytes. Beyond one of them only the fact is kept
 * that there are more, so the result does not depend on the order of the texts. Texts with the same hash of 64 bits
 * count as equal.
 */
public final class LevelCounts implements Serializable {
    /** Largest number of categories that are counted. */
    static final int MAX_LEVELS = 4096;

    /** Largest number of bytes of the texts of a column. */
    static final int MAX_BYTES = 1 << 20;

    /** Number of characters of the longest category. */
    private static final int MAX_LENGTH = 200;

    private final int most;
    private final int mostBytes;
    private boolean areMany;
    private int size;

    /** Hashes of the categories in ascending order; in the same places their counts, and their texts in UTF-8. */
    private long[] hashes = {};

    private long[] counts = {};
    private byte[][] texts = {};

    /** Number of bytes of the texts, each with two more. */
    private int used;

    /**
     * Creates the counts of no text.
     *
     * @param most largest number of categories
     * @param mostBytes largest number of bytes of all categories, each with two more bytes
     */
    LevelCounts(int most, int mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    void add(String text) {
        if (!areMany) {
            long hash = ValueHash.of(text);
            int place = Arrays.binarySearch(hashes, 0, size, hash);
            if (place >= 0) {
                counts[place]++;
            } else if (text.length() > MAX_LENGTH) {
                drop();
            } else {
                insert(-place - 1, hash, 1, text.getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void insert(int place, long hash, long count, byte[] text) {
        used += 2 + text.length;
        if (size == most || used > mostBytes) {
            drop();
            return;
        }
        if (size == hashes.length) {
            int capacity = Math.min(most, 2 * size + 4);
            hashes = Arrays.copyOf(hashes, capacity);
            counts = Arrays.copyOf(counts, capacity);
            texts = Arrays.copyOf(texts, capacity);
        }
        int moved = size++ - place;
        System.arraycopy(hashes, place, hashes, place + 1, moved);
        System.arraycopy(counts, place, counts, place + 1, moved);
        System.arraycopy(texts, place, texts, place + 1, moved);
        hashes[place] = hash;
        counts[place] = count;
        texts[place] = text;
    }

    private void drop() {
        areMany = true;
        size = 0;
        hashes = new long[0];
        counts = new long[0];
        texts = new byte[0][];
    }

    void merge(LevelCounts other) {
        if (other.areMany) {
            drop();
        }
        for (int i = 0; i < other.size && !areMany; i++) {
            int place = Arrays.binarySearch(hashes, 0, size, other.hashes[i]);
            if (place >= 0) {
                counts[place] += other.counts[i];
            } else {
                insert(-place - 1, other.hashes[i], other.counts[i], other.texts[i]);
            }
        }
    }

    /** Returns whether there are more texts than the limits, or a very long one. */
    public boolean areMany() {
        return areMany;
    }

    /** Returns the number of different texts; 0 if there are too many. */
    public int size() {
        return size;
    }

    /** Returns the number of values; 0 if there are too many texts. */
    long total() {
        return Arrays.stream(counts, 0, size).sum();
    }

    /** Returns the texts with their counts, the most frequent first; empty if there are too many. */
    public List<Map.Entry<String, Long>> sorted() {
        List<Map.Entry<String, Long>> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(Map.entry(new String(texts[i], StandardCharsets.UTF_8), counts[i]));
        }
        entries.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        return entries;
    }

    /** Returns the texts, the most frequent first; empty if there are too many. */
    public List<String> names() {
        return sorted().stream().map(Map.Entry::getKey).toList();
    }

    /** Hashes of values with 64 bits, the same on every machine. */
    public static final class ValueHash {
        private static final long OFFSET = 0xcbf29ce484222325L;
        private static final long PRIME = 0x100000001b3L;
        private static final long MISSING = 0x9e3779b97f4a7c15L;

        private ValueHash() {}

        /** Returns the hash of a text, or of a missing value if it is null. */
        static long of(String text) {
            if (text == null) {
                return MISSING;
            }
            long hash = OFFSET; // FNV-1a, whose low bits are good and whose high bits are mixed below
            for (int i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * PRIME;
            }
            return RandomStreams.mix(hash);
        }

        /** Returns the hash of a number; zeros of both signs have the same. */
        static long of(double number) {
            return RandomStreams.mix(Double.doubleToLongBits(number + 0.0));
        }

        /** Returns the hash of a row from the hash of the columns before and that of the next. */
        public static long next(long before, long column) {
            return RandomStreams.mix(before * PRIME + column);
        }
    }
}
