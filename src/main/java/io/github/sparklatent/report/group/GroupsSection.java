package io.github.sparklatent.report.group;

import io.github.sparklatent.report.Page.Block;
import io.github.sparklatent.report.Page.Cell;
import io.github.sparklatent.report.Page.Detail;
import io.github.sparklatent.report.Page.Details;
import io.github.sparklatent.report.Page.Section;
import io.github.sparklatent.report.Page.Table;
import io.github.sparklatent.report.format.Numbers;
import io.github.sparklatent.report.format.Order;
import io.github.sparklatent.report.group.GroupProfile.CategoryColumn;
import io.github.sparklatent.report.group.GroupProfile.Column;
import io.github.sparklatent.report.group.GroupProfile.NumberColumn;
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
            rows.add(List.of(Cell.of(Integer.toString(k)), Cell.of(share), Cell.of(GroupWords.of(profile, k))));
            details.add(new Detail("Group %d, %s of the rows".formatted(k, share), metrics(profile, k)));
        }
        return List.of(
                new Table(
                        "groups-words",
                        "Groups with their number, as in the column component, and share of the rows.",
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
}
