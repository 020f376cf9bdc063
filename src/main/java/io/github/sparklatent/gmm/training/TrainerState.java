package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.em.EmState;
import java.util.List;

/**
 * The state of a training: all that is needed to continue it with the same result.
 *
 * @param done figures of the completed fits, in order
 * @param best the best of these fits, or null before the first has ended
 * @param current state of the current fit, or null before the next has started
 */
public record TrainerState(List<Candidate> done, MixtureFit best, EmState<Mixture> current) {
    /** The state before the first fit. */
    public static final TrainerState START = new TrainerState(List.of(), null, null);

    public TrainerState {
        done = List.copyOf(done);
    }
}
