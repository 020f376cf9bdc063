/**
 * Layer 1: training in several stages.
 *
 * <p>{@link io.github.sparklatent.learn.stage.StagedTraining} runs one averaging loop after the other. Each has its own
 * objective and options ({@link io.github.sparklatent.learn.stage.Stage}) and starts from the parameters of the stage
 * before.
 */
package io.github.sparklatent.learn.stage;
