package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.em.EmState;
import java.util.List;

/**
 * Where a training stands: all that is needed to go on as if it had never stopped.
 *
 * @param done the fits that have ended, in order
 * @param best the best of these, or null where none has ended
 * @param current the fit under way, or null where the next has not started
 */
public record TrainerState(List<Candidate> done, MixtureFit best, EmState<Mixture> current) {
    /** Before the first fit. */
    public static final TrainerState START = new TrainerState(List.of(), null, null);

    public TrainerState {
        done = List.copyOf(done);
    }
}
