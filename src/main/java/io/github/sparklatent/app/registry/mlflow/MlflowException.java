package io.github.sparklatent.app.registry.mlflow;

import java.io.IOException;

/** An answer of an MLflow server that is an error. */
public final class MlflowException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    /**
     * Creates the exception.
     *
     * @param status HTTP status of the answer
     * @param code MLflow's code, such as RESOURCE_DOES_NOT_EXIST, or the HTTP status
     */
    MlflowException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** Returns whether the credentials are missing, wrong, or those of a user without the right. */
    public boolean isAccessRefused() {
        return status == 401 || status == 403;
    }

    /** Returns whether the same request may succeed later. */
    public boolean isOutage() {
        return status == 429 || status >= 500;
    }

    /** Returns whether what was asked for does not exist. */
    boolean isMissing() {
        return code.equals("RESOURCE_DOES_NOT_EXIST");
    }

    /** Returns whether the server does not know the request, because it is of an older version. */
    boolean isUnknownRequest() {
        return status == 404 && !isMissing();
    }

    /** Returns whether what was to be created exists. */
    boolean isPresent() {
        return code.equals("RESOURCE_ALREADY_EXISTS");
    }
}
