package io.github.sparklatent.cluster.table;

import io.github.sparklatent.learn.DataException;

/**
 * Thrown if rows hold numbers that are not usable. The caller adds how such rows can be left out, because a job has a
 * key for this and an Estimator a Param.
 */
public final class InvalidRowsException extends DataException {
    private static final long serialVersionUID = 1L;

    InvalidRowsException(String message) {
        super(message);
    }
}
