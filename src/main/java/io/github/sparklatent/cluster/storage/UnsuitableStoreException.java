package io.github.sparklatent.cluster.storage;

import java.io.IOException;

/** Thrown if a store, or its connector, cannot do what is needed. To try again does not help. */
public final class UnsuitableStoreException extends IOException {
    public UnsuitableStoreException(String message) {
        super(message);
    }

    UnsuitableStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
