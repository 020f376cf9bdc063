package io.github.sparklatent.cluster.placed;

import io.github.sparklatent.learn.DataException;
import java.util.Optional;

/** Thrown when a file of placed rows is not the file that was written. */
public final class DamagedRowsException extends DataException {
    private static final long serialVersionUID = 1L;
    private static final int MAX_DEPTH = 32;

    private final String finding;

    DamagedRowsException(String file, String found) {
        this("the placed rows \"%s\" are damaged: %s".formatted(file, found));
    }

    private DamagedRowsException(String finding) {
        super(finding + "; start the same command again, which places the rows again");
        this.finding = finding;
    }

    /** Returns which file is damaged and how, as a clause. */
    public String finding() {
        return finding;
    }

    /** Returns the exception if damaged rows are the cause of an error, e.g. of a failed job. */
    public static Optional<DamagedRowsException> causeOf(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
            if (cause instanceof DamagedRowsException damaged) {
                return Optional.of(damaged);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
