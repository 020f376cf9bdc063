package io.github.sparklatent.app;

/**
 * What was asked for cannot be done as it was asked: an output that exists, options that contradict
 * a saved model. The message is a sentence for the person who asked.
 */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
