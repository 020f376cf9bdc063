package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigOrigin;
import java.util.Optional;

/**
 * Thrown if a key does not accept a value. The message continues a sentence that begins with the key: {@code is -1,
 * must be a number >= 0}.
 */
public final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ConfigOrigin origin;

    /** Creates the exception with a message that continues after the name of the key. */
    public MisfitException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with the place of the error.
     *
     * @param origin file and line of the wrong part of the value; null if the value as a whole is wrong
     */
    public MisfitException(String message, ConfigOrigin origin) {
        super(message);
        this.origin = origin;
    }

    /**
     * Returns the exception for a value that is not allowed.
     *
     * @param found description of the value, e.g. {@code -1}
     * @param allowed description of the allowed values, e.g. {@code a number >= 0}
     */
    public static MisfitException of(String found, String allowed) {
        return new MisfitException("is " + found + ", must be " + allowed);
    }

    /** Returns file and line of the wrong part of the value; empty if the value as a whole is wrong. */
    public Optional<ConfigOrigin> origin() {
        return Optional.ofNullable(origin);
    }
}
