package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.Page;
import io.github.sparklatent.report.Result;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures of the groups of a model.
 *
 * @param columns the columns of the groups
 * @param groups the groups that have enough rows for a model of their own
 * @param small totals of the other groups
 */
record GroupFigures(GroupColumns columns, List<GroupModel> groups, SmallGroups small) {
    /** Most groups of a table. */
    private static final int SHOWN = 10;

    private static final List<String> HEAD =
            List.of("Group", "Rows", "Components", "Log-likelihood", "Under the model of all rows", "Remark");

    /** Returns the number of groups. */
    long number() {
        return groups.size() + small.groups();
    }

    /** Returns the number of groups with a model of their own. */
    long models() {
        return groups.stream().filter(GroupModel::isOwn).count();
    }

    /** Returns the number of groups for each reason why they have no model of their own. */
    SortedMap<String, Long> reasons() {
        SortedMap<String, Long> reasons = groups.stream()
                .filter(group -> !group.isOwn())
                .collect(Collectors.groupingBy(GroupModel::fallback, TreeMap::new, Collectors.counting()));
        small.totals().forEach(one -> reasons.put(one.fallback(), one.groups()));
        return reasons;
    }

    /** Returns the number of models for each number of components. */
    SortedMap<Integer, Long> components() {
        return groups.stream()
                .filter(GroupModel::isOwn)
                .collect(Collectors.groupingBy(
                        group -> group.mixture().components(), TreeMap::new, Collectors.counting()));
    }

    /** Returns the groups in descending order of a number. */
    List<GroupModel> by(ToDoubleFunction<GroupModel> number) {
        return groups.stream()
                .sorted(Comparator.comparingDouble((GroupModel group) -> -number.applyAsDouble(group)))
                .toList();
    }

    /** Adds the figures, lines and tables of the groups to the result of the model of all rows. */
    void addTo(Result result) {
        result.put("groups", json());
        lines(result);
        result.firstSection(this::section);
    }

    /** Returns the content of {@code groups} in {@code metrics.json}. */
    Map<String, Object> json() {
        List<GroupModel> largest = by(GroupModel::rows);
        return Json.object(
                "groupBy", columns.names(),
                "groups", number(),
                "models", models(),
                "fallbacks", number() - models(),
                "reasons", reasons(),
                "components", components(),
                "notConverged",
                        groups.stream()
                                .filter(group -> group.isOwn() && !group.fit().converged())
                                .count(),
                "rows",
                        Json.object(
                                "own", rows(true),
                                "fallback", rows(false) + small.rows(),
                                "largest",
                                        largest.isEmpty() ? 0 : largest.get(0).rows(),
                                "median",
                                        largest.isEmpty()
                                                ? 0
                                                : largest.get(largest.size() / 2)
                                                        .rows(),
                                "smallest",
                                        largest.isEmpty()
                                                ? 0
                                                : largest.get(largest.size() - 1)
                                                        .rows()),
                "meanLogLikelihood", mean(group -> group.fit().logLikelihood(), false),
                "allMeanLogLikelihood", mean(GroupModel::logLikelihoodOfAll, false),
                "holdoutMeanLogLikelihood", mean(group -> group.fit().holdout(), true),
                "allHoldoutMeanLogLikelihood", mean(GroupModel::holdoutOfAll, true));
    }

    private long rows(boolean own) {
        return groups.stream()
                .filter(group -> group.isOwn() == own)
                .mapToLong(GroupModel::rows)
                .sum();
    }

    /** Returns the mean over the groups with a model of their own, each weighted by the weight of its rows. */
    private double mean(ToDoubleFunction<GroupModel> figure, boolean heldOut) {
        double sum = 0;
        double weight = 0;
        for (GroupModel group : groups) {
            double own = heldOut ? group.heldOutWeight() : group.weight();
            if (group.isOwn() && own > 0) {
                sum += own * figure.applyAsDouble(group);
                weight += own;
            }
        }
        return sum / weight;
    }

    private void lines(Result lines) {
        lines.line(
                "groups",
                "%s by %s, %s of their own, %s with the model of all rows%s",
                Lines.count(number(), "group"),
                String.join(", ", columns.names()),
                Lines.count(models(), "model"),
                number() - models(),
                models() == number() ? "" : " (" + counts(reasons()) + ")");
        if (models() > 0) {
            lines.line("in groups", "%s components", counts(components()));
            lines.line(
                    "in groups",
                    "mean log-likelihood %s, under the model of all rows %s",
                    figure(mean(group -> group.fit().logLikelihood(), false)),
                    figure(mean(GroupModel::logLikelihoodOfAll, false)));
            double held = mean(group -> group.fit().holdout(), true);
            if (!Double.isNaN(held)) {
                lines.line(
                        "in groups",
                        "held out: mean log-likelihood %s, under the model of all rows %s",
                        figure(held),
                        figure(mean(GroupModel::holdoutOfAll, true)));
                if (held < mean(GroupModel::holdoutOfAll, true)) {
                    lines.line(
                            "warning",
                            "the held-out rows fit the model of all rows better than those of their"
                                    + " groups: use fewer components or diagonal covariances, or set a"
                                    + " greater data.groupRows");
                }
            }
        }
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    /** Returns counts with what they count: {@code 3 × few-rows, 1 × failed}. */
    private static String counts(Map<?, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " × " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private Page.Section section() {
        List<Page.Block> blocks = new ArrayList<>();
        blocks.add(counts("group-components", "Models by their number of components", "Components", components()));
        if (!reasons().isEmpty()) {
            blocks.add(
                    counts("group-fallbacks", "Groups with the model of all rows, by the reason", "Reason", reasons()));
        }
        blocks.add(groups("groups-largest", "The largest groups", by(GroupModel::rows)));
        blocks.add(groups(
                "groups-oddest",
                "The groups that differ most from all rows: their own model explains a row"
                        + " better by the most nats, less the penalty of BIC for its"
                        + " parameters",
                by(GroupModel::gain).stream().filter(GroupModel::isOwn).toList()));
        return new Page.Section(
                "groups",
                "Models of the groups",
                "%d of %d groups have a model of their own; the other sections show the model of all rows, which the rest have."
                        .formatted(models(), number()),
                blocks);
    }

    private static Page.Table counts(String id, String caption, String name, Map<?, Long> counts) {
        return new Page.Table(
                id,
                caption,
                "",
                List.of(name, "Groups"),
                counts.entrySet().stream()
                        .map(entry -> cells(
                                entry.getKey().toString(), entry.getValue().toString()))
                        .toList(),
                false);
    }

    private Page.Table groups(String id, String caption, List<GroupModel> groups) {
        return new Page.Table(
                id,
                caption,
                "",
                HEAD,
                groups.stream().limit(SHOWN).map(group -> row(group)).toList(),
                true);
    }

    private List<Page.Cell> row(GroupModel group) {
        return cells(
                columns.describe(group.key()),
                String.valueOf(group.rows()),
                group.isOwn() ? String.valueOf(group.mixture().components()) : "",
                group.isOwn() ? brief(group.fit().logLikelihood()) : "",
                brief(group.logLikelihoodOfAll()),
                group.isOwn() ? group.fit().converged() ? "" : "not converged" : group.detail());
    }

    private static String brief(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static List<Page.Cell> cells(String... texts) {
        return Stream.of(texts).map(Page.Cell::of).toList();
    }
}
