package io.github.sparklatent.learn;

/**
 * Thrown if the data cannot be used as they are. The message is a sentence for the owner of the data: the value found,
 * its place, and the expected value.
 */
public class DataException extends RuntimeException {
    private final String detail;

    public DataException(String message) {
        this(message, "");
    }

    /** Creates the exception with values of the table, which continue the message on the console. */
    public DataException(String message, String detail) {
        super(message);
        this.detail = detail;
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
        this.detail = cause instanceof DataException inner ? inner.detail : "";
    }

    /** Returns the end of the message for the console alone: its values may be private, so no file has them. */
    public String detail() {
        return detail;
    }

    /** Returns the message with its detail, which a stack trace shows. */
    @Override
    public String getLocalizedMessage() {
        return getMessage() + detail;
    }
}
