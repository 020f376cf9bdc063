package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Optional;

/**
 * A list of positive integers, or the word {@code auto}, whose value is an empty list. A Spark
 * Param holds the word as an empty array.
 */
record CountsOrAuto() implements ValueType<List<Integer>> {
    private static final String AUTO = "auto";
    private static final ValueType<List<Integer>> COUNTS =
            ValueTypes.oneOrMore(ValueTypes.integer(1));

    @Override
    public ParamForm form() {
        return COUNTS.form();
    }

    @Override
    public String allowed() {
        return COUNTS.allowed() + ", or " + AUTO;
    }

    @Override
    public List<Integer> read(ConfigValue value) {
        if (Found.isScalar(value) && Found.scalar(value).equals(AUTO)) {
            return List.of();
        }
        try {
            return COUNTS.read(value);
        } catch (MisfitException e) {
            throw new MisfitException(
                    e.getMessage().endsWith(COUNTS.allowed())
                            ? e.getMessage() + ", or " + AUTO
                            : e.getMessage());
        }
    }

    @Override
    public List<Integer> check(List<Integer> values) {
        return values.isEmpty() ? values : COUNTS.check(values);
    }

    @Override
    public Optional<List<Integer>> ofEmptyParam() {
        return Optional.of(List.of());
    }

    @Override
    public Object plain(List<Integer> values) {
        return values.isEmpty() ? AUTO : COUNTS.plain(values);
    }
}
