package io.github.sparklatent.cluster.table;

import io.github.sparklatent.learn.DataException;

/**
 * Rows hold what cannot be computed with. Whether and how such rows can be left out is for whoever
 * reads the table to say: a job has a key for it, an estimator has not.
 */
public final class InvalidRowsException extends DataException {
    private static final long serialVersionUID = 1L;

    InvalidRowsException(String message) {
        super(message);
    }
}
