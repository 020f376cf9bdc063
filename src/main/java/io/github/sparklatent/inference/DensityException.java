package io.github.sparklatent.inference;

import io.github.sparklatent.learn.DataException;
import java.util.function.Supplier;

/**
 * Thrown if the code of a {@link BayesianModel} throws an exception. The message is a sentence with
 * the class, the method and the exception. A {@link DataException} of the code is passed on as it
 * is.
 */
public final class DensityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private DensityException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Calls the code of a model. */
    static <T> T calling(BayesianModel model, String method, Supplier<T> code) {
        try {
            return code.get();
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new DensityException(
                    "the density %s failed in its method %s: %s"
                            .formatted(model.getClass().getName(), method, e),
                    e);
        }
    }
}
