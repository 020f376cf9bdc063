/**
 * Layer 1: {@link io.github.sparklatent.learn.objective.StochasticObjective}, a loss of rows and its gradient with
 * respect to a flat vector of parameters, which one or more parameter groups divide.
 *
 * <p>The tests also compile this package with doubles, so that finite differences can check every gradient.
 */
package io.github.sparklatent.learn.objective;
