package io.github.sparklatent.config.value;

import com.typesafe.config.ConfigOrigin;
import java.util.Optional;

/**
 * A value that its key does not take. The message goes on after the key's name: {@code is -1, must
 * be a number >= 0}.
 */
public final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ConfigOrigin origin;

    public MisfitException(String message) {
        this(message, null);
    }

    /**
     * @param origin where within the key's value the mistake stands; null: the value as a whole
     */
    public MisfitException(String message, ConfigOrigin origin) {
        super(message);
        this.origin = origin;
    }

    public static MisfitException of(String found, String allowed) {
        return new MisfitException("is " + found + ", must be " + allowed);
    }

    public Optional<ConfigOrigin> origin() {
        return Optional.ofNullable(origin);
    }
}
