package io.github.sparklatent.cluster.storage;

import java.io.IOException;

/** Thrown if the content of a checkpoint is not what was written. */
final class DamagedPieceException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedPieceException(String message) {
        super(message);
    }
}
