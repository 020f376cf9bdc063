package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.Locale;
import java.util.Optional;

/**
 * The figures by which a network is evaluated in addition to its objective.
 *
 * @param space space in which rows are compared
 * @param components maximum of principal components
 * @param model path of the saved network of the space; present if the space is of a network
 * @param layer name of that network's layer
 */
public record EvaluateOptions(
        @Setting(
                key = "evaluate.features.type",
                meaning = "space in which drawn rows (for network also reconstructions) are" + " compared with rows",
                param = "featureSpace")
        Space space,

        @Setting(
                key = "evaluate.features.components",
                meaning = "principal-components: their number, at most the number of" + " features",
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
                meaning = "network: code, or a hidden layer such as encoder.0 or" + " discriminator.1",
                noun = "the name of a layer",
                param = "featureLayer",
                onlyIf = "evaluate.features.type is network")
        String layer) {
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
            new EvaluateOptions(Space.NONE, 20, Optional.empty(), HiddenLayer.CODE);

    public EvaluateOptions {
        Rules.of(EvaluateOptions.class)
                .range("components", components)
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
