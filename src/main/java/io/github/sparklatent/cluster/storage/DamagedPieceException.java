package io.github.sparklatent.cluster.storage;

import java.io.IOException;

/** Thrown if the content of a checkpoint is not what was written. */
final class DamagedPieceException extends IOException {
    DamagedPieceException(String message) {
        super(message);
    }
}
