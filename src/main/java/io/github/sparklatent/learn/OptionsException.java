package io.github.sparklatent.learn;

/**
 * Thrown if valid options do not fit the data, so that other options are needed: as many factors as columns, for
 * example. The message is a sentence for the user: what was found, what was expected, and what to do.
 */
public final class OptionsException extends RuntimeException {
    public OptionsException(String message) {
        super(message);
    }
}
