/**
 * The training of a family on rows in blocks: {@link io.github.sparklatent.ml.rounds.BlockTraining} reads, resumes and
 * evaluates, and {@link io.github.sparklatent.ml.rounds.BlockResult} reports.
 * {@link io.github.sparklatent.ml.rounds.EmTraining} is all that a family needs besides its formulas if its parameters
 * are found by rounds of sums over the rows.
 */
package io.github.sparklatent.ml.rounds;
