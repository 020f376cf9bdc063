package io.github.sparklatent.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Builds parts of sentences that all reports share. */
public final class Words {

    /** The most sentences of a list that a report shows. */
    private static final int SENTENCES = 20;

    /** The most sentences of a line of notes. */
    private static final int NOTES = 5;

    private Words() {}

    /** Returns a number and its noun: 1 row, 2 rows. */
    public static String counted(long count, String noun) {
        return Numbers.count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** Returns the text with its first letter in upper case. */
    public static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Returns the first {@code most} characters of a name; if the name is longer, the last one is an ellipsis. */
    public static String cut(String name, int most) {
        return name.codePointCount(0, name.length()) <= most
                ? name
                : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** Returns the first sentences and, if there are more, how many more. */
    public static List<String> first(List<String> sentences) {
        List<String> shown = new ArrayList<>(sentences.subList(0, Math.min(SENTENCES, sentences.size())));
        if (sentences.size() > SENTENCES) {
            shown.add("There are %s more such messages.".formatted(Numbers.count(sentences.size() - SENTENCES)));
        }
        return shown;
    }

    /** Returns a number of epochs, which may be a fraction. */
    public static String epochs(double epochs) {
        return Numbers.chosen(epochs) + (epochs == 1 ? " epoch" : " epochs");
    }

    /** Returns the first five sentences as one line. */
    public static String notes(List<String> sentences) {
        return sentences.stream().limit(NOTES).collect(Collectors.joining("; "));
    }
}
