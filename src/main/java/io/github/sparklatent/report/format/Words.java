package io.github.sparklatent.report.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Parts of sentences that all reports share. */
public final class Words {

    private static final int SENTENCES = 20;

    private Words() {}

    /** 1 row, 2 rows. */
    public static String counted(long count, String noun) {
        return Numbers.count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** The same with its first letter in upper case. */
    public static String capitalised(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** At most so many characters of a name, the last an ellipsis where some are left out. */
    public static String cut(String name, int most) {
        return name.codePointCount(0, name.length()) <= most
                ? name
                : name.substring(0, name.offsetByCodePoints(0, most - 1)) + "…";
    }

    /** That rows were left out; nothing where none were. */
    public static List<String> skipped(long rows) {
        return rows == 0
                ? List.of()
                : List.of(
                        "%s with missing or infinite values %s left out."
                                .formatted(counted(rows, "row"), rows == 1 ? "was" : "were"));
    }

    /** The first of many sentences, and how many more there are. */
    public static List<String> first(List<String> sentences) {
        List<String> shown =
                new ArrayList<>(sentences.subList(0, Math.min(SENTENCES, sentences.size())));
        if (sentences.size() > SENTENCES) {
            shown.add(
                    "And %s more of the kind."
                            .formatted(Numbers.count(sentences.size() - SENTENCES)));
        }
        return shown;
    }
}
