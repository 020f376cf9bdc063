package io.github.sparklatent.learn;

import java.util.function.Supplier;

/**
 * Thrown if code that a user supplied throws an exception. The message is a sentence with the class, the method and the
 * exception.
 */
public final class UserCodeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private UserCodeException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Calls code of a user. A {@link DataException} of the code, which is about a row, and a {@link DivergedException},
     * which is about the parameters, are passed on as they are. A class that was compiled against other versions throws
     * a {@link LinkageError}.
     *
     * @param owner object whose method is called
     * @param method name of the method, for the message
     */
    public static <T> T calling(Object owner, String method, Supplier<T> code) {
        try {
            return code.get();
        } catch (DataException | DivergedException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new UserCodeException(
                    "the class %s failed in its method %s: %s"
                            .formatted(owner.getClass().getName(), method, e),
                    e);
        }
    }
}
