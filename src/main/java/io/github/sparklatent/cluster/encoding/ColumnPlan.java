package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.cluster.table.ColumnEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The decisions about the columns of a table.
 *
 * @param decisions a decision for each column, in the order of the table
 * @param warnings sentences about values that were read as missing
 */
public record ColumnPlan(List<ColumnDecision> decisions, List<String> warnings) {
    /** Largest number of columns that a warning names. */
    private static final int NAMED = 20;

    /** Largest number of columns that the table of decisions shows. */
    private static final int SHOWN = 60;

    public ColumnPlan {
        decisions = List.copyOf(decisions);
        warnings = List.copyOf(warnings);
    }

    /** Returns the encoders of the columns that are modelled, in order. */
    public List<ColumnEncoder> encoders() {
        return decisions.stream().map(ColumnDecision::encoder).flatMap(Optional::stream).toList();
    }

    /** Returns the columns that are left out although the configuration does not say so. */
    private List<ColumnDecision> leftOut() {
        return decisions.stream()
                .filter(decision -> !decision.isUsed() && !decision.isAsked())
                .toList();
    }

    /** Returns warnings about values and about columns that are left out, as sentences. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(warnings);
        List<ColumnDecision> leftOut = leftOut();
        if (!leftOut.isEmpty()) {
            List<String> named =
                    leftOut.stream()
                            .limit(NAMED)
                            .map(decision -> decision.column() + " (" + decision.reason() + ")")
                            .toList();
            notes.add(
                    "%d of %d columns are left out: %s%s; to model one, give its type in data.columns"
                            .formatted(
                                    leftOut.size(),
                                    decisions.size(),
                                    String.join(", ", named),
                                    leftOut.size() > NAMED ? ", ..." : ""));
        }
        return notes;
    }

    /** Returns the names of the columns that are modelled and have missing values. */
    public List<String> incomplete() {
        return decisions.stream()
                .filter(decision -> decision.isUsed() && decision.missing() > 0)
                .map(ColumnDecision::column)
                .toList();
    }

    /** Returns the decisions as objects of {@code metrics.json}. */
    public List<Map<String, Object>> json() {
        return decisions.stream().map(ColumnDecision::json).toList();
    }

    /** Returns the decisions as a table of text. */
    public String text() {
        int name = width(decisions.stream().map(ColumnDecision::column).toList(), "column");
        int type = width(decisions.stream().map(ColumnDecision::type).toList(), "type");
        String format = "%-" + name + "s  %-" + type + "s  %-4s  %7s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(format.formatted("column", "type", "used", "missing", "reason"));
        decisions.stream()
                .limit(SHOWN)
                .forEach(
                        decision ->
                                lines.add(
                                        format.formatted(
                                                decision.column(),
                                                decision.type(),
                                                decision.isUsed() ? "yes" : "no",
                                                String.format(
                                                        Locale.ROOT,
                                                        "%.1f%%",
                                                        100 * decision.missing()),
                                                decision.reason())));
        if (decisions.size() > SHOWN) {
            lines.add("... %d columns in all".formatted(decisions.size()));
        }
        return String.join("\n", lines);
    }

    private static int width(List<String> texts, String title) {
        return texts.stream()
                .limit(SHOWN)
                .mapToInt(String::length)
                .reduce(title.length(), Math::max);
    }
}
