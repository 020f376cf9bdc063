package io.github.sparklatent.learn.em;

import java.util.List;

/**
 * What an EM loop ended with.
 *
 * @param model the last model
 * @param objective of that very model
 * @param converged whether the tolerance, not the maximum of rounds, ended the loop
 * @param rounds updates made
 * @param sums of the expectation under the last model
 * @param history a record for each expectation taken: rounds + 1
 * @param events what had to be repaired; each sentence once, with the first round it was true of
 */
public record EmResult<M>(
        M model,
        double objective,
        boolean converged,
        int rounds,
        double[] sums,
        List<Round> history,
        List<String> events) {}
