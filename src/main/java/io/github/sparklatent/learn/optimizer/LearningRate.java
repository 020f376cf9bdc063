package io.github.sparklatent.learn.optimizer;

import io.github.sparklatent.learn.objective.StochasticObjective;

/**
 * The length of a group's steps at some moment.
 *
 * @param group as {@link StochasticObjective#groups} names it
 * @param value of the rate
 */
public record LearningRate(String group, double value) {}
