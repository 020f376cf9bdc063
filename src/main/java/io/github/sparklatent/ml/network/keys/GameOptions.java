package io.github.sparklatent.ml.network.keys;

import io.github.sparklatent.ml.network.values.Layers;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.List;
import java.util.Locale;

/**
 * The discriminator of a network that is trained against one.
 *
 * @param discriminator its hidden layers
 * @param learningRate its learning rate; 0: that of the other networks
 * @param keep round whose parameters are kept
 */
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
        double learningRate,

        @Setting(
                key = "train.keep",
                meaning =
                        "round that is kept: best by held-out Fréchet distance (needs" + " evaluate.features), or last")
        Keep keep) {
    /** The round of a game that is kept. */
    public enum Keep {
        /** The round whose drawn rows are nearest to the held-out rows. */
        BEST,
        /** The last round. */
        LAST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The default options. Defaults are defined here only. */
    public static final GameOptions DEFAULT = new GameOptions(List.of(new LayerSpec.Width(128)), 0, Keep.BEST);

    public GameOptions {
        Rules.of(GameOptions.class)
                .rangeOrZero("learningRate", learningRate)
                .refuse(Layers.mixed(discriminator, true), "discriminator", Layers.DENSE_FIRST)
                .check();
    }
}
