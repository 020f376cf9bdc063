package io.github.sparklatent.ml;

import java.util.Arrays;
import java.util.Comparator;

/** The name that a person may have meant. */
final class NearestName {
    private NearestName() {}

    /** The candidate of least edit distance; the first of several; empty for no candidates. */
    static String of(String name, String... candidates) {
        return Arrays.stream(candidates)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .orElse("");
    }

    /** Insertions, deletions and replacements from one text to the other (Levenshtein 1966). */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, j -> j);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
