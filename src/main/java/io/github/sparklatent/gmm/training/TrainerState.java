package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.MixtureParameters;
import io.github.sparklatent.learn.em.EmState;
import java.util.List;

/**
 * The {@link SearchState} of a training of Gaussian mixtures, in a form that
 * {@link io.github.sparklatent.learn.StateCodec} can read.
 *
 * @param done see {@link SearchState}
 * @param best see {@link SearchState}
 * @param leader see {@link SearchState}
 * @param current see {@link SearchState}
 */
public record TrainerState(
        List<Candidate> done,
        MixtureFit<MixtureParameters> best,
        MixtureFit<MixtureParameters> leader,
        EmState<MixtureState> current)
        implements SearchPosition {
    /** The state before the first fit. */
    public static final TrainerState START = of(SearchState.start());

    public TrainerState {
        done = List.copyOf(done);
    }

    static TrainerState of(SearchState<MixtureParameters, MixtureState> state) {
        return new TrainerState(state.done(), state.best(), state.leader(), state.current());
    }

    SearchState<MixtureParameters, MixtureState> search() {
        return new SearchState<>(done, best, leader, current);
    }
}
