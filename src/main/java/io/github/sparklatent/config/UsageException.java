package io.github.sparklatent.config;

/**
 * What was asked for cannot be done as it was asked: an output that exists, options that contradict
 * a saved model. The message is a sentence for the person who asked.
 */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
