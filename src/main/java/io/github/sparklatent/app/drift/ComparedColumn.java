package io.github.sparklatent.app.drift;

import io.github.sparklatent.cluster.encoding.ColumnDecision;
import io.github.sparklatent.cluster.encoding.ColumnPlan;
import io.github.sparklatent.columns.ArrayEncoder;
import io.github.sparklatent.columns.CategoryEncoder;
import io.github.sparklatent.columns.ColumnEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A column of the reference, of the current table, or of both.
 *
 * @param type type of the column; both types if it has changed
 * @param before share of missing values in the reference; NaN if it has no such column
 * @param after share of missing values in the current table; NaN if it has no such column
 * @param encoder reads the column in both tables, with the levels of both; empty: the values cannot be compared
 * @param fault why they cannot be compared; empty if they can, or if no model would read either of them
 * @param added levels of the current table that the reference does not have
 * @param gone levels of the reference that the current table does not have
 */
public record ComparedColumn(
        String name,
        String type,
        double before,
        double after,
        Optional<ColumnEncoder> encoder,
        String fault,
        List<String> added,
        List<String> gone) {

    /** Returns the columns of two tables, in the order of the reference. */
    public static List<ComparedColumn> of(ColumnPlan reference, ColumnPlan current) {
        Map<String, List<ColumnDecision>> pairs = new LinkedHashMap<>();
        reference.decisions().forEach(decision -> pairs.put(key(decision), new ArrayList<>(List.of(decision))));
        List<ComparedColumn> columns = new ArrayList<>();
        List<ComparedColumn> more = new ArrayList<>();
        for (ColumnDecision decision : current.decisions()) {
            if (pairs.containsKey(key(decision))) {
                pairs.get(key(decision)).add(decision);
            } else {
                more.add(faulty(decision, type(decision), "only in the current table", false, true));
            }
        }
        for (List<ColumnDecision> pair : pairs.values()) {
            ColumnDecision first = pair.get(0);
            columns.add(
                    pair.size() == 2
                            ? of(first, pair.get(1))
                            : faulty(first, type(first), "only in the reference", true, false));
        }
        return Stream.concat(columns.stream(), more.stream())
                .filter(column -> !column.type().isEmpty())
                .toList();
    }

    private static String key(ColumnDecision decision) {
        return decision.column().toLowerCase(Locale.ROOT);
    }

    private static ComparedColumn of(ColumnDecision before, ColumnDecision after) {
        String type = type(before);
        if (before.isUsed() && (isEmpty(after) || type.equals(type(after)))) {
            return comparable(before, after, type);
        }
        if (after.isUsed() && isEmpty(before)) {
            return comparable(before, after, type(after));
        }
        boolean isRead = before.isUsed() || after.isUsed();
        String both = isRead ? type + ", then " + type(after) : type;
        return new ComparedColumn(
                before.column(),
                both,
                before.missing(),
                after.missing(),
                Optional.empty(),
                isRead ? "its type has changed" : "",
                List.of(),
                List.of());
    }

    private static ComparedColumn faulty(
            ColumnDecision decision, String type, String fault, boolean isBefore, boolean isAfter) {
        return new ComparedColumn(
                decision.column(),
                type,
                isBefore ? decision.missing() : Double.NaN,
                isAfter ? decision.missing() : Double.NaN,
                Optional.empty(),
                fault,
                List.of(),
                List.of());
    }

    private static ComparedColumn comparable(ColumnDecision before, ColumnDecision after, String type) {
        ColumnEncoder encoder = before.encoder().or(after::encoder).orElseThrow();
        List<String> added = List.of();
        List<String> gone = List.of();
        if (encoder instanceof CategoryEncoder category
                && after.encoder().orElse(encoder) instanceof CategoryEncoder current) {
            added = levels(current, category::isUnknown);
            gone = levels(category, current::isUnknown);
            encoder = new CategoryEncoder(
                    category.column(),
                    category.writtenAs(),
                    category.kind(),
                    category.text(),
                    Stream.concat(category.levels().stream(), added.stream()).toList(),
                    category.hasMissing(),
                    category.isCode(),
                    category.zone());
        }
        return new ComparedColumn(
                before.column(), type, before.missing(), after.missing(), Optional.of(encoder), "", added, gone);
    }

    private static List<String> levels(CategoryEncoder encoder, Predicate<Object> chosen) {
        return encoder.levels().stream().filter(chosen).toList();
    }

    /** Returns whether a column has no value in its table, so that it has no type there. */
    private static boolean isEmpty(ColumnDecision decision) {
        return !decision.isUsed() && decision.missing() == 1;
    }

    /** Returns what a column is, in words; empty if the configuration leaves it out. */
    private static String type(ColumnDecision decision) {
        if (decision.isAsked()) {
            return "";
        }
        return decision.encoder()
                .map(encoder -> encoder instanceof ArrayEncoder
                        ? "%s of %d"
                                .formatted(decision.type(), encoder.features().size())
                        : decision.type())
                .orElseGet(() -> "left out (%s)".formatted(decision.reason()));
    }
}
