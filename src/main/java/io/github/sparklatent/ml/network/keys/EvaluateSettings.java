package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * What a network is measured by beyond its own objective: the section {@code evaluate}.
 *
 * @param imageRange range of an image's values; absent: as the data have it
 * @param features space in which rows are compared: none, principal-components or network
 * @param components of principal components at most
 * @param model saved network that the space is of; there where features is network
 * @param layer of that network
 * @param rows drawn at most
 */
public record EvaluateSettings(
        Optional<Double> imageRange,
        String features,
        int components,
        Optional<String> model,
        String layer,
        long rows) {
    public static EvaluateSettings of(Settings settings) {
        return new EvaluateSettings(
                settings.find(EvaluateKeys.IMAGE_RANGE),
                settings.get(EvaluateKeys.FEATURES),
                settings.get(EvaluateKeys.FEATURE_COMPONENTS),
                settings.find(EvaluateKeys.FEATURE_MODEL),
                settings.get(EvaluateKeys.FEATURE_LAYER),
                settings.get(EvaluateKeys.FEATURE_ROWS));
    }

    /** Whether rows are compared in a space of features. */
    public boolean hasFeatures() {
        return !features.equals(EvaluateKeys.NONE);
    }

    /** Whether that is of a saved network; else of principal components. */
    public boolean isOfNetwork() {
        return features.equals(EvaluateKeys.NETWORK);
    }
}
