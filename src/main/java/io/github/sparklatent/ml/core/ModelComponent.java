package io.github.sparklatent.ml.core;

import io.github.sparklatent.report.GroupProfile;
import io.github.sparklatent.report.GroupProfile.CategoryColumn;
import io.github.sparklatent.report.GroupProfile.NumberColumn;
import io.github.sparklatent.report.GroupsSection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A component of a model, or a latent variable of a linear one.
 *
 * @param weight share of the rows, or of the variance
 * @param description what sets it apart, in words
 * @param columns the columns of the table, or the features
 */
public record ModelComponent(double weight, String description, List<Entry> columns) {
    public ModelComponent {
        columns = List.copyOf(columns);
    }

    /**
     * A column in a component.
     *
     * @param name name of the column
     * @param value mean of the component's rows in the units of the table, or loading of a latent variable; null for a
     *     column of categories or dates
     * @param category most frequent category of a column of categories, or the mean of a column of dates; null for
     *     others
     * @param share share of a category; null for others
     */
    public record Entry(String name, Double value, String category, Double share) {}

    /** Returns the components with the columns of the table in each. */
    static List<ModelComponent> of(GroupProfile profile) {
        return IntStream.range(0, profile.weights().length)
                .mapToObj(k ->
                        new ModelComponent(profile.weights()[k], GroupsSection.words(profile, k), entries(profile, k)))
                .toList();
    }

    private static List<Entry> entries(GroupProfile profile, int k) {
        List<Entry> entries = new ArrayList<>();
        for (GroupProfile.Column column : profile.columns()) {
            if (column instanceof NumberColumn numbers) {
                Object value = numbers.units().apply(numbers.means()[k]);
                entries.add(new Entry(
                        column.name(),
                        value instanceof Double number ? number : null,
                        value instanceof String text ? text : null,
                        null));
            } else {
                CategoryColumn categories = (CategoryColumn) column;
                int most = IntStream.range(0, categories.categories().size())
                        .reduce(
                                0,
                                (a, b) -> categories.shares().get(k, b)
                                                > categories.shares().get(k, a)
                                        ? b
                                        : a);
                entries.add(new Entry(
                        column.name(),
                        null,
                        categories.categories().get(most),
                        categories.shares().get(k, most)));
            }
        }
        return entries;
    }
}
