package io.github.sparklatent.learn;

/** Thrown if training produced a number that is not finite. The message names the round and the model. */
public class DivergedException extends RuntimeException {
    public DivergedException(String message) {
        super(message);
    }
}
