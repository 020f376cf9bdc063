package io.github.sparklatent.cluster.storage;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Another process has changed a place in the meantime, or works on the same. The exit code is 1. */
public final class ConflictException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public ConflictException(String message) {
        super(message, new IOException(message));
    }
}
