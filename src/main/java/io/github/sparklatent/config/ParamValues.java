package io.github.sparklatent.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparklatent.config.value.Found;
import io.github.sparklatent.config.value.Hocon;
import io.github.sparklatent.config.value.MisfitException;
import io.github.sparklatent.config.value.ParamForm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Converts hyperparameters between configuration values and values of Spark Params. */
public final class ParamValues {
    private ParamValues() {}

    /** Returns the value of a key in the form of its Param. */
    @SuppressWarnings("unchecked") // the value belongs to the key
    public static <T> Object toParam(Key<T> key, Object value) {
        Object plain = key.kind().plain((T) value);
        return switch (key.kind().form()) {
            case INT, LONG, DOUBLE, BOOLEAN, STRING -> plain;
            case INTS ->
                ((List<Integer>) plain).stream().mapToInt(Integer::intValue).toArray();
            case COUNTS ->
                plain instanceof List<?> list
                        ? list.stream().map(String::valueOf).toArray(String[]::new)
                        : new String[] {(String) plain};
            case TEXTS -> ((List<?>) plain).toArray(String[]::new);
            case STRINGS -> ((List<?>) plain).stream().map(Hocon::text).toArray(String[]::new);
            case HOCON -> Hocon.text(plain);
        };
    }

    /**
     * Returns the value of a key from the value of its Param.
     *
     * @throws IllegalArgumentException if the value is invalid; the message names the Param, the value and the allowed
     *     values
     */
    public static <T> T fromParam(Key<T> key, Object value) {
        try {
            return key.kind().read(config(key.kind().form(), value));
        } catch (MisfitException e) {
            throw new IllegalArgumentException(key.param() + " " + e.getMessage(), e);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(
                    "%s is %s, which is not a HOCON value; must be %s"
                            .formatted(
                                    key.param(),
                                    value instanceof Object[] array
                                            ? Arrays.toString(array)
                                            : Found.quote(String.valueOf(value)),
                                    key.kind().allowed()),
                    e);
        }
    }

    private static ConfigValue config(ParamForm form, Object value) {
        return switch (form) {
            case INT, LONG, DOUBLE, BOOLEAN, STRING -> ConfigValueFactory.fromAnyRef(value);
            case INTS ->
                ConfigValueFactory.fromIterable(
                        IntStream.of((int[]) value).boxed().toList());
            case TEXTS -> ConfigValueFactory.fromIterable(List.of((String[]) value));
            case STRINGS ->
                ConfigValueFactory.fromIterable(
                        Arrays.stream((String[]) value).map(ParamValues::parse).toList());
            case COUNTS ->
                ((String[]) value).length == 1 ? parse(((String[]) value)[0]) : config(ParamForm.STRINGS, value);
            case HOCON -> parse((String) value);
        };
    }

    /** Returns a value; a text that continues with other keys is no value. */
    private static ConfigValue parse(String hocon) {
        ConfigObject root = ConfigFactory.parseString("value = " + hocon).root();
        if (root.size() != 1) {
            throw new ConfigException.Parse(root.origin(), "keys follow the value: " + hocon);
        }
        return root.get("value");
    }
}
