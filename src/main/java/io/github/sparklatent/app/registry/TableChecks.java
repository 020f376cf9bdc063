package io.github.sparklatent.app.registry;

import io.github.sparklatent.cluster.table.TableSample;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.TableProfile;
import io.github.sparklatent.columns.TableProfile.ColumnProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Compares a table with the table of the champion. A table that does not look like the same source is refused; a table
 * whose distribution has moved is only reported.
 *
 * @param refusals reasons to refuse the table, as sentences
 * @param warnings features that have drifted, as sentences
 */
record TableChecks(List<String> refusals, List<String> warnings) {
    /** The largest number of columns that a message names. */
    private static final int MOST = 20;

    /** The fewest bins of a column whose deviation is a scale: an indicator of a rare case is none. */
    private static final int MIN_BINS = 4;

    /** The fewest values beside a frequent one by which a deviation is a scale. */
    private static final int MIN_OTHERS = 30;

    /** Fewest rows, as a share of the rows of the champion's table. */
    private static final double MIN_ROWS_SHARE = 0.5;

    /** Largest increase of a column's share of missing values. */
    private static final double MAX_MISSING_INCREASE = 0.1;

    /** Largest distance of a column's mean from the champion's, in deviations. */
    private static final double MAX_SHIFT = 3;

    /** Largest ratio of a column's deviation to the champion's, or its inverse. */
    private static final double MAX_STRETCH = 10;

    /**
     * Compares a table with the profile of the champion's table.
     *
     * @param columns names of all columns of the table. A column that the configuration has left out of the features is
     *     not gone
     */
    static TableChecks of(TableProfile champion, TableSample today, Set<String> columns) {
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        TableProfile now = today.profile();
        List<String> names = today.columns().stream().map(Feature::name).toList();
        if (now.rows() < MIN_ROWS_SHARE * champion.rows()) {
            refusals.add(text(
                    "the table has %d rows, expected at least %s of the champion's %d",
                    now.rows(), MIN_ROWS_SHARE, champion.rows()));
        }
        for (ColumnProfile before : champion.columns()) {
            int index = names.indexOf(before.name());
            if (index < 0 && columns.contains(before.name())) {
                continue;
            }
            if (index < 0) {
                refusals.add(text("the table has no column \"%s\", which the champion was trained on", before.name()));
                continue;
            }
            ColumnProfile after = now.columns().get(index);
            Optional<String> refusal = refusal(before, after);
            refusal.ifPresent(refusals::add);
            if (refusal.isEmpty()) {
                before.index(
                                before.count(today.observed(index)),
                                after.sampled(),
                                champion.columns().size())
                        .filter(found -> found.value() > found.limit())
                        .ifPresent(found -> warnings.add(text(
                                "column \"%s\" has drifted: population stability index %.3f, limit %.3f",
                                before.name(), found.value(), found.limit())));
            }
        }
        return new TableChecks(limited(refusals), limited(warnings));
    }

    /** Returns the first sentences, and how many there are besides. */
    private static List<String> limited(List<String> sentences) {
        if (sentences.size() <= MOST) {
            return sentences;
        }
        List<String> first = new ArrayList<>(sentences.subList(0, MOST));
        first.add(text("and %d more columns", sentences.size() - MOST));
        return first;
    }

    private static Optional<String> refusal(ColumnProfile before, ColumnProfile after) {
        if (after.missing() > before.missing() + MAX_MISSING_INCREASE) {
            return Optional.of(text(
                    "column \"%s\" has %.1f%% missing values, the champion's table %.1f%%; the limit is %.1f%% more",
                    before.name(), 100 * after.missing(), 100 * before.missing(), 100 * MAX_MISSING_INCREASE));
        }
        boolean hasScale = !before.isCategory() && before.counts().length >= MIN_BINS && before.others() >= MIN_OTHERS;
        if (!hasScale || after.sampled() < 2) {
            return Optional.empty();
        }
        double shift = Math.abs(after.mean() - before.mean()) / before.deviation();
        double ratio = after.deviation() / before.deviation();
        boolean stretched = ratio > MAX_STRETCH || ratio * MAX_STRETCH < 1;
        if (shift > MAX_SHIFT || stretched) {
            return Optional.of(text(
                    "column \"%s\" has mean %.6g and deviation %.6g, the champion's table %.6g and %.6g; is its unit the same?",
                    before.name(), after.mean(), after.deviation(), before.mean(), before.deviation()));
        }
        return Optional.empty();
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
