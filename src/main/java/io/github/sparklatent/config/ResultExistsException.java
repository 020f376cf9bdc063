package io.github.sparklatent.config;

/** Thrown if a result exists that the job may not replace. */
public final class ResultExistsException extends UsageException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public ResultExistsException(String message) {
        super(message);
    }
}
