package io.github.sparklatent.ml.core;

/**
 * How the state of a training goes into a checkpoint and comes back.
 *
 * @param <S> the state
 */
public interface StateCodec<S> {
    byte[] encode(S state);

    /**
     * @throws io.github.sparklatent.learn.DataException where the bytes are no such state
     */
    S decode(byte[] bytes);

    /** How far the training is, as a person reads it. */
    String position(S state);
}
