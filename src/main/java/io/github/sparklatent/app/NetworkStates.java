package io.github.sparklatent.app;

import io.github.sparklatent.learn.StagedState;
import io.github.sparklatent.learn.StagedStateCodec;

/** States of a network's training in checkpoints. */
final class NetworkStates implements StateCodec<StagedState> {
    @Override
    public byte[] encode(StagedState state) {
        return StagedStateCodec.encode(state);
    }

    @Override
    public StagedState decode(byte[] bytes) {
        return StagedStateCodec.decode(bytes);
    }

    @Override
    public String position(StagedState state) {
        String rounds = StateCodec.count(state.rounds(), "round");
        return state.stage() == 0 ? rounds : rounds + ", in stage " + (state.stage() + 1);
    }
}
