package io.github.sparklatent.ml.network.keys;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.List;
import java.util.Optional;

/** The networks between a row and its code. */
public record NetworkShape(
        @Setting(key = "model.latent", meaning = "number of latent variables of a row", range = ">= 1")
        int latent,

        @Setting(
                key = "model.encoder",
                meaning = "layers from the row to the latent variables; a number means a dense layer of that width",
                type = Layers.class)
        List<LayerSpec> encoder,

        @Setting(
                key = "model.decoder",
                meaning = "layers from the latent variables to the row; convolutions are transposed here",
                absent = "the layers of the encoder, reversed",
                type = Layers.class)
        Optional<List<LayerSpec>> decoder,

        @Setting(
                key = "model.image",
                meaning = "size of the images in the rows; required for convolutions",
                absent = "the image size of idx files",
                type = ImageSize.class)
        Optional<List<Integer>> image,

        @Setting(key = "model.activation", meaning = "function after every layer except the last")
        Activation activation,

        @Setting(
                key = "model.likelihood",
                meaning =
                        "distribution of a row; auto: by the column's type; a gaussian's variance is 1, any number, learnt or output",
                type = Likelihoods.class)
        List<LikelihoodSetting> likelihood,

        @Setting(
                key = "model.condition",
                meaning = "columns of data.features that are given to the networks, such as a label",
                absent = "none",
                noun = "a column name")
        List<String> condition) {
    private static final List<LayerSpec> LAYERS = List.of(new LayerSpec.Width(128));

    /** The default networks. Defaults are defined here only. */
    public static final NetworkShape DEFAULT = new NetworkShape(
            8,
            LAYERS,
            Optional.empty(),
            Optional.empty(),
            Activation.RELU,
            List.of(LikelihoodSetting.of(LikelihoodSetting.AUTO)),
            List.of());

    /** The default of a generator, which is a decoder without an encoder. */
    public static final NetworkShape GENERATOR = new NetworkShape(
            DEFAULT.latent,
            List.of(),
            Optional.of(LAYERS),
            DEFAULT.image,
            DEFAULT.activation,
            DEFAULT.likelihood,
            DEFAULT.condition);

    public NetworkShape {
        Rules.of(NetworkShape.class)
                .range("latent", latent)
                .refuse(Layers.mixed(encoder, true), "encoder", Layers.DENSE_FIRST)
                .refuse(
                        Layers.mixed(decoder.orElse(List.of()), false),
                        "decoder",
                        "has a convolution before a dense layer: must be after it")
                .check();
    }

    /** The value type of channels, height and width of an image. */
    public record ImageSize() implements ValueType<List<Integer>> {
        private static final int NUMBERS = 3;
        private static final ValueType<Integer> NUMBER = ValueTypes.integer(1);

        @Override
        public ParamForm form() {
            return ParamForm.INTS;
        }

        @Override
        public String allowed() {
            return "[channels, height, width], integers >= 1";
        }

        @Override
        public List<Integer> read(ConfigValue value) {
            if (!Found.isList(value)) {
                throw MisfitException.of(Found.show(value), allowed());
            }
            ConfigList list = (ConfigList) value;
            if (list.size() != NUMBERS) {
                throw MisfitException.of("a list of " + list.size(), allowed());
            }
            return list.stream().map(NUMBER::read).toList();
        }

        @Override
        public List<Integer> check(List<Integer> size) {
            if (size.size() != NUMBERS) {
                throw MisfitException.of("a list of " + size.size(), allowed());
            }
            size.forEach(NUMBER::check);
            return List.copyOf(size);
        }
    }
}
