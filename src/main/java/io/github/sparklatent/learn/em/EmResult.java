package io.github.sparklatent.learn.em;

import java.util.List;

/**
 * The result of an EM loop.
 *
 * @param model the last model
 * @param objective value of the objective under the last model
 * @param converged whether the tolerance, not the maximum of rounds, ended the loop
 * @param rounds number of updates made
 * @param sums sums of the expectation under the last model
 * @param history a record for each expectation computed: rounds + 1
 * @param warnings descriptions of the repairs made; each sentence once, with the round in which it first occurred
 */
public record EmResult<M>(
        M model,
        double objective,
        boolean converged,
        int rounds,
        double[] sums,
        List<Round> history,
        List<String> warnings) {}
