package io.github.sparklatent.scoring;

import java.io.Serializable;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Distributions of the anomaly scores of known rows: of all of them, and of the rows with a pattern of missing cells
 * where that differs. A model that does not fit its columns gives the rows of a pattern other scores than it expects,
 * so the rows of a pattern are compared with each other if they are enough.
 *
 * @param all distribution of all known rows
 * @param patterns distributions by pattern, see {@link #pattern}
 */
public record PatternDistributions(ScoreDistribution all, SortedMap<String, ScoreDistribution> patterns)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The most patterns that have a distribution of their own. */
    private static final int MAX_PATTERNS = 256;

    public PatternDistributions {
        patterns = Collections.unmodifiableSortedMap(new TreeMap<>(patterns));
    }

    /** Known rows that were held out, and others; of one pattern. */
    public record Known(KnownScores heldOut, KnownScores others) {
        static final Known NONE = new Known(KnownScores.of(), KnownScores.of());

        /** Joins rows by pattern. */
        public static Map<String, Known> of(Map<String, KnownScores> heldOut, Map<String, KnownScores> others) {
            TreeSet<String> names = new TreeSet<>(heldOut.keySet());
            names.addAll(others.keySet());
            Map<String, Known> known = new TreeMap<>();
            for (String name : names) {
                known.put(
                        name,
                        new Known(
                                heldOut.getOrDefault(name, KnownScores.of()),
                                others.getOrDefault(name, KnownScores.of())));
            }
            return known;
        }

        private double rows() {
            return heldOut.rows() + others.rows();
        }

        private Known plus(Known more) {
            return new Known(heldOut.plus(more.heldOut), others.plus(more.others));
        }

        private ScoreDistribution distribution(double alertRate) {
            return others.with(heldOut, alertRate);
        }

        private KnownScores whole() {
            return heldOut.plus(others);
        }
    }

    /** Returns distributions without patterns. */
    public static PatternDistributions of(ScoreDistribution all) {
        return new PatternDistributions(all, new TreeMap<>());
    }

    /**
     * Returns the distributions of known rows. A pattern has its own if its rows are enough for the alert rate, or if
     * they show that they differ: if the number of them above the threshold of all rows is not the expected one, by
     * more than √2 standard errors.
     *
     * @param known known rows by pattern
     * @param masked other known rows by the pattern of cells that were removed from them; they count where the rows of
     *     the pattern are not enough. They are copies of a sample of the different rows. If it has so few that less
     *     than one is expected above the threshold, their share above it says nothing, so they do not count.
     * @param alertRate share of the rows above the threshold, between 0 and 1
     * @throws io.github.sparklatent.learn.DataException if no row has an anomaly score
     */
    public static PatternDistributions of(Map<String, Known> known, Map<String, Known> masked, double alertRate) {
        Known sum = new TreeMap<>(known).values().stream().reduce(Known.NONE, Known::plus);
        ScoreDistribution all = sum.distribution(alertRate);
        int kinds = masked.values().stream()
                .mapToInt(rows -> rows.whole().kinds())
                .max()
                .orElse(0);
        Map<String, Known> copies = kinds * alertRate < 1 ? Map.of() : masked;
        TreeSet<String> names = new TreeSet<>(known.keySet());
        names.addAll(copies.keySet());
        Map<String, Known> found = new TreeMap<>();
        for (String name : names) {
            Known rows = known.getOrDefault(name, Known.NONE);
            boolean areEnough = KnownScores.areEnough(rows.rows(), alertRate);
            Known joined = areEnough ? rows : rows.plus(copies.getOrDefault(name, Known.NONE));
            if (areEnough || joined.whole().differs(all, alertRate)) {
                found.put(name, joined);
            }
        }
        TreeMap<String, ScoreDistribution> patterns = new TreeMap<>();
        found.entrySet().stream()
                .sorted(Comparator.comparingDouble(
                        pattern -> -pattern.getValue().rows()))
                .limit(MAX_PATTERNS)
                .forEach(pattern ->
                        patterns.put(pattern.getKey(), pattern.getValue().distribution(alertRate)));
        return new PatternDistributions(all, patterns);
    }

    /** Returns the distribution with which a row of a pattern is compared. */
    public ScoreDistribution of(String pattern) {
        return patterns.getOrDefault(pattern, all);
    }

    /** Returns the pattern of a row: the indices of its missing numbers. */
    public static String pattern(double... row) {
        BitSet missing = new BitSet();
        for (int j = 0; j < row.length; j++) {
            missing.set(j, Double.isNaN(row[j]));
        }
        return missing.toString();
    }

    /** Returns whether each number is missing in a pattern. */
    public static boolean[] missing(String pattern, int width) {
        boolean[] missing = new boolean[width];
        String inside = pattern.substring(1, pattern.length() - 1);
        for (String index : inside.isEmpty() ? new String[0] : inside.split(", ")) {
            missing[Integer.parseInt(index)] = true;
        }
        return missing;
    }
}
