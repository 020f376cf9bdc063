package io.github.sparklatent.app.registry.mlflow;

import java.io.IOException;

/** An answer of an MLflow server that is an error. */
final class MlflowException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Creates the exception.
     *
     * @param code MLflow's code, such as RESOURCE_DOES_NOT_EXIST, or the HTTP status
     */
    MlflowException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns whether what was asked for does not exist. */
    boolean isMissing() {
        return code.equals("RESOURCE_DOES_NOT_EXIST");
    }

    /** Returns whether what was to be created exists. */
    boolean isPresent() {
        return code.equals("RESOURCE_ALREADY_EXISTS");
    }
}
