package io.github.sparklatent.report;

import io.github.sparklatent.report.GroupProfile.CategoryColumn;
import io.github.sparklatent.report.GroupProfile.Column;
import io.github.sparklatent.report.GroupProfile.NumberColumn;
import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Detail;
import io.github.sparklatent.report.Page.Details;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The section that describes groups in words, with the metrics of each group below. Tables have few columns, so that
 * they fit a narrow page whatever the number of groups.
 */
public final class GroupsSection {
    /** The most categories of a column whose shares are listed. */
    private static final int LEVELS = 3;

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

    private GroupsSection() {}

    /** Returns the section; largest groups first. */
    public static Section of(GroupProfile profile) {
        double[] weights = profile.weights();
        int[] shown =
                IntStream.of(Order.descending(weights)).limit(Order.COMPONENTS).toArray();
        String text =
                "What sets each group apart, largest group first. In brackets is the value of the group beside that of all rows: the mean of a number, or the share of a category."
                        + Order.remark(shown.length, weights.length, "largest groups");
        return new Section("groups", "Groups", text, blocks(profile, shown));
    }

    private static List<Block> blocks(GroupProfile profile, int[] shown) {
        List<List<Cell>> rows = new ArrayList<>();
        List<Detail> details = new ArrayList<>();
        for (int k : shown) {
            String share = Numbers.percent(profile.weights()[k]);
            rows.add(List.of(Cell.of(Integer.toString(k)), Cell.of(share), Cell.of(words(profile, k))));
            details.add(new Detail("Group %d, %s of the rows".formatted(k, share), metrics(profile, k)));
        }
        return List.of(
                new Table(
                        "groups-words",
                        "Groups with their number, as in the column prediction, and share of the rows.",
                        "sentences",
                        List.of("Group", "Share", "Set apart by"),
                        rows,
                        true),
                new Details("groups-metrics", "All columns of each group.", details));
    }

    private static Table metrics(GroupProfile profile, int group) {
        List<List<Cell>> rows = profile.columns().stream()
                .limit(Order.FEATURES)
                .map(column -> row(column, profile.weights(), group))
                .toList();
        String caption = profile.columns().size() > Order.FEATURES
                ? "The first %d of %s columns."
                        .formatted(
                                Order.FEATURES, Numbers.count(profile.columns().size()))
                : "Means of numbers, and shares of the most frequent categories.";
        return new Table("group-" + group, caption, "pairs", List.of("Column", "Group", "All rows"), rows, true);
    }

    private static List<Cell> row(Column column, double[] weights, int group) {
        if (column instanceof NumberColumn number) {
            return List.of(
                    Cell.of(number.name()),
                    Cell.of(number.text(number.means()[group])),
                    Cell.of(number.text(number.mean())));
        }
        CategoryColumn category = (CategoryColumn) column;
        int categories = category.categories().size();
        double[] overall = new double[categories];
        double[] own = new double[categories];
        for (int level = 0; level < categories; level++) {
            overall[level] = category.overall(weights, level);
            own[level] = category.shares().get(group, level);
        }
        return List.of(
                Cell.of(category.name()), Cell.of(frequent(category, own)), Cell.of(frequent(category, overall)));
    }

    private static String frequent(CategoryColumn column, double[] shares) {
        return IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparingDouble(level -> -shares[level]))
                .limit(LEVELS)
                .map(level -> column.categories().get(level) + " " + Numbers.percent(shares[level]))
                .collect(Collectors.joining(", "));
    }

    /** A difference of a group from all rows: its size, and the words for it. */
    private record Difference(double size, String words) {}

    /**
     * Returns what sets a group apart, without a full stop: the columns in which it differs most from all rows. The
     * size of a difference is in standard deviations for numbers, and Cohen's h = 2 asin √p − 2 asin √q for the shares
     * of a category (Cohen 1988, chapter 6), which is on a comparable scale: 0.2 is small, 0.5 medium, 0.8 large.
     */
    public static String words(GroupProfile profile, int group) {
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
