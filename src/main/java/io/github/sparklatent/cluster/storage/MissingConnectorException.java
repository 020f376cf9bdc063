package io.github.sparklatent.cluster.storage;

import java.io.IOException;

/**
 * Thrown if the classes of a file system are missing. The caller adds how to provide them, because this differs between
 * a job's command line and a program.
 */
public final class MissingConnectorException extends IOException {
    MissingConnectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
