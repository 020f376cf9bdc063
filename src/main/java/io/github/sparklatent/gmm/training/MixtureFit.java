package io.github.sparklatent.gmm.training;

import io.github.sparklatent.gmm.model.Mixture;
import io.github.sparklatent.learn.em.Round;
import java.util.List;

/**
 * A fitted mixture and how it came about.
 *
 * @param mixture the parameters
 * @param figures of this fit
 * @param rows of the training table
 * @param weight total weight of these rows
 * @param sizes N_k: the weight of the rows that each component accounts for
 * @param history a record for each expectation taken
 * @param events what had to be repaired, as sentences
 */
public record MixtureFit(
        Mixture mixture,
        Candidate figures,
        long rows,
        double weight,
        List<Double> sizes,
        List<Round> history,
        List<String> events) {
    public MixtureFit {
        sizes = List.copyOf(sizes);
        history = List.copyOf(history);
        events = List.copyOf(events);
    }
}
