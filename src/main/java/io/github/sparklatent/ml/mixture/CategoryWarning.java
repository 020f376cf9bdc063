package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.columns.Feature;
import java.util.List;
import java.util.Optional;

/** Warns of categories in a Gaussian mixture, which has no distribution of its own for them. */
final class CategoryWarning {
    private CategoryWarning() {}

    /** Returns a warning as a sentence; empty if no feature is a category. */
    static Optional<String> of(List<Feature> features) {
        long categories = features.stream()
                .filter(feature -> feature.kind() == Feature.Kind.CATEGORY)
                .count();
        return categories == 0
                ? Optional.empty()
                : Optional.of(
                        "%d of %d features are categories, which a Gaussian component reads as numbers: where a component has one level only, its variance is model.regularization, and so is the height of its density; raise it to 1e-3 or more, or leave categories out with data.columns"
                                .formatted(categories, features.size()));
    }
}
