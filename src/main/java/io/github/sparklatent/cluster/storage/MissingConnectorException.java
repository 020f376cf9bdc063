package io.github.sparklatent.cluster.storage;

import java.io.IOException;

/**
 * A file system's classes are not there. How they are given is for whoever starts Spark to say: a
 * job is given them at its command line, a program has its own ways.
 */
public final class MissingConnectorException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingConnectorException(String message, Throwable cause) {
        super(message, cause);
    }
}
