package io.github.sparklatent.report.chart;

import java.awt.Color;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Assigns a colour to each label. Labels are sorted as numbers if all are numbers, else by name. If there are more
 * labels than colours, the most frequent ones get a colour each and the rest share one.
 */
public final class LabelColours {

    private final List<String> labels;
    private final List<String> named;
    private final Map<String, Integer> groups = new HashMap<>();
    private final int others;

    /** Assigns the colours by the label of each row; without labels all rows have one colour. */
    public LabelColours(List<String> labels) {
        this.labels = labels;
        Map<String, Long> counts =
                labels.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        boolean numbers = counts.keySet().stream().allMatch(LabelColours::isNumber);
        Comparator<String> byName = numbers
                ? Comparator.<String>comparingDouble(Double::parseDouble).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        named = counts.keySet().stream()
                .sorted(Comparator.<String>comparingLong(label -> -counts.get(label))
                        .thenComparing(byName))
                .limit(Palette.size())
                .sorted(byName)
                .toList();
        others = counts.size() - named.size();
        for (int i = 0; i < named.size(); i++) {
            groups.put(named.get(i), i);
        }
    }

    /** Returns the labels that have their own colour. */
    public List<String> named() {
        return named;
    }

    /** Returns the number of labels that share the common colour. */
    public int others() {
        return others;
    }

    /**
     * Returns the number of groups of rows: one for each label with its own colour, and one for the rest if there is
     * any.
     */
    public int count() {
        return named.size() + (named.isEmpty() || others > 0 ? 1 : 0);
    }

    /** Returns the index of a row's group. */
    public int group(int row) {
        return labels.isEmpty() ? 0 : groups.getOrDefault(labels.get(row), named.size());
    }

    /** Returns the colour of a group. */
    public Color colour(int group) {
        return group < named.size() || named.isEmpty() ? Palette.series(group) : Palette.OTHER;
    }

    /** Returns the colour of a label, which may be a label that no row has. */
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
