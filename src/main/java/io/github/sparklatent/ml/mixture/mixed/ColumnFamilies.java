package io.github.sparklatent.ml.mixture.mixed;

import io.github.sparklatent.cluster.table.Feature;
import io.github.sparklatent.cluster.table.NearestName;
import io.github.sparklatent.config.Settings;
import io.github.sparklatent.config.UsageException;
import io.github.sparklatent.mixture.CellFamily;
import io.github.sparklatent.mixture.ColumnLevels;
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
record ColumnFamilies(CellFamily numbers, CellFamily counts, Map<String, CellFamily> single) {
    static ColumnFamilies of(Settings settings) {
        return new ColumnFamilies(
                settings.get(MixedKeys.NUMBERS),
                settings.get(MixedKeys.COUNTS),
                settings.find(MixedKeys.FAMILIES).orElse(Map.of()));
    }

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
                        "model.families gives column \"%s\" the family %s, but the column has %d levels: it must be categorical"
                                .formatted(feature.name(), own, feature.levels().size()));
            }
            CellFamily family =
                    switch (feature.kind()) {
                        case CATEGORY -> CellFamily.CATEGORICAL;
                        case COUNT -> counts;
                        case NUMBER -> numbers;
                    };
            declared.add(
                    new ColumnLevels.Declared(
                            feature.name(), own == null ? family : own, feature.levels().size()));
        }
        if (!left.isEmpty()) {
            String name = left.keySet().iterator().next();
            List<String> names = features.stream().map(Feature::name).toList();
            throw new UsageException(
                    "model.families names column \"%s\", which is not a feature%s"
                            .formatted(name, NearestName.hint(name, names)));
        }
        return declared;
    }
}
