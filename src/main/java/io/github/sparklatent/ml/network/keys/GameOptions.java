package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.List;

/** The discriminator of a network that is trained against one. */
public record GameOptions(
        @Setting(
                key = "model.discriminator",
                meaning = "layers of the network that separates real rows from generated" + " ones",
                type = Layers.Some.class)
        List<LayerSpec> discriminator,

        @Setting(
                key = "train.discriminatorLearningRate",
                meaning = "learning rate of the discriminator",
                range = "> 0",
                absent = "train.optimizer.learningRate")
        double learningRate) {
    /** The default options. Defaults are defined here only. */
    public static final GameOptions DEFAULT = new GameOptions(List.of(new LayerSpec.Width(128)), 0);

    public GameOptions {
        Rules.of(GameOptions.class)
                .rangeOrZero("learningRate", learningRate)
                .refuse(Layers.mixed(discriminator, true), "discriminator", Layers.DENSE_FIRST)
                .check();
    }
}
