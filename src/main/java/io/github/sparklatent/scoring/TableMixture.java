package io.github.sparklatent.scoring;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.learn.Require;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.mixture.MixedColumns;
import io.github.sparklatent.mixture.MixedMixture;
import io.github.sparklatent.mixture.UsualComponents;
import io.github.sparklatent.mixture.gaussian.MixtureParameters;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A mixture with the names and categories of the columns of its table.
 *
 * @param mixture the parameters
 * @param features the columns; a categorical column without named categories has its codes as categories
 * @param usualWeights weights of the components in the anomaly score; see {@link UsualComponents}. Not to be modified.
 */
public record TableMixture(MixedMixture mixture, List<Feature> features, double[] usualWeights)
        implements Serializable {
    public TableMixture {
        features = List.copyOf(features);
        Require.size("features", features.size(), mixture.columns().size());
        Require.size("weights of usual components", usualWeights.length, mixture.components());
        for (int j = 0; j < features.size(); j++) {
            MixedColumns.Column column = mixture.columns().get(j);
            int levels = features.get(j).categories().size();
            Require.that(
                    kind(column.family()) == features.get(j).kind(),
                    "column \"%s\" is a %s, expected a %s",
                    features.get(j).name(),
                    features.get(j).kind(),
                    kind(column.family()));
            Require.that(
                    levels == 0 || levels == column.levels(),
                    "column \"%s\" has %d categories, expected %d",
                    features.get(j).name(),
                    levels,
                    column.levels());
        }
    }

    /** Returns what a column of a family is. */
    public static Feature.Kind kind(CellFamily family) {
        return switch (family) {
            case GAUSSIAN, STUDENT_T, HISTOGRAM -> Feature.Kind.NUMBER;
            case CATEGORICAL -> Feature.Kind.CATEGORY;
            default -> Feature.Kind.COUNT;
        };
    }

    /**
     * Returns a mixture with the names of a table.
     *
     * @param read features as the table has them
     * @param areGroups whether the components are groups of rows, of which those of errors that repeat do not count in
     *     the anomaly score; otherwise all count
     */
    public static TableMixture of(MixedMixture mixture, List<Feature> read, boolean areGroups) {
        List<Feature> features = new ArrayList<>();
        for (int j = 0; j < read.size(); j++) {
            MixedColumns.Column column = mixture.columns().get(j);
            List<String> levels = read.get(j).categories();
            if (kind(column.family()) == Feature.Kind.CATEGORY && levels.isEmpty()) {
                levels = IntStream.range(0, column.levels())
                        .mapToObj(String::valueOf)
                        .toList();
            }
            features.add(new Feature(
                    read.get(j).name(),
                    kind(column.family()),
                    kind(column.family()) == Feature.Kind.CATEGORY ? levels : List.of()));
        }
        return new TableMixture(mixture, features, areGroups ? UsualComponents.weights(mixture) : mixture.weights());
    }

    /** Returns a mixture of numbers whose columns have no names. */
    public static TableMixture of(MixtureParameters mixture) {
        return of(
                MixedMixture.of(mixture),
                IntStream.range(0, mixture.dimension())
                        .mapToObj(j -> new Feature("features[" + j + "]", Feature.Kind.NUMBER, List.of()))
                        .toList(),
                true);
    }

    /** Returns the mixture of the components that count for the anomaly score. */
    public MixedMixture usual() {
        return mixture.with(usualWeights);
    }

    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    /** Returns the columns as a check of other rows needs them. */
    public List<ColumnLevels.Declared> declared() {
        return IntStream.range(0, features.size())
                .mapToObj(j -> new ColumnLevels.Declared(
                        features.get(j).name(),
                        mixture.columns().get(j).family(),
                        features.get(j).categories().size(),
                        mixture.columns().get(j).bins()))
                .toList();
    }
}
