package io.github.sparklatent.ml.mixture.grouped;

import io.github.sparklatent.ml.io.Json;
import io.github.sparklatent.ml.io.Lines;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The figures of the groups of a model.
 *
 * @param columns the columns of the groups
 * @param groups the groups that have enough rows for a model of their own
 * @param small totals of the other groups
 */
record GroupFigures(GroupColumns columns, List<GroupModel> groups, SmallGroups small) {

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
        SortedMap<String, Long> reasons =
                groups.stream()
                        .filter(group -> !group.isOwn())
                        .collect(
                                Collectors.groupingBy(
                                        GroupModel::fallback, TreeMap::new, Collectors.counting()));
        small.totals().forEach(one -> reasons.put(one.fallback(), one.groups()));
        return reasons;
    }

    /** Returns the number of models for each number of components. */
    SortedMap<Integer, Long> components() {
        return groups.stream()
                .filter(GroupModel::isOwn)
                .collect(
                        Collectors.groupingBy(
                                group -> group.mixture().components(),
                                TreeMap::new,
                                Collectors.counting()));
    }

    /** Returns the groups in descending order of a number. */
    List<GroupModel> by(ToDoubleFunction<GroupModel> number) {
        return groups.stream()
                .sorted(
                        Comparator.comparingDouble(
                                (GroupModel group) -> -number.applyAsDouble(group)))
                .toList();
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
                                "largest", largest.isEmpty() ? 0 : largest.get(0).rows(),
                                "median",
                                        largest.isEmpty()
                                                ? 0
                                                : largest.get(largest.size() / 2).rows(),
                                "smallest",
                                        largest.isEmpty()
                                                ? 0
                                                : largest.get(largest.size() - 1).rows()),
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

    /**
     * Returns the mean over the groups with a model of their own, each weighted by the weight of
     * its rows.
     */
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

    /** Returns the same figures as lines of text. */
    Lines lines() {
        Lines lines = new Lines();
        lines.add(
                "groups",
                "%s by %s, %s of their own, %s with the model of all rows%s",
                Lines.count(number(), "group"),
                String.join(", ", columns.names()),
                Lines.count(models(), "model"),
                number() - models(),
                models() == number() ? "" : " (" + counts(reasons()) + ")");
        if (models() > 0) {
            lines.add("in groups", "%s components", counts(components()));
            lines.add(
                    "in groups",
                    "mean log-likelihood %s, under the model of all rows %s",
                    figure(mean(group -> group.fit().logLikelihood(), false)),
                    figure(mean(GroupModel::logLikelihoodOfAll, false)));
            double held = mean(group -> group.fit().holdout(), true);
            if (!Double.isNaN(held)) {
                lines.add(
                        "in groups",
                        "held out: mean log-likelihood %s, under the model of all rows %s",
                        figure(held),
                        figure(mean(GroupModel::holdoutOfAll, true)));
                if (held < mean(GroupModel::holdoutOfAll, true)) {
                    lines.add(
                            "warning",
                            "the held-out rows fit the model of all rows better than those of their"
                                + " groups: use fewer components or diagonal covariances, or set a"
                                + " greater data.groupRows");
                }
            }
        }
        return lines;
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
}
