package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigValue;

/**
 * A kind of value: how it is read from HOCON, what it may be, and how it is written back.
 *
 * @param <T> the value in Java
 */
public interface ValueType<T> {

    /** What is allowed, to stand after "must be": {@code an integer >= 1}. */
    String allowed();

    /**
     * The value in Java, checked.
     *
     * @throws MisfitException if it is of another type or out of range
     */
    T read(ConfigValue value);

    /**
     * The value itself, if it is in range.
     *
     * @throws MisfitException if it is not
     */
    T check(T value);

    /** Returns the form in which a Spark Param holds the value. */
    default ParamForm form() {
        return ParamForm.HOCON;
    }

    /** The value as a number, a boolean, a string or a list of these. */
    default Object plain(T value) {
        return value;
    }
}
