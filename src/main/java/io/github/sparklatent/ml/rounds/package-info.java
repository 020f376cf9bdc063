/**
 * The training of a family whose parameters are found by rounds of sums over the rows. {@link
 * io.github.sparklatent.ml.rounds.EmTraining} is all that such a family needs besides its formulas.
 */
package io.github.sparklatent.ml.rounds;
