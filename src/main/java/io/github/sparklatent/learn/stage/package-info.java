/**
 * Layer 1: a training of several stages.
 *
 * <p>{@link io.github.sparklatent.learn.stage.StagedTraining} runs one averaging loop after the
 * other, each with an objective and options of its own ({@link
 * io.github.sparklatent.learn.stage.Stage}), and passes the parameters on.
 */
package io.github.sparklatent.learn.stage;
