/**
 * The training of a family on rows in blocks: {@link io.github.sparklatent.ml.rounds.BlockTraining} reads, resumes and
 * evaluates, and {@link io.github.sparklatent.ml.rounds.BlockResult} reports.
 */
package io.github.sparklatent.ml.rounds;
