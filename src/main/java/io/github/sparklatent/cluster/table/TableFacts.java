package io.github.sparklatent.cluster.table;

import io.github.sparklatent.columns.Feature;
import io.github.sparklatent.columns.TableProfile;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Facts about a table that has been read.
 *
 * @param rows number of training rows
 * @param fitted number of those that a model is fitted to: all, or a sample
 * @param holdoutRows number of held-out rows
 * @param skipped number of rows left out
 * @param width number of numbers of a row
 * @param valueRange largest value of the training rows minus the smallest, over all columns, in the units of the table
 * @param fingerprint 16 hexadecimal digits computed from all rows, independent of their order
 * @param features the numbers of a row, in order
 * @param missing share of the training rows in which a feature is missing, one number for each feature; empty if no
 *     value is missing
 * @param warnings sentences about usable data; the warnings of a training table have been logged
 * @param holdoutRule which rows are held out
 * @param profile distributions of the columns of a training table; null if they are not known
 */
@RecordBuilder
public record TableFacts(
        long rows,
        long fitted,
        long holdoutRows,
        long skipped,
        int width,
        double valueRange,
        String fingerprint,
        List<Feature> features,
        List<Double> missing,
        List<String> warnings,
        HoldoutRule holdoutRule,
        TableProfile profile)
        implements TableFactsBuilder.With {
    public TableFacts {
        features = List.copyOf(features);
        missing = List.copyOf(missing);
        warnings = List.copyOf(warnings);
    }

    public List<String> featureNames() {
        return features.stream().map(Feature::name).toList();
    }

    /**
     * Returns the share of the training rows in which a feature is missing, by the name of the feature and in the order
     * of the features; empty if no value is missing.
     */
    public Map<String, Double> missingByFeature() {
        Map<String, Double> byFeature = new LinkedHashMap<>();
        for (int j = 0; j < missing.size(); j++) {
            byFeature.put(features.get(j).name(), missing.get(j));
        }
        return byFeature;
    }
}
