package io.github.sparklatent.ml.mixture;

import io.github.sparklatent.gmm.training.TrainerState;
import io.github.sparklatent.gmm.training.TrainerStateCodec;
import io.github.sparklatent.ml.core.StateCodec;
import io.github.sparklatent.ml.io.Lines;

/** Encodes the state of a mixture's training for checkpoints. */
final class MixtureStates implements StateCodec<TrainerState> {
    @Override
    public byte[] encode(TrainerState state) {
        return TrainerStateCodec.encode(state);
    }

    @Override
    public TrainerState decode(byte[] bytes) {
        return TrainerStateCodec.decode(bytes);
    }

    @Override
    public String position(TrainerState state) {
        int rounds = state.current() == null ? 0 : state.current().history().size();
        String inFit = Lines.count(rounds, "round");
        return state.done().isEmpty()
                ? inFit
                : Lines.count(state.done().size(), "fit") + ", " + inFit;
    }
}
