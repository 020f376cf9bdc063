/**
 * The training of a family on rows in blocks: {@link io.github.sparklatent.ml.rounds.BlockTraining} reads, resumes and
 * evaluates.
 */
package io.github.sparklatent.ml.rounds;
