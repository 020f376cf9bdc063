package io.github.sparklatent.report.chart;

import java.awt.Color;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A colour for each label: in the order of their numbers where all are numbers, else of their
 * names; the most frequent where there are more labels than colours, the rest share one.
 */
public final class LabelColours {

    private final List<String> labels;
    private final List<String> named;
    private final Map<String, Integer> groups = new HashMap<>();
    private final int others;

    /** Of rows with these labels; none at all: rows of one colour. */
    public LabelColours(List<String> labels) {
        this.labels = labels;
        Map<String, Long> counts =
                labels.stream()
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        boolean numbers = counts.keySet().stream().allMatch(LabelColours::isNumber);
        Comparator<String> byName =
                numbers
                        ? Comparator.<String>comparingDouble(Double::parseDouble)
                                .thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder();
        named =
                counts.keySet().stream()
                        .sorted(
                                Comparator.<String>comparingLong(label -> -counts.get(label))
                                        .thenComparing(byName))
                        .limit(Palette.size())
                        .sorted(byName)
                        .toList();
        others = counts.size() - named.size();
        for (int i = 0; i < named.size(); i++) {
            groups.put(named.get(i), i);
        }
    }

    /** The labels that have a colour of their own. */
    public List<String> named() {
        return named;
    }

    /** How many have none. */
    public int others() {
        return others;
    }

    /** How many groups of rows there are: a named label each, and the rest, if there is one. */
    public int count() {
        return named.size() + (named.isEmpty() || others > 0 ? 1 : 0);
    }

    /** The place of a row's group. */
    public int group(int row) {
        return labels.isEmpty() ? 0 : groups.getOrDefault(labels.get(row), named.size());
    }

    /** The colour of a group. */
    public Color colour(int group) {
        return group < named.size() || named.isEmpty() ? Palette.series(group) : Palette.OTHER;
    }

    /** The colour of a label, also of one that no row has. */
    public Color colour(String label) {
        return colour(groups.getOrDefault(label, named.size()));
    }

    private static boolean isNumber(String label) {
        try {
            return Double.isFinite(Double.parseDouble(label));
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
