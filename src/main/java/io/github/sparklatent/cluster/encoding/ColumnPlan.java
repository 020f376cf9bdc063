package io.github.sparklatent.cluster.encoding;

import io.github.sparklatent.columns.ColumnEncoder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The decisions about the columns of a table.
 *
 * @param decisions a decision for each column, in the order of the table
 * @param warnings sentences about values that were read as missing
 */
public record ColumnPlan(List<ColumnDecision> decisions, List<String> warnings) {
    /** Largest number of columns that a warning names. */
    private static final int NAMED = 20;

    /** Largest number of lines that the table of decisions has. */
    private static final int SHOWN = 61;

    /** Fewest neighbouring columns that share a line. */
    private static final int MIN_ALIKE = 3;

    /** A number, or a quoted value, whose digits are no number. */
    private static final Pattern NUMBER = Pattern.compile("\"[^\"]*\"|-?\\d+(,\\d{3})*(\\.\\d+)?(E-?\\d+)?");

    public ColumnPlan {
        decisions = List.copyOf(decisions);
        warnings = List.copyOf(warnings);
    }

    /** Returns the encoders of the columns that are modelled, in order. */
    public List<ColumnEncoder> encoders() {
        return decisions.stream()
                .map(ColumnDecision::encoder)
                .flatMap(Optional::stream)
                .toList();
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
            List<String> named = leftOut.stream()
                    .limit(NAMED)
                    .map(decision -> decision.column() + " (" + decision.reason() + ")")
                    .toList();
            notes.add("%d of %d columns %s left out: %s%s; to model one, give its type in data.columns"
                    .formatted(
                            leftOut.size(),
                            decisions.size(),
                            leftOut.size() == 1 ? "is" : "are",
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

    /**
     * Returns the decisions as a table of text. Neighbours whose names and reasons differ in numbers only, such as the
     * pixels of an image, share a line.
     */
    public String text() {
        List<String[]> lines = lines();
        List<String[]> shown = lines.subList(0, Math.min(SHOWN, lines.size()));
        int name = width(shown, 0);
        int type = width(shown, 1);
        String format = "%-" + name + "s  %-" + type + "s  %-4s  %7s  %s";
        List<String> text = new ArrayList<>();
        shown.forEach(line -> text.add(format.formatted((Object[]) line)));
        if (lines.size() > SHOWN) {
            text.add("... %d columns in all".formatted(decisions.size()));
        }
        return String.join("\n", text);
    }

    /** Returns the cells of the title and of each run of columns that are alike. */
    private List<String[]> lines() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"column", "type", "used", "missing", "reason"});
        int start = 0;
        while (start < decisions.size()) {
            int end = start + 1;
            List<String> alike = shape(decisions.get(start));
            while (end < decisions.size() && shape(decisions.get(end)).equals(alike)) {
                end++;
            }
            if (end - start < MIN_ALIKE) {
                end = start + 1;
            }
            lines.add(cells(decisions.subList(start, end)));
            start = end;
        }
        return lines;
    }

    /** Returns what columns of one line have in common. */
    private static List<String> shape(ColumnDecision decision) {
        return List.of(
                NUMBER.matcher(decision.column()).replaceAll("#"),
                decision.type(),
                used(decision),
                missing(decision),
                NUMBER.matcher(decision.reason()).replaceAll(ColumnPlan::masked));
    }

    private static String masked(MatchResult found) {
        return Matcher.quoteReplacement(found.group().startsWith("\"") ? found.group() : "#");
    }

    private static String[] cells(List<ColumnDecision> run) {
        ColumnDecision first = run.get(0);
        ColumnDecision last = run.get(run.size() - 1);
        String names =
                run.size() == 1 ? first.column() : "%s to %s (%d)".formatted(first.column(), last.column(), run.size());
        return new String[] {names, first.type(), used(first), missing(first), reason(run)};
    }

    /** Returns the reason of a run, with the range of each number that differs in it. */
    private static String reason(List<ColumnDecision> run) {
        List<List<String>> numbers = run.stream()
                .map(decision -> NUMBER.matcher(decision.reason())
                        .results()
                        .map(MatchResult::group)
                        .toList())
                .toList();
        int[] at = {0};
        return NUMBER.matcher(run.get(0).reason()).replaceAll(found -> {
            int i = at[0]++;
            Comparator<String> order = Comparator.comparing(text -> new BigDecimal(text.replace(",", "")));
            List<String> distinct =
                    numbers.stream().map(all -> all.get(i)).distinct().toList();
            return Matcher.quoteReplacement(
                    distinct.size() == 1
                            ? distinct.get(0)
                            : "%s..%s".formatted(Collections.min(distinct, order), Collections.max(distinct, order)));
        });
    }

    private static String used(ColumnDecision decision) {
        return decision.isUsed() ? "yes" : "no";
    }

    private static String missing(ColumnDecision decision) {
        return String.format(Locale.ROOT, "%.1f%%", 100 * decision.missing());
    }

    private static int width(List<String[]> lines, int column) {
        return lines.stream().mapToInt(line -> line[column].length()).max().orElse(0);
    }
}
