package io.github.sparklatent.learn;

/**
 * Thrown if the data cannot be used as they are. The message is a sentence for the owner of the data: the value found,
 * its place, and the expected value.
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
