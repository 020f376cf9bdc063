package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.config.Settings;
import java.util.Optional;

/**
 * The section {@code evaluate}: figures of a network in addition to its objective.
 *
 * @param imageRange range of an image's values; absent: taken from the data
 * @param features space in which rows are compared: none, principal-components or network
 * @param components maximum of principal components
 * @param model path of the saved network of the space; present if features is network
 * @param layer name of that network's layer
 * @param rows maximum of rows that are drawn
 */
public record EvaluateSettings(
        Optional<Double> imageRange,
        String features,
        int components,
        Optional<String> model,
        String layer,
        long rows) {
    /** Returns the section of a configuration. */
    public static EvaluateSettings of(Settings settings) {
        return new EvaluateSettings(
                settings.find(EvaluateKeys.IMAGE_RANGE),
                settings.get(EvaluateKeys.FEATURES),
                settings.get(EvaluateKeys.FEATURE_COMPONENTS),
                settings.find(EvaluateKeys.FEATURE_MODEL),
                settings.get(EvaluateKeys.FEATURE_LAYER),
                settings.get(EvaluateKeys.FEATURE_ROWS));
    }

    /** Returns whether rows are compared in a feature space. */
    public boolean hasFeatures() {
        return !features.equals(EvaluateKeys.NONE);
    }

    /**
     * Returns whether the space is a layer of a saved network; else it is made of principal
     * components.
     */
    public boolean isOfNetwork() {
        return features.equals(EvaluateKeys.NETWORK);
    }
}
