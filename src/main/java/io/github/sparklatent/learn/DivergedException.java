package io.github.sparklatent.learn;

/** Thrown if training produced a number that is not finite. The message names the round and the model. */
public class DivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DivergedException(String message) {
        super(message);
    }
}
