package io.github.sparklatent.gmm.training;

import io.github.sparklatent.learn.em.EmState;
import java.util.List;

/** A saved state of a training, as far as progress reports need it. */
public interface SearchPosition {
    /** Returns the figures of the completed fits, in order. */
    List<Candidate> done();

    /** Returns the state of the current fit, or null before the next has started. */
    EmState<?> current();
}
