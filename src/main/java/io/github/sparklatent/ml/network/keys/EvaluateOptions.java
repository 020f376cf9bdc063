package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.HiddenLayer;
import java.util.Optional;

/** The metrics by which a network is evaluated in addition to its objective. */
public record EvaluateOptions(
        @Setting(
                key = "evaluate.features.model",
                meaning = "saved network in whose layer synthetic rows and reconstructions are compared with rows",
                absent = "rows are not compared",
                noun = "a path")
        Optional<String> model,

        @Setting(
                key = "evaluate.features.layer",
                meaning = "code, or a hidden layer such as encoder.0 or discriminator.1",
                noun = "the name of a layer")
        String layer) {
    /** The default options. Defaults are defined here only. */
    public static final EvaluateOptions DEFAULT = new EvaluateOptions(Optional.empty(), HiddenLayer.CODE);

    public EvaluateOptions {
        Rules.of(EvaluateOptions.class)
                .refuse(
                        model.isEmpty() && !layer.equals(HiddenLayer.CODE),
                        "layer",
                        "is %s, but evaluate.features.model is not set",
                        layer)
                .check();
    }
}
