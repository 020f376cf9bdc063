package io.github.sparklatent.app.registry;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Another process has changed the registry in the meantime. The exit code is 1. */
final class ConflictException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    ConflictException(String message) {
        super(message, new IOException(message));
    }
}
