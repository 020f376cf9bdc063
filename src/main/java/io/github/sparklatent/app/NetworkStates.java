package io.github.sparklatent.app;

import io.github.sparklatent.learn.AveragingState;
import io.github.sparklatent.learn.AveragingStateCodec;

/** States of a network's training in checkpoints. */
final class NetworkStates implements StateCodec<AveragingState> {
    @Override
    public byte[] encode(AveragingState state) {
        return AveragingStateCodec.encode(state);
    }

    @Override
    public AveragingState decode(byte[] bytes) {
        return AveragingStateCodec.decode(bytes);
    }

    @Override
    public String position(AveragingState state) {
        return StateCodec.count(state.rounds(), "round");
    }
}
