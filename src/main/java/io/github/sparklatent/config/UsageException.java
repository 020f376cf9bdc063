package io.github.sparklatent.config;

/**
 * Thrown if a request cannot be carried out, e.g. because an output exists already or options contradict a saved model.
 * The message is a sentence for the user.
 */
public class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public UsageException(String message) {
        super(message);
    }

    /** Creates the exception with its message and its cause. */
    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
