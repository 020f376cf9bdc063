package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.Scaling;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnSummary;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.ml.io.Lines;
import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.report.GroupsSection;
import io.github.sparklatent.report.Numbers;
import io.github.sparklatent.report.Order;
import io.github.sparklatent.scoring.TableMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Describes components by the columns that set them apart from all rows. */
final class ComponentProfile {
    /** Components that {@code inspect} describes. */
    private static final int LISTED = 20;

    private final TableMixture table;
    private final Scaling scaling;
    private final List<ColumnSummary> summaries;

    private ComponentProfile(TableMixture table, Scaling scaling) {
        this.table = table;
        this.scaling = scaling;
        this.summaries = IntStream.range(0, table.features().size())
                .mapToObj(j -> ColumnSummary.of(table.mixture(), j))
                .toList();
    }

    /**
     * Returns the columns in each component.
     *
     * @param scaling scaling of the rows, which is undone. The value of a mean that no linear scaling has made is the
     *     value of the table at this mean.
     */
    static GroupProfile of(TableMixture table, Scaling scaling) {
        return new ComponentProfile(table, scaling).profile();
    }

    private GroupProfile profile() {
        MixedMixture mixture = table.mixture();
        int components = mixture.components();
        double[] mean = row(ColumnSummary::mean);
        double[] above = row(summary -> summary.mean() + summary.deviation());
        double[] below = row(summary -> summary.mean() - summary.deviation());
        double[][] means = new double[components][];
        for (int k = 0; k < components; k++) {
            int component = k;
            means[k] = row(summary -> summary.means()[component]);
        }
        List<GroupProfile.Column> columns = new ArrayList<>();
        for (int j = 0; j < summaries.size(); j++) {
            Feature feature = table.features().get(j);
            int column = j;
            columns.add(
                    isCategory(summaries.get(j))
                            ? new GroupProfile.CategoryColumn(
                                    feature.name(),
                                    feature.categories(),
                                    summaries.get(j).shares())
                            : new GroupProfile.NumberColumn(
                                    feature.name(),
                                    IntStream.range(0, components)
                                            .mapToDouble(k -> means[k][column])
                                            .toArray(),
                                    mean[j],
                                    Math.abs(above[j] - below[j]) / 2));
        }
        return new GroupProfile(mixture.weights(), columns);
    }

    private static boolean isCategory(ColumnSummary summary) {
        return summary.family() == CellFamily.CATEGORICAL;
    }

    /** Returns a number of each column in the units of the table; 0 for categories. */
    private double[] row(ToDoubleFunction<ColumnSummary> number) {
        double[] row = summaries.stream()
                .mapToDouble(of -> isCategory(of) ? 0 : number.applyAsDouble(of))
                .toArray();
        scaling.invert(row, 0, row.length);
        return row;
    }

    /** Returns a line for each of the largest components. */
    static Lines lines(GroupProfile profile) {
        Lines lines = new Lines();
        IntStream.of(Order.descending(profile.weights()))
                .limit(LISTED)
                .forEach(k -> lines.add(
                        "component " + k,
                        "%s: %s",
                        Numbers.percent(profile.weights()[k]),
                        GroupsSection.words(profile, k)));
        return lines;
    }
}
