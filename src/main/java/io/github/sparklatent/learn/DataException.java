package io.github.sparklatent.learn;

/**
 * The data cannot be used as it is. The message is a sentence for the person whose data it is: what
 * was found, where, what was expected.
 */
public class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
