package io.github.sparklatent.cluster.storage;

import java.io.IOException;

/** Thrown if another run holds the lock of a path, or has taken it over. */
public final class HeldException extends IOException {
    public HeldException(String message) {
        super(message);
    }
}
