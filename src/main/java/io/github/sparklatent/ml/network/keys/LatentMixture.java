package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import io.github.sparklatent.vae.model.PriorCovariance;
import java.util.List;

/** The prior of networks whose latent space is a mixture. */
public record LatentMixture(
        @Setting(
                key = "model.components",
                meaning = "number of components of the latent space",
                range = ">= 2",
                param = "k")
        int components,

        @Setting(
                key = "model.priorCovariance",
                meaning =
                        "variances of the prior's components: diagonal, tied: the same for all components, or identity: 1")
        PriorCovariance covariance,

        @Setting(
                key = "model.classifier",
                meaning = "hidden layers of the network that gives the component" + " probabilities of a latent code",
                type = Layers.Dense.class)
        List<LayerSpec> classifier) {
    /** The default mixture. Defaults are defined here only. */
    public static final LatentMixture DEFAULT =
            new LatentMixture(10, PriorCovariance.DIAGONAL, List.of(new LayerSpec.Width(64)));

    public LatentMixture {
        Rules.of(LatentMixture.class)
                .range("components", components)
                .refuse(
                        classifier.stream().anyMatch(LayerSpec.Kernel.class::isInstance),
                        "classifier",
                        "has a convolution, but the input is a latent code, not an image: must be" + " widths")
                .check();
    }
}
