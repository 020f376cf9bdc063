package io.github.sparklatent.report.group;

import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Words;
import io.github.sparklatent.report.group.GroupProfile.CategoryColumn;
import io.github.sparklatent.report.group.GroupProfile.Column;
import io.github.sparklatent.report.group.GroupProfile.NumberColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Describes groups by the columns in which they differ most from all rows. The size of a difference is in standard
 * deviations for numbers, and Cohen's h = 2 asin √p − 2 asin √q for the shares of a category (Cohen 1988, chapter 6),
 * which is on a comparable scale: 0.2 is small, 0.5 medium, 0.8 large.
 */
public final class GroupWords {
    /** The most columns that describe a group. */
    private static final int MOST = 3;

    /** Differences below this size are not mentioned. */
    private static final double LEAST = 0.4;

    /** Differences from this size on are very large. */
    private static final double STRONG = 1.5;

    /**
     * Factor of the difference of a category that is rarer than in all rows, because a frequent category describes a
     * group better. Of two categories, one is as much rarer as the other is more frequent.
     */
    private static final double RARER = 0.9;

    private static final int NAME = 40;

    private GroupWords() {}

    /** A difference of a group from all rows: its size, and the words for it. */
    private record Difference(double size, String words) {}

    /** Returns what sets a group apart, without a full stop. */
    public static String of(GroupProfile profile, int group) {
        List<Difference> differences = new ArrayList<>();
        for (Column column : profile.columns()) {
            differences.add(
                    column instanceof NumberColumn number
                            ? number(number, group)
                            : category((CategoryColumn) column, profile.weights(), group));
        }
        String words = differences.stream()
                .filter(difference -> difference.size() >= LEAST)
                .sorted(Comparator.comparingDouble(difference -> -difference.size()))
                .limit(MOST)
                .map(Difference::words)
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? "close to all rows in every column" : words;
    }

    private static Difference number(NumberColumn column, int group) {
        double mean = column.means()[group];
        double size = column.deviation() > 0 ? (mean - column.mean()) / column.deviation() : 0;
        String level = size > 0 ? "high" : "low";
        return new Difference(
                Math.abs(size),
                "%s%s %s (%s, all rows %s)"
                        .formatted(
                                Math.abs(size) >= STRONG ? "very " : "",
                                level,
                                name(column),
                                column.text(mean),
                                column.text(column.mean())));
    }

    private static Difference category(CategoryColumn column, double[] weights, int group) {
        Difference greatest = new Difference(0, "");
        for (int level = 0; level < column.categories().size(); level++) {
            double share = column.shares().get(group, level);
            double overall = column.overall(weights, level);
            double change = angle(share) - angle(overall);
            double size = change > 0 ? change : RARER * -change;
            if (size > greatest.size()) {
                greatest = new Difference(
                        size,
                        "%s %s = %s (%s, all rows %s)"
                                .formatted(
                                        frequency(share, change),
                                        name(column),
                                        Words.cut(column.categories().get(level), NAME),
                                        whole(share),
                                        whole(overall)));
            }
        }
        return greatest;
    }

    /** Returns a share in whole percent; more digits would distract from the words. */
    private static String whole(double share) {
        double percent = 100 * share;
        if (percent > 0 && percent < 1) {
            return "below 1%";
        }
        return percent > 99 && percent < 100 ? "above 99%" : Numbers.count(Math.round(percent)) + "%";
    }

    private static String frequency(double share, double change) {
        if (change < 0) {
            return share < 0.05 ? "hardly ever" : "seldom";
        }
        return share > 0.95 ? "nearly always" : share > 0.5 ? "mostly" : "often";
    }

    private static double angle(double share) {
        return 2 * Math.asin(Math.sqrt(Math.max(0, Math.min(1, share))));
    }

    private static String name(Column column) {
        return Words.cut(column.name(), NAME);
    }
}
