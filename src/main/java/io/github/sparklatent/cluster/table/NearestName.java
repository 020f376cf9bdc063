package io.github.sparklatent.cluster.table;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name that a person most likely meant: of a column, a key, a choice. */
public final class NearestName {
    /**
     * Names of another kind are no help: one letter of three may differ (two of five: letters
     * swapped count twice), but not all of them.
     */
    private static final int LETTERS_PER_SLIP = 3;

    private NearestName() {}

    /** {@link #question} of the candidate that was meant; empty where none is near enough. */
    public static String hint(String name, Collection<String> candidates) {
        return of(name, candidates).map(NearestName::question).orElse("");
    }

    /** What a message adds: {@code (did you mean model.components?)}. */
    public static String question(String name) {
        return " (did you mean " + name + "?)";
    }

    /**
     * The candidate with the fewest slips, if it is near enough; case, dashes and underscores do
     * not count.
     */
    private static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isNear(name, candidate))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** Whether a candidate may have been meant. */
    public static boolean isNear(String name, String candidate) {
        int letters = plain(candidate).length();
        int distance = distance(name, candidate);
        return distance <= Math.max(1, (letters + 1) / LETTERS_PER_SLIP)
                && distance < Math.max(plain(name).length(), letters);
    }

    /** Letters put in, taken out or replaced; case, dashes and underscores do not count. */
    public static int distance(String left, String right) {
        return LevenshteinDistance.getDefaultInstance().apply(plain(left), plain(right));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}
