package io.github.sparklatent.mixture;

import io.github.sparklatent.gmm.stochastic.LocalProblem.LocalModel;
import io.github.sparklatent.gmm.training.Candidate;
import io.github.sparklatent.gmm.training.MixtureFit;
import io.github.sparklatent.gmm.training.SearchState;
import io.github.sparklatent.gmm.training.SearchState.SearchPosition;
import io.github.sparklatent.learn.em.EmState;
import java.util.List;

/**
 * The {@link SearchState} of a training, in a form that {@link io.github.sparklatent.learn.StateCodec} can read.
 *
 * @param done see {@link SearchState}
 * @param best see {@link SearchState}
 * @param leader see {@link SearchState}
 * @param current see {@link SearchState}
 */
public record MixedState(
        List<Candidate> done,
        MixtureFit<MixedMixture> best,
        MixtureFit<MixedMixture> leader,
        EmState<LocalModel<MixedMixture>> current)
        implements SearchPosition {
    /** The state before the first fit. */
    public static final MixedState START = of(SearchState.start());

    public MixedState {
        done = List.copyOf(done);
    }

    static MixedState of(SearchState<MixedMixture, LocalModel<MixedMixture>> state) {
        return new MixedState(state.done(), state.best(), state.leader(), state.current());
    }

    SearchState<MixedMixture, LocalModel<MixedMixture>> search() {
        return new SearchState<>(done, best, leader, current);
    }
}
