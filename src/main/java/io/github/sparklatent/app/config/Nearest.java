package io.github.sparklatent.app.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The name a person most likely meant. */
final class Nearest {
    /**
     * Names of another kind are no help: one letter of three may differ (two of five: letters
     * swapped count twice).
     */
    private static final int LETTERS_PER_SLIP = 3;

    private Nearest() {}

    /**
     * The candidate with the fewest slips, if it is near enough; case, dashes and underscores do
     * not count.
     */
    static Optional<String> of(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> isNear(name, candidate))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** What a message adds: {@code (did you mean model.components?)}. */
    static String question(String name) {
        return " (did you mean " + name + "?)";
    }

    static boolean isNear(String name, String candidate) {
        return distance(name, candidate)
                <= Math.max(1, (candidate.length() + 1) / LETTERS_PER_SLIP);
    }

    static int distance(String left, String right) {
        return LevenshteinDistance.getDefaultInstance().apply(plain(left), plain(right));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
    }
}
