package io.github.sparklatent.app.console;

/** Thrown if a signal ended the job. The message names the files from which the job can continue. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
