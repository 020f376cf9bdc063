package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigOrigin;
import java.util.Optional;

/**
 * Thrown if a key does not accept a value. The message continues a sentence that begins with the
 * key: {@code is -1, must be a number >= 0}.
 */
public final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ConfigOrigin origin;

    /** Creates the exception with a message that continues after the name of the key. */
    public MisfitException(String message) {
        this(message, null);
    }

    /**
     * Creates the exception with a place.
     *
     * @param origin place of the error within the value; null: the value as a whole
     */
    public MisfitException(String message, ConfigOrigin origin) {
        super(message);
        this.origin = origin;
    }

    /** Returns the exception for a value found and the allowed values. */
    public static MisfitException of(String found, String allowed) {
        return new MisfitException("is " + found + ", must be " + allowed);
    }

    /** Returns the place of the error within the value; empty if it is the value as a whole. */
    public Optional<ConfigOrigin> origin() {
        return Optional.ofNullable(origin);
    }
}
