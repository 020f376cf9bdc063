package io.github.sparklatent.ml.core;

/**
 * Converts the state of a training to the bytes of a checkpoint and back.
 *
 * @param <S> the state
 */
public interface StateCodec<S> {
    /** Returns the bytes of a state. */
    byte[] encode(S state);

    /**
     * Returns the state that was encoded.
     *
     * @throws io.github.sparklatent.learn.DataException if the bytes are not a state
     */
    S decode(byte[] bytes);

    /** Returns the progress of the training for messages. */
    String position(S state);
}
