package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnLevels;
import io.github.sparklatent.settings.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The families of columns that the settings give.
 *
 * @param numbers family of numbers
 * @param counts family of counts
 * @param single families of single columns, by name
 */
record ColumnFamilies(
        @Setting(
                key = "model.numbers",
                meaning = "family of numbers within a component; student-t: with outliers;"
                        + " histogram: of any distribution",
                values = {"gaussian", "student-t", "histogram"})
        CellFamily numbers,

        @Setting(
                key = "model.counts",
                meaning = "family of counts within a component",
                values = {"poisson", "negative-binomial", "histogram"})
        CellFamily counts,

        @Setting(
                key = "model.families",
                meaning = "family of single columns, { NAME = poisson }; categorical: codes" + " from 0 on",
                absent = "by the type of the column",
                noun = "family")
        Map<String, CellFamily> single) {
    /** The default families. */
    static final ColumnFamilies DEFAULT =
            new ColumnFamilies(CellFamily.GAUSSIAN, CellFamily.NEGATIVE_BINOMIAL, Map.of());

    /** The families of columns that have trees. */
    static final ColumnFamilies OF_TREES = new ColumnFamilies(CellFamily.HISTOGRAM, CellFamily.HISTOGRAM, Map.of());

    /**
     * Returns the columns of a table with their families.
     *
     * @throws UsageException if a named column does not exist, or cannot have its family
     */
    List<ColumnLevels.Declared> of(List<Feature> features) {
        Map<String, CellFamily> left = new LinkedHashMap<>(single);
        List<ColumnLevels.Declared> declared = new ArrayList<>();
        for (Feature feature : features) {
            CellFamily own = left.remove(feature.name());
            boolean category = feature.kind() == Feature.Kind.CATEGORY;
            if (own != null && category != (own == CellFamily.CATEGORICAL) && category) {
                throw new UsageException(
                        "model.families gives column \"%s\" the family %s, but the column has %d categories: it must be categorical"
                                .formatted(
                                        feature.name(),
                                        own,
                                        feature.categories().size()));
            }
            CellFamily family = switch (feature.kind()) {
                case CATEGORY -> CellFamily.CATEGORICAL;
                case COUNT -> counts;
                case NUMBER -> numbers;
            };
            declared.add(new ColumnLevels.Declared(
                    feature.name(),
                    own == null ? family : own,
                    feature.categories().size()));
        }
        if (!left.isEmpty()) {
            String name = left.keySet().iterator().next();
            List<String> names = features.stream().map(Feature::name).toList();
            throw new UsageException("model.families names column \"%s\", which is not a feature%s"
                    .formatted(name, NearestName.hint(name, names)));
        }
        return declared;
    }
}
