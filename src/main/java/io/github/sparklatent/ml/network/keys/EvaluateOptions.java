package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.Locale;
import java.util.Optional;

/**
 * The figures by which a network is evaluated in addition to its objective.
 *
 * @param imageRange range of an image's values; empty: taken from the data
 * @param space space in which rows are compared
 * @param components maximum of principal components
 * @param model path of the saved network of the space; present if the space is of a network
 * @param layer name of that network's layer
 * @param rows maximum of rows that are drawn
 */
public record EvaluateOptions(
        @Setting(
                        key = "evaluate.imageRange",
                        meaning =
                                "range of an image's values, which the structural similarity (SSIM)"
                                        + " depends on",
                        range = "> 0",
                        absent = "1 for idx and image files, else the range of the rows' values")
                Optional<Double> imageRange,
        @Setting(
                        key = "evaluate.features.type",
                        meaning =
                                "space in which drawn rows (for network also reconstructions) are"
                                        + " compared with rows",
                        param = "featureSpace")
                Space space,
        @Setting(
                        key = "evaluate.features.components",
                        meaning =
                                "principal-components: their number, at most the number of"
                                        + " features",
                        range = ">= 1",
                        param = "featureComponents",
                        onlyIf = "evaluate.features.type is principal-components")
                int components,
        @Setting(
                        key = "evaluate.features.model",
                        meaning = "network: saved result of the model whose layer is the space",
                        absent = "required for network",
                        noun = "a path",
                        param = "featureModel",
                        onlyIf = "evaluate.features.type is network")
                Optional<String> model,
        @Setting(
                        key = "evaluate.features.layer",
                        meaning =
                                "network: code, or a hidden layer such as encoder.0 or"
                                        + " discriminator.1",
                        noun = "the name of a layer",
                        param = "featureLayer",
                        onlyIf = "evaluate.features.type is network")
                String layer,
        @Setting(
                        key = "evaluate.features.rows",
                        meaning =
                                "most rows drawn, with sample.seed and sample.noise; otherwise as"
                                        + " many as are evaluated",
                        range = ">= 2",
                        param = "featureRows",
                        onlyIf = "evaluate.features.type is principal-components or network")
                long rows) {
    /** The space in which rows are compared. */
    public enum Space {
        /** Rows are not compared. */
        NONE,
        /** The principal components of rows. */
        PRINCIPAL_COMPONENTS,
        /** A layer of a saved network. */
        NETWORK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The default options. Defaults are defined here only. */
    public static final EvaluateOptions DEFAULT =
            new EvaluateOptions(
                    Optional.empty(), Space.NONE, 20, Optional.empty(), HiddenLayer.CODE, 10_000);

    public EvaluateOptions {
        Rules.of(EvaluateOptions.class)
                .range("components", components)
                .range("rows", rows)
                .refuse(
                        space == Space.NETWORK && model.isEmpty(),
                        "space",
                        "is network, but evaluate.features.model is not set")
                .check();
    }

    /** Returns whether rows are compared in a feature space. */
    public boolean hasFeatures() {
        return space != Space.NONE;
    }
}
