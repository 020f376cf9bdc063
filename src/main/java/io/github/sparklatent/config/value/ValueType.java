package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;
import java.util.Optional;

/**
 * A type of value with its range: reads values from HOCON, checks them and writes them back.
 *
 * @param <T> the value in Java
 */
public interface ValueType<T> {

    /** Returns the allowed values, for messages after "must be": {@code an integer >= 1}. */
    String allowed();

    /** Reads and checks a value. Throws a MisfitException if it is of another type or out of range. */
    T read(ConfigValue value);

    /** Checks a value and returns it. Throws a MisfitException if it is out of range. By default, no value is. */
    default T check(T value) {
        return value;
    }

    /** Returns the form in which a Spark Param holds the value. */
    default ParamForm form() {
        return ParamForm.HOCON;
    }

    /**
     * Returns the type in Java source of a setter that takes values instead of the form of a Param; empty if there is
     * none.
     */
    default Optional<String> setterType() {
        return Optional.empty();
    }

    /** Returns the value as a number, a boolean, a string or a list of these. */
    default Object plain(T value) {
        return value;
    }
}
