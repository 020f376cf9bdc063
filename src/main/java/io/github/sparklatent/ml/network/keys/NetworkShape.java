package io.github.sparklatent.ml.network.keys;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.config.value.Fields;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ParamForm;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting.Spread;
import io.github.sparklatent.nn.Activation;
import io.github.sparklatent.nn.LayerSpec;
import io.github.sparklatent.nn.likelihood.LikelihoodType;
import io.github.sparklatent.settings.Rules;
import io.github.sparklatent.settings.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
            8, LAYERS, Optional.empty(), Optional.empty(), Activation.RELU, List.of(LikelihoodSetting.AUTO), List.of());

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
        private static final ValueType<Integer> NUMBER = ValueTypes.integer(1, Integer.MAX_VALUE);

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

    /** The value type of one distribution for all columns, or a list of distributions of groups of columns. */
    public record Likelihoods() implements ValueType<List<LikelihoodSetting>> {
        private static final String AUTO = "auto";
        private static final ValueType<String> TYPE = ValueTypes.names(
                Stream.concat(Stream.of(AUTO), LikelihoodType.OFFERED.stream()).toArray());
        private static final Map<String, Spread> SPREADS = Map.of("learnt", Spread.LEARNT, "output", Spread.OUTPUT);
        private static final ValueType<Double> VARIANCE = ValueTypes.positive();
        private static final ValueType<List<String>> COLUMNS =
                ValueTypes.oneOrMore(ValueTypes.text("a column name or a glob"));

        @Override
        public String allowed() {
            return TYPE.allowed()
                    + ", { type = gaussian, variance = learnt }, or a list of { columns = [...], likelihood = ... }";
        }

        @Override
        public List<LikelihoodSetting> read(ConfigValue value) {
            if (!Found.isList(value)) {
                return List.of(
                        value instanceof ConfigObject section && section.containsKey("columns")
                                ? group(value)
                                : single(value));
            }
            List<LikelihoodSetting> groups =
                    ((ConfigList) value).stream().map(this::group).toList();
            return check(groups);
        }

        private LikelihoodSetting group(ConfigValue value) {
            if (!(value instanceof ConfigObject section)) {
                throw new MisfitException("has an element that is %s, must be { columns = [...], likelihood = ... }"
                        .formatted(Found.show(value)));
            }
            Fields fields = Fields.of(section, "a group", List.of("columns", "likelihood"));
            LikelihoodSetting likelihood = fields.get("likelihood", new Single(this));
            if (likelihood.type() == null) {
                throw new MisfitException(
                        "has a group with the likelihood auto, which is for all columns: must be one of the others");
            }
            return likelihood.of(fields.get("columns", COLUMNS));
        }

        private LikelihoodSetting single(ConfigValue value) {
            if (value instanceof ConfigObject section) {
                Fields fields = Fields.of(section, "a likelihood", List.of("type", "variance"));
                LikelihoodSetting likelihood = named(fields.get("type", TYPE));
                if (!fields.has("variance")) {
                    return likelihood;
                }
                if (likelihood.type() != LikelihoodType.GAUSSIAN) {
                    throw new MisfitException("has a variance for " + name(likelihood) + ", which has none");
                }
                return fields.get("variance", new Variance());
            }
            if (!Found.isScalar(value)) {
                throw MisfitException.of(Found.show(value), allowed());
            }
            return named(TYPE.read(value));
        }

        private static LikelihoodSetting named(String type) {
            return LikelihoodType.of(type)
                    .map(offered -> LikelihoodSetting.of(offered))
                    .orElse(LikelihoodSetting.AUTO);
        }

        private static String name(LikelihoodSetting likelihood) {
            return likelihood.type() == null ? AUTO : likelihood.type().toString();
        }

        @Override
        public List<LikelihoodSetting> check(List<LikelihoodSetting> groups) {
            if (groups.isEmpty()) {
                throw MisfitException.of("an empty list", allowed());
            }
            return List.copyOf(groups);
        }

        @Override
        public Object plain(List<LikelihoodSetting> groups) {
            return groups.stream().map(Likelihoods::plain).toList();
        }

        private static Object plain(LikelihoodSetting group) {
            Object likelihood = distribution(group);
            if (group.columns().isEmpty()) {
                return likelihood;
            }
            Map<String, Object> section = new LinkedHashMap<>();
            section.put("columns", group.columns());
            section.put("likelihood", likelihood);
            return section;
        }

        private static Object distribution(LikelihoodSetting group) {
            if (group.spread() == Spread.FIXED && group.variance() == 1) {
                return name(group);
            }
            Map<String, Object> section = new LinkedHashMap<>();
            section.put("type", name(group));
            section.put(
                    "variance",
                    group.spread() == Spread.FIXED
                            ? (Object) group.variance()
                            : group.spread().name().toLowerCase(Locale.ROOT));
            return section;
        }

        /** The value type of the distribution of one group. */
        private record Single(Likelihoods all) implements ValueType<LikelihoodSetting> {
            @Override
            public String allowed() {
                return TYPE.allowed() + " or { type = gaussian, variance = learnt }";
            }

            @Override
            public LikelihoodSetting read(ConfigValue value) {
                if (Found.isList(value)) {
                    throw MisfitException.of(Found.show(value), allowed());
                }
                return all.single(value);
            }
        }

        /** The value type of the variance of a gaussian. */
        private record Variance() implements ValueType<LikelihoodSetting> {
            @Override
            public String allowed() {
                return VARIANCE.allowed() + ", learnt or output";
            }

            @Override
            public LikelihoodSetting read(ConfigValue value) {
                Spread named = SPREADS.get(Found.scalar(value, allowed()));
                try {
                    double variance = named == null ? VARIANCE.read(value) : 1;
                    return new LikelihoodSetting(
                            List.of(), LikelihoodType.GAUSSIAN, named == null ? Spread.FIXED : named, variance);
                } catch (MisfitException e) {
                    throw MisfitException.of(Found.show(value), allowed());
                }
            }
        }
    }
}
