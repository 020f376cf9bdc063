package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.objective.StochasticObjective;

/**
 * The current learning rate of a parameter group.
 *
 * @param group name from {@link StochasticObjective#parameterGroups}
 * @param value of the rate
 */
public record LearningRate(String group, double value) {}
