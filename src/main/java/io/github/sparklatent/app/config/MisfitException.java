package io.github.sparklatent.app.config;

/**
 * A value that its key does not take. The message goes on after the key's name: {@code is -1, must
 * be a number >= 0}.
 */
final class MisfitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisfitException(String message) {
        super(message);
    }

    static MisfitException of(String found, String allowed) {
        return new MisfitException("is " + found + ", must be " + allowed);
    }
}
