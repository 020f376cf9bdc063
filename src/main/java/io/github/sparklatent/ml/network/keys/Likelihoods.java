package io.github.sparklatent.ml.network.keys;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparklatent.config.value.Fields;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ValueType;
import io.github.sparklatent.config.value.ValueTypes;
import io.github.sparklatent.ml.network.keys.LikelihoodSetting.Spread;
import io.github.sparklatent.nn.likelihood.ColumnFamily;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The value type of one distribution for all columns, or a list of distributions of groups of columns. */
public record Likelihoods() implements ValueType<List<LikelihoodSetting>> {
    private static final ValueType<String> TYPE = ValueTypes.names(Stream.concat(
                    Stream.of(
                            LikelihoodSetting.AUTO, "bernoulli", LikelihoodSetting.GAUSSIAN, "categorical", "poisson"),
                    Stream.of(ColumnFamily.values()))
            .toArray());
    private static final ValueType<String> NAMED_VARIANCE = ValueTypes.name("learnt", "output");
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
        if (likelihood.type().equals(LikelihoodSetting.AUTO)) {
            throw new MisfitException(
                    "has a group with the likelihood auto, which is for all columns: must be one of the others");
        }
        return likelihood.of(fields.get("columns", COLUMNS));
    }

    private LikelihoodSetting single(ConfigValue value) {
        if (value instanceof ConfigObject section) {
            Fields fields = Fields.of(section, "a likelihood", List.of("type", "variance"));
            String type = fields.get("type", TYPE);
            if (!fields.has("variance")) {
                return LikelihoodSetting.of(type);
            }
            if (!type.equals(LikelihoodSetting.GAUSSIAN)) {
                throw new MisfitException("has a variance for " + type + ", which has none");
            }
            return fields.get("variance", new Variance());
        }
        if (!Found.isScalar(value)) {
            throw MisfitException.of(Found.show(value), allowed());
        }
        return LikelihoodSetting.of(TYPE.read(value));
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
            return group.type();
        }
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("type", group.type());
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
            return VARIANCE.allowed() + ", " + NAMED_VARIANCE.allowed();
        }

        @Override
        public LikelihoodSetting read(ConfigValue value) {
            String text = Found.scalar(value, allowed());
            try {
                double variance = VARIANCE.check(Double.parseDouble(text));
                return new LikelihoodSetting(List.of(), LikelihoodSetting.GAUSSIAN, Spread.FIXED, variance);
            } catch (NumberFormatException e) {
                return new LikelihoodSetting(
                        List.of(),
                        LikelihoodSetting.GAUSSIAN,
                        Spread.valueOf(named(value).toUpperCase(Locale.ROOT)),
                        1);
            } catch (MisfitException e) {
                throw MisfitException.of(Found.show(value), allowed());
            }
        }

        private String named(ConfigValue value) {
            try {
                return NAMED_VARIANCE.read(value);
            } catch (MisfitException e) {
                throw MisfitException.of(Found.show(value), allowed());
            }
        }
    }
}
