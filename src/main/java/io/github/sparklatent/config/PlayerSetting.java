package io.github.sparklatent.config;

/**
 * One element of {@code train.players}.
 *
 * @param name one of the model type's players
 * @param refinement what it steps by in place of {@code train.optimizer}
 */
record PlayerSetting(String name, Refinement refinement) {}
