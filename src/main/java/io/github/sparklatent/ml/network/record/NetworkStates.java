package io.github.sparklatent.ml.network.record;

import io.github.sparklatent.learn.stage.StagedState;
import io.github.sparklatent.learn.stage.StagedStateCodec;
import io.github.sparklatent.ml.core.StateCodec;
import io.github.sparklatent.ml.io.Lines;
import java.util.List;

/** Encodes the states of a network's training for checkpoints. */
public final class NetworkStates implements StateCodec<StagedState> {
    private final List<String> stages;

    /**
     * Creates the codec of a training.
     *
     * @param stages names of the training's stages, in order
     */
    public NetworkStates(List<String> stages) {
        this.stages = List.copyOf(stages);
    }

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
        String rounds = Lines.count(state.rounds(), "round");
        int all = stages.size();
        return all == 1 || state.stage() >= all // the state of another training is rejected later
                ? rounds
                : "%s, in stage %s (%d of %d)"
                        .formatted(rounds, stages.get(state.stage()), state.stage() + 1, all);
    }
}
