package io.github.sparklatent.cluster.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that was most likely meant by a misspelt one: of a column, a key or a choice. */
public final class NearestName {
    /**
     * Letters per allowed edit: one letter of three may differ, two of five (swapped letters count as two), but not all
     * of them.
     */
    private static final int LETTERS_PER_EDIT = 3;

    private NearestName() {}

    /** Returns the {@link #question} about the nearest candidate; empty if none is near enough. */
    public static String hint(String name, Collection<String> candidates) {
        return of(name, candidates).map(NearestName::question).orElse("");
    }

    /** Returns the question that a message adds: {@code (did you mean model.components?)}. */
    public static String question(String name) {
        return " (did you mean " + name + "?)";
    }

    /** Returns the candidate with the fewest edits, if it is near enough. Case, dashes and underscores do not count. */
    private static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isNear(name, candidate))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** Returns whether a candidate is near enough to have been meant. */
    public static boolean isNear(String name, String candidate) {
        int letters = plain(candidate).length();
        int distance = distance(name, candidate);
        return distance <= Math.max(1, (letters + 1) / LETTERS_PER_EDIT)
                && distance < Math.max(plain(name).length(), letters);
    }

    /** Number of letters inserted, deleted or replaced. Case, dashes and underscores do not count. */
    public static int distance(String left, String right) {
        return LevenshteinDistance.getDefaultInstance().apply(plain(left), plain(right));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}
