/**
 * The training of a family on rows in blocks: {@link io.github.sparklatent.ml.rounds.BlockTraining} reads the rows,
 * fits and evaluates.
 */
package io.github.sparklatent.ml.rounds;
