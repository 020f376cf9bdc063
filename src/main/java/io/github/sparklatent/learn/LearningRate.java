package io.github.sparklatent.learn;

/**
 * The length of a player's steps at some moment.
 *
 * @param player as {@link StochasticObjective#players} names it
 * @param value of the rate
 */
public record LearningRate(String player, double value) {}
