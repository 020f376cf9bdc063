package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.objective.StochasticObjective;

/**
 * The current learning rate of a parameter group.
 *
 * @param group name of the parameter group, from {@link StochasticObjective#parameterGroups}
 * @param value value of the learning rate
 */
public record LearningRate(String group, double value) {}
