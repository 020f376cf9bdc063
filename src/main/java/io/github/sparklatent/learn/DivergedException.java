package io.github.sparklatent.learn;

/** Training left the finite numbers. The message says in which round and with which objective. */
public class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
